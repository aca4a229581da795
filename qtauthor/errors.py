"""The one family of errors: each carries a code, a place, an excerpt and a remedy.

An error is a value first. Making one reads nothing and prints nothing; the command line
and the language server decide how it looks. The codes are a closed set, and
``docs/errors/`` explains each of them in a paragraph.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Any, NamedTuple


class Code(StrEnum):
    """Every reason for which qtauthor refuses something."""

    # Reading a document
    NOT_UTF8 = "not-utf8"
    TOO_LARGE = "too-large"
    NO_FRONT_MATTER = "no-front-matter"
    EMPTY_LINE_BEFORE_FENCE = "empty-line-before-fence"
    UNCLOSED_FENCE = "unclosed-fence"
    UNCLEAR_FENCE = "unclear-fence"
    OTHER_LANGUAGE = "other-language"
    CONTROL_CHARACTER = "control-character"
    INVALID_YAML = "invalid-yaml"
    UNREADABLE_YAML = "unreadable-yaml"
    UNCERTAIN_YAML = "uncertain-yaml"
    TOO_DEEP = "too-deep"
    NOT_A_MAPPING = "not-a-mapping"
    MERGE_CONFLICT = "merge-conflict"

    # Reading a value
    BAD_POINTER = "bad-pointer"
    NO_SUCH_KEY = "no-such-key"
    DUPLICATE_KEY = "duplicate-key"
    UNKNOWN_ALIAS = "unknown-alias"
    ALIAS_BOMB = "alias-bomb"
    UNKNOWN_TAG = "unknown-tag"
    BAD_SCALAR = "bad-scalar"

    # Editing a document
    KEY_EXISTS = "key-exists"
    CANNOT_EDIT_ANCHOR = "cannot-edit-anchor"
    CANNOT_EDIT_ALIAS = "cannot-edit-alias"
    CANNOT_EDIT_TAG = "cannot-edit-tag"
    CANNOT_EDIT_KEY = "cannot-edit-key"
    CANNOT_HOLD_VALUE = "cannot-hold-value"
    UNSUPPORTED_VALUE = "unsupported-value"
    UNPROVEN_EDIT = "unproven-edit"
    BAD_PATCH = "bad-patch"
    TEST_FAILED = "test-failed"

    # Articles
    MISSING_FIELD = "missing-field"
    UNKNOWN_FIELD = "unknown-field"
    WRONG_TYPE = "wrong-type"
    TORN_LATEX = "torn-latex"
    TOO_MANY_RELATED = "too-many-related"
    SELF_RELATED = "self-related"
    NOT_RELATED = "not-related"
    UNREADABLE_LINK = "unreadable-link"
    EMPTY_SLUG = "empty-slug"
    UNSAFE_PATH = "unsafe-path"
    SLUG_TAKEN = "slug-taken"
    ID_TAKEN = "id-taken"
    BAD_ID = "bad-id"
    UNKNOWN_ID = "unknown-id"
    UNKNOWN_ARTICLE = "unknown-article"
    UNKNOWN_SUBJECT = "unknown-subject"
    AMBIGUOUS_ARTICLE = "ambiguous-article"
    BAD_TEMPLATE = "bad-template"

    # Files and the site
    NO_SITE = "no-site"
    NOT_FOUND = "not-found"
    NOT_A_FILE = "not-a-file"
    TWO_NAMES = "two-names"
    FILE_EXISTS = "file-exists"
    CANNOT_READ = "cannot-read"
    CANNOT_WRITE = "cannot-write"
    CHANGED_SINCE = "changed-since"
    LOCKED = "locked"
    UNUSABLE_STATE = "unusable-state"
    STOPPED_PROCESS = "stopped-process"
    DAMAGED_JOURNAL = "damaged-journal"
    NOTHING_TO_UNDO = "nothing-to-undo"
    UNCOMMITTED_CHANGES = "uncommitted-changes"
    GIT_UNKNOWN = "git-unknown"
    NOT_CHECKED_OUT = "not-checked-out"
    INSIDE_SITE = "inside-site"

    # Requests
    USAGE = "usage"
    BAD_ENVIRONMENT = "bad-environment"
    BAD_CONFIGURATION = "bad-configuration"
    BAD_REDIRECTS = "bad-redirects"
    NO_GIT = "no-git"
    BAD_CONDITION = "bad-condition"
    BAD_RECORD = "bad-record"
    BAD_BATCH = "bad-batch"
    BAD_BASELINE = "bad-baseline"
    NO_SELECTION = "no-selection"
    UNEXPECTED_COUNT = "unexpected-count"
    BAD_PATTERN = "bad-pattern"
    BAD_SCRIPT = "bad-script"
    MISSING_OPTION = "missing-option"
    BAD_ASSIGNMENT = "bad-assignment"
    NO_EDITOR = "no-editor"
    EDITOR_FAILED = "editor-failed"
    BAD_FORM = "bad-form"


class Place(NamedTuple):
    """Where something is: a file, and a 1-based line and column in it.

    Columns count Unicode code points. ``line`` 0 means the file as a whole.
    """

    path: str | None = None
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        name = self.path or "<document>"
        return f"{name}:{self.line}:{self.column}" if self.line else name


class QtauthorError(Exception):
    """Something that was refused, and how to mend it.

    ``excerpt`` is the source line (or the offending text) with control characters left as
    they are: whoever shows it escapes them.
    """

    def __init__(
        self,
        code: Code,
        message: str,
        *,
        where: Place | None = None,
        excerpt: str = "",
        remedy: str = "",
    ) -> None:
        super().__init__(code, message, where, excerpt, remedy)
        self.code = code
        self.message = message
        self.where = where or Place()
        self.excerpt = excerpt
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.where}: {self.message} [{self.code}]"

    def __reduce__(self) -> tuple[object, ...]:
        return _rebuild, (type(self), self._values())

    def at(self, path: str) -> QtauthorError:
        """The same error, placed in the file ``path`` if it names no file yet."""
        if self.where.path is not None:
            return self
        return _rebuild(type(self), {**self._values(), "where": self.where._replace(path=path)})

    def explained(self, what: str) -> QtauthorError:
        """The same error, its message led by what was being done."""
        return _rebuild(type(self), {**self._values(), "message": f"{what}: {self.message}"})

    def _values(self) -> dict[str, Any]:
        names = ("code", "message", "where", "excerpt", "remedy")
        return {name: getattr(self, name) for name in names}


def _rebuild(kind: type[QtauthorError], values: dict[str, Any]) -> QtauthorError:
    rest = {name: value for name, value in values.items() if name not in ("code", "message")}
    return kind(values["code"], values["message"], **rest)


class ParseError(QtauthorError):
    """The file cannot be read as an article; it is left alone."""


class ReadError(QtauthorError):
    """A value in the document cannot be read."""


class EditError(QtauthorError):
    """The edit is refused; the document is as it was."""


class ArticleError(QtauthorError):
    """The article, or what was asked of it, breaks a rule of the site."""


class SiteError(QtauthorError):
    """The site or one of its files cannot be used as asked."""


class ConfigError(QtauthorError):
    """The configuration is wrong."""


class RequestError(QtauthorError):
    """The request itself is incomplete or malformed."""
