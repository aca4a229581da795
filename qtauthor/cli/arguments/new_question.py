"""What the options of ``qtauthor new`` say, of which the rest can be asked for."""

from __future__ import annotations

import datetime
from typing import NamedTuple

import msgspec

from qtauthor.content.site import Site
from qtauthor.operations.authoring.draft import Draft, Step
from qtauthor.operations.authoring.plan import PlannedQuestion, plan
from qtauthor.operations.site.create import CreateRequest
from qtauthor.text.document import Document


class Given(NamedTuple):
    """``None`` was not given. ``related`` are ids."""

    date: datetime.date
    subject: str | None = None
    question: str | None = None
    slug: str | None = None
    answer: str | None = None
    description: str | None = None
    keywords: tuple[str, ...] | None = None
    related: tuple[int, ...] | None = None
    both: bool | None = None
    id: int | None = None
    score: float | None = None
    new_subject: bool = False

    @property
    def steps(self) -> frozenset[Step]:
        """What is not asked, since it was given."""
        told: dict[Step, object] = {
            "subject": self.subject,
            "question": self.question,
            "answer": self.answer,
            "description": self.description,
            "keywords": self.keywords,
            "related": self.related,
        }
        return frozenset(step for step, value in told.items() if value is not None)

    def over(self, draft: Draft) -> Draft:
        """The draft with what was given in the place of what it had."""
        names = ("subject", "question", "slug", "answer", "description", "keywords", "both", "id")
        told = {name: getattr(self, name) for name in names}
        return msgspec.structs.replace(
            draft, **{name: value for name, value in told.items() if value is not None}
        )

    def planned(
        self, site: Site, draft: Draft, template: Document | None, taken: tuple[int, ...] = ()
    ) -> PlannedQuestion:
        """All that is written for a draft. Raises what ``plan`` raises."""
        request = CreateRequest(
            question=draft.question,
            subject=draft.subject,
            date=self.date,
            description=draft.description.strip(),
            keywords=draft.keywords,
            answer=draft.answer,
            related=self.related or (),
            id=draft.id,
            score=self.score,
            slug=draft.slug,
            new_subject=self.new_subject or self.subject is None,  # then the author was asked
            taken=taken,
        )
        others = list(draft.related)
        if draft.both:
            others = [*self._paths(site), *others]
        return plan(site, request, others, both=draft.both, template=template)

    def _paths(self, site: Site) -> list[str]:
        paths = (site.index.paths_with_id(number) for number in self.related or ())
        return [found[0] for found in paths if found]
