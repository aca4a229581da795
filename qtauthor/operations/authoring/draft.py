"""A new question as far as its author has got, and how it is kept."""

from __future__ import annotations

from typing import Literal, get_args

import msgspec

from qtauthor.errors import Code, QtauthorError, SiteError

Step = Literal["subject", "question", "answer", "description", "keywords", "related", "review"]
STEPS: tuple[Step, ...] = get_args(Step)


class Draft(msgspec.Struct, frozen=True, omit_defaults=True):
    """What an author said of a new question. ``answer`` is Markdown, ``related`` are paths.

    ``slug`` replaces the derived one. ``id`` is given only to file a question that is there under
    one more subject. ``step`` is the one that is being asked, and the last of them is the review.
    """

    subject: str = ""
    question: str = ""
    slug: str | None = None
    id: int | None = None
    answer: str = ""
    description: str = ""
    keywords: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    both: bool = False
    step: Step = "subject"

    @property
    def worth_keeping(self) -> bool:
        """Whether there is something that would have to be thought up again."""
        return bool(self.question.strip() or self.answer.strip() or self.description.strip())


def to_json(draft: Draft) -> bytes:
    """A draft as it is kept."""
    return msgspec.json.format(msgspec.json.encode(draft)) + b"\n"


def from_json(data: bytes) -> Draft:
    """A draft as it was kept. Raises ``SiteError`` with ``cannot-read``."""
    try:
        return msgspec.json.decode(data, type=Draft)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise SiteError(
            Code.CANNOT_READ,
            f"the draft cannot be read: {error}",
            remedy="remove it, or mend it by hand",
        ) from None


def readable(data: bytes) -> Draft | None:
    """The draft in ``data``; ``None`` if there is none."""
    try:
        return from_json(data)
    except QtauthorError:
        return None
