"""QT306."""

from __future__ import annotations

from collections.abc import Iterator

from qtauthor.model.lookalikes import difference
from qtauthor.rules.checked_article import CheckedArticle
from qtauthor.rules.fix import Fix, Safety, SetValue
from qtauthor.rules.rule import Hit, Rule


def check(subject: CheckedArticle) -> Iterator[Hit]:
    name = subject.text("subject")
    if not name or subject.context.slug(name) != subject.folder:
        return
    wanted, reason = subject.context.configured(name), "as configured"
    safety: Safety = "safe"
    if not subject.context.is_configured(name):
        wanted = subject.context.spelling(subject.folder) or name
        reason, safety = "as in most articles of the folder", "unsafe"
    if wanted != name:
        fix = Fix(f"spell it {wanted}", safety, (SetValue("/subject", wanted),))
        yield Hit(
            "/subject", f"the subject is spelled {wanted}, {reason}{difference(name, wanted)}", fix
        )


RULE = Rule(
    "QT306",
    "subject-spelling",
    check,
    what="The subject is not in its canonical spelling: the one of the configuration, else the one "
    "that most articles of the folder have.",
    why="Readers see two subjects where there is one.",
    example="subject: Bread baking\n",
    fix="It gets the canonical spelling; that is safe if the spelling is configured. `seo.title` "
    "and the links of other articles follow by their own rules.",
    fixes=("safe", "unsafe"),
)
