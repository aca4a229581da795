"""What the rules say of what an author wrote, and the change that it comes to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from qtauthor import clock
from qtauthor.changes.change import Modify, apply
from qtauthor.cli.editing import edit_sheet
from qtauthor.cli.editing.edit_sheet import Sheet, Values
from qtauthor.cli.running import delivery
from qtauthor.cli.state import Target
from qtauthor.content.article import Article
from qtauthor.errors import ArticleError, Code, QtauthorError
from qtauthor.operations.authoring import proofread
from qtauthor.operations.authoring.proofread import Note
from qtauthor.operations.fields.revise import ANSWER, revise
from qtauthor.rules import checker
from qtauthor.rules import rule_selection as chosen
from qtauthor.rules.context import Context
from qtauthor.rules.finding import Finding


class Judged(NamedTuple):
    """What came of a text: the change, or why there can be none; and what the rules say.

    ``mended`` is the text with the rules' safe fixes, or nothing if there are none.
    """

    change: Modify | None
    problem: QtauthorError | None
    remarks: list[str]
    mended: str = ""


def judged(target: Target, article: Article, sheet: Sheet, text: str) -> Judged:
    """Judge what stands in a sheet. Nothing is raised: what is wrong is the problem."""
    values: Values = {}
    notes: list[Note] = []
    try:
        values = sheet.read(text)
        _refuse_emptied(values)
        rules = _rules(target)
        notes = _notes(rules, values.get(ANSWER))
        change = revise(target.path, article, edit_sheet.stored(values, target.site.answers))
    except QtauthorError as error:
        notes = [note for note in notes if note.barred]
        told = [_remark(note, sheet.answer_line) for note in notes]
        return Judged(None, _placed(error, sheet), told, _mended(sheet, text, values, notes))
    remarks: list[str] = []
    if change is not None and delivery.is_site(target.site):
        found = _findings(rules, target, article, change)
        notes = [note for note in notes if any(note.rule == one.rule for one in found)]
        placed = {note.rule for note in notes}
        remarks = [
            f"{edit_sheet.name(one.pointer)}: {one.rule} {one.message}"
            for one in found
            if one.pointer in values and not (one.pointer == ANSWER and one.rule in placed)
        ]
    told = [_remark(note, sheet.answer_line) for note in notes]
    return Judged(change, None, told + remarks, _mended(sheet, text, values, notes))


def _placed(error: QtauthorError, sheet: Sheet) -> QtauthorError:
    """An error in the answer, by its line in the sheet."""
    if error.code is Code.TORN_LATEX and error.where.line:
        error.where = error.where._replace(line=error.where.line + sheet.answer_line)
    return error


def _refuse_emptied(values: Values) -> None:
    empty = edit_sheet.emptied(values)
    if empty is not None:
        raise ArticleError(
            Code.MISSING_FIELD,
            f"{empty} would be empty",
            remedy=f"write something; qtauthor set ARTICLE {empty}= empties it all the same",
        )


class _Rules(NamedTuple):
    chosen: chosen.Chosen
    context: Context


def _rules(target: Target) -> _Rules:
    """The rules that hold for the article, as `check` has them."""
    found = chosen.chosen(target.site, (), (), ())
    today = clock.today()
    return _Rules(found, checker.context(target.site, 1, today, found.limits))


def _notes(rules: _Rules, answer: object) -> list[Note]:
    """What is wrong with an answer by itself, with its places in the Markdown."""
    if not isinstance(answer, str):
        return []
    return proofread.proofread(rules.context, rules.chosen.rules, answer)


def _mended(sheet: Sheet, text: str, values: Values, notes: Sequence[Note]) -> str:
    answer = values.get(ANSWER)
    if not isinstance(answer, str):
        return ""
    mended = proofread.mended(answer, notes)
    head = text.split("\n")[: sheet.answer_line]
    return "\n".join((*head, mended)) if mended != answer else ""


def _findings(rules: _Rules, target: Target, article: Article, change: Modify) -> list[Finding]:
    """What `check` would find in the article."""
    new = apply(article.document.original, change.edits)
    found = checker.Checker(rules.context, rules.chosen.rules, rules.chosen.ignored)
    return found.check(target.path, new)


def _remark(note: Note, above: int) -> str:
    place = f"line {note.line + above}" if note.line else "answer"
    mend = f" ({note.mend})" if note.mend else ""
    return f"{place}: {note.rule} {note.message}{mend}"
