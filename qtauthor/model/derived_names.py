"""The names that an article gets from its question and its subject.

The rules are the site's own (docs/rules.md). The site is JavaScript, so white
space is what JavaScript's ``\\s`` matches and not what Python's does.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Literal, NamedTuple

from qtauthor.errors import ArticleError, Code

SlugStyle = Literal["site", "ascii", "unicode"]

# ECMAScript's WhiteSpace and LineTerminator (ECMA-262, 12.2 and 12.3): with U+FEFF, without
# U+0085 and U+001C to U+001F, which Python's \s matches.
_SPACES = "\t\n\v\f\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"
_DELETED = re.compile(f"[^a-z0-9{_SPACES}]")
_SPACE = re.compile(f"[{_SPACES}]")

_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_LONGEST_NAME = 255  # bytes: the limit of ext4, APFS and NTFS for one component
_MEANING = re.compile(r"[%?#\\\x00-\x1f]|\A +|(?<! ) +\Z")
"""What a url cannot hold as it is: signs with a meaning, and what a browser drops."""
_UNSAFE = re.compile(r'[/\\<>:"|?*#%]')
_RESERVED = re.compile(
    r"CON|PRN|AUX|NUL|CONIN\$|CONOUT\$|(?:COM|LPT)[0-9\u00b9\u00b2\u00b3]", re.IGNORECASE
)


class Naming(NamedTuple):
    """How a site derives names; the defaults are QuickTakes' own.

    ``{subject}`` is the subject key in ``url_pattern`` and the subject's name in
    ``seo_title_pattern``; ``{slug}`` is the slug.
    """

    slug_style: SlugStyle = "site"
    url_pattern: str = "/learn/{subject}/questions/{slug}"
    seo_title_pattern: str = "QuickTakes | {subject}"


SITE_NAMING = Naming()


class Names(NamedTuple):
    """Everything that derives from a question and its subject.

    ``path`` is relative to the content folder, with ``/`` on every platform.
    """

    slug: str
    file_name: str
    subject_key: str
    url: str
    seo_title: str
    path: str


def slugify(title: str, style: SlugStyle = "site") -> str:
    """The slug of ``title``; it may be empty.

    "site" is the site's rule: lower-case, delete what is not ``a-z``, ``0-9`` or white space,
    turn each white-space character into ``-``. Nothing is transliterated, collapsed or trimmed.
    "ascii" and "unicode" are python-slugify's two ways.
    """
    if style == "site":
        return _SPACE.sub("-", _DELETED.sub("", title.lower()))
    from slugify import slugify as library_slugify  # not needed by the site's own rule

    return composed(library_slugify(title, allow_unicode=style == "unicode"))


def subject_key(subject: str, style: SlugStyle = "site") -> str:
    """The slug of a subject's name, which is also its folder's name.

    Raises ArticleError EMPTY_SLUG or UNSAFE_PATH.
    """
    return _component(_nonempty(slugify(subject, style), subject, "subject"), "", "subject key")


def file_name(slug: str) -> str:
    """The name of the file that holds the article ``slug``."""
    return f"{slug}.md"


def url(pattern: str, subject_key: str, slug: str) -> str:
    """The article's address on the site, made from ``pattern``.

    Names of files that were not made here may hold signs that mean something else in a url: these
    are escaped, all others stand as they are.
    """
    values = {"subject": _in_url(subject_key), "slug": _in_url(slug)}
    return _PLACEHOLDER.sub(lambda match: values[match[1]], pattern)


def _in_url(name: str) -> str:
    if not _MEANING.search(name):
        return name
    return _MEANING.sub(lambda found: "".join(f"%{ord(sign):02X}" for sign in found[0]), name)


def seo_title(subject: str, pattern: str = SITE_NAMING.seo_title_pattern) -> str:
    """The title that search engines show for every article of ``subject``."""
    return pattern.replace("{subject}", subject)


def composed(text: str) -> str:
    """The text with each letter and its marks as one sign where there is one (NFC of Unicode).

    The same name comes composed from a keyboard, and from some file systems taken apart (NFD). So
    names are compared in this form; a file's own path stays as the file system spells it.
    """
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def parse_url(pattern: str, url: str, *, ignore_case: bool = False) -> tuple[str, str] | None:
    """The subject key and the slug in ``url``, or None if it does not follow ``pattern``.

    The inverse of `url` for every pattern in which `pattern_problem` finds no fault and for
    names without ``/`` that need no escapes. It knows one spelling; `address` knows all.
    """
    match = _url_expression(pattern, ignore_case).fullmatch(url)
    return (match["subject"], match["slug"]) if match else None


def pattern_problem(pattern: str) -> str | None:
    """Why ``pattern`` cannot be a url pattern, or None if it can.

    Both placeholders must stand in it, in different path segments: otherwise an address could
    not be taken apart again.
    """
    unknown = placeholder_problem(pattern, ("subject", "slug"))
    if unknown:
        return unknown
    for name in ("{subject}", "{slug}"):
        if name not in pattern:
            return f"{name} is missing"
    if any("{subject}" in part and "{slug}" in part for part in pattern.split("/")):
        return "{subject} and {slug} need a / between them"
    return None


def placeholder_problem(pattern: str, known: tuple[str, ...]) -> str | None:
    """Why the braces in ``pattern`` are wrong, or None if they are well."""
    for match in _PLACEHOLDER.finditer(pattern):
        if match[1] not in known:
            return f"{match[0]} is not a placeholder"
    rest = _PLACEHOLDER.sub("", pattern)
    return "a brace stands alone" if "{" in rest or "}" in rest else None


def derive(
    question: str, subject: str, *, slug: str | None = None, naming: Naming = SITE_NAMING
) -> Names:
    """All names of the article that asks ``question`` under ``subject``.

    A ``slug`` that is given replaces the derived one. Raises ArticleError: EMPTY_SLUG if nothing
    is left of the question or the subject, UNSAFE_PATH if a name is not one path component that
    every platform can store.
    """
    if slug is None:
        slug = slugify(question, naming.slug_style)
    else:
        _refuse_no_slug(slug, naming.slug_style)
    _component(_nonempty(slug, question, "question"), ".md", "slug")
    key = subject_key(subject, naming.slug_style)
    return Names(
        slug=slug,
        file_name=file_name(slug),
        subject_key=key,
        url=url(naming.url_pattern, key, slug),
        seo_title=seo_title(subject, naming.seo_title_pattern),
        path=f"{key}/{file_name(slug)}",
    )


@lru_cache(maxsize=8)
def _url_expression(pattern: str, ignore_case: bool) -> re.Pattern[str]:
    """A pattern's regular expression; a placeholder's second use must equal its first."""
    parts: list[str] = []
    seen: set[str] = set()
    for index, part in enumerate(_PLACEHOLDER.split(pattern)):
        if index % 2 == 0:
            parts.append(re.escape(part))
        elif part in seen:
            parts.append(f"(?P={part})")
        else:
            seen.add(part)
            parts.append(f"(?P<{part}>[^/]+)")
    return re.compile("".join(parts), re.IGNORECASE if ignore_case else 0)


def _refuse_no_slug(slug: str, style: SlugStyle) -> None:
    """Raise ArticleError UNSAFE_PATH for what the slug rule would never give."""
    _component(slug, ".md", "slug")
    wanted = slugify(slug.replace("-", " ") if style == "site" else slug, style)
    if slug != wanted:
        raise ArticleError(
            Code.UNSAFE_PATH,
            f"{slug!r} is no slug",
            excerpt=slug,
            remedy=f"give {wanted}" if wanted else "give letters, digits and hyphens",
        )


def _nonempty(slug: str, source: str, what: str) -> str:
    if slug:
        return slug
    raise ArticleError(
        Code.EMPTY_SLUG,
        f"nothing is left of the {what} for an address",
        excerpt=source,
        remedy=f"use a {what} with letters a-z or digits, or set another slug style",
    )


def _component(name: str, suffix: str, what: str) -> str:
    """``name`` if ``name + suffix`` is one path component everywhere, else UNSAFE_PATH."""
    problem = _component_problem(name, suffix)
    if problem is None:
        return name
    raise ArticleError(
        Code.UNSAFE_PATH,
        f"the {what} cannot be a file's name: {problem}",
        excerpt=name,
        remedy="give a short slug of letters, digits and hyphens",
    )


def _component_problem(name: str, suffix: str) -> str | None:
    unsafe = _UNSAFE.search(name)
    if unsafe:
        return f"it contains {unsafe[0]}"
    if ".." in name or name.startswith(".") or name.endswith("."):
        return "a dot stands at its start or end, or next to another"
    if not name.isprintable() or name != name.strip():
        return "it contains a control character or outer white space"
    if _RESERVED.fullmatch(name.partition(".")[0].rstrip()):
        return "Windows reserves it"
    size = len((name + suffix).encode())
    return f"it has {size} bytes, over {_LONGEST_NAME}" if size > _LONGEST_NAME else None
