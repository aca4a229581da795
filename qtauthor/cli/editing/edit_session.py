"""One sitting at the editor: open it, check what was written, ask, and write the fields back."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from functools import partial

import click

from qtauthor import exit_codes
from qtauthor.changes.change import Modify
from qtauthor.changes.proof import changed_since
from qtauthor.cli.arguments.options import Sink
from qtauthor.cli.editing import editor, judgement
from qtauthor.cli.editing.edit_sheet import Sheet
from qtauthor.cli.editing.judgement import Judged
from qtauthor.cli.running import article_edits
from qtauthor.cli.state import State, Target
from qtauthor.content.article import Article
from qtauthor.errors import QtauthorError

_NAME = 50
"""Characters of the article's name in that of a text that is kept."""
_AGAIN, _MEND, _WRITE, _LEAVE = "e", "m", "w", "q"
_WORDS = {
    _AGAIN: "(e)dit again",
    _MEND: "(m)end what can be mended",
    _WRITE: "(w)rite it all the same",
    _LEAVE: "(q)uit",
}


Lay = Callable[[Article], Sheet]
"""What is laid before the author of an article."""


def sit(state: State, target: Target, article: Article, lay: Lay, sink: Sink, ask: bool) -> int:
    """Let the author edit until it can be written, and write it. Gives the exit code.

    Whatever goes wrong once something was written: it is kept in a file, and that is said. Raises
    ``QtauthorError``.
    """
    _refuse_dirty(target, sink)
    sheet = lay(article)
    suffix = f"-{target.path.rpartition('/')[2].removesuffix('.md')[:_NAME]}.md"
    text = sheet.text
    while True:
        text = editor.edited(text, suffix=suffix, environ=os.environ)
        try:
            text, change, choice = _settled(state, target, article, sheet, text, ask)
            if choice == _AGAIN:
                continue
            if choice == _LEAVE:
                _tell_kept(state, text, suffix)
                return exit_codes.FINDINGS
            return _written(state, target, article, lay, text, change, sink)
        except QtauthorError as error:
            raise _with_text(error, target, text, suffix) from None
        except (KeyboardInterrupt, click.Abort) as error:
            _tell_kept(state, text, suffix, str(error) or "nothing was written")
            raise


def on_terminal() -> bool:
    """Whether somebody can be asked."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def _settled(
    state: State, target: Target, article: Article, sheet: Sheet, text: str, ask: bool
) -> tuple[str, Modify | None, str]:
    """Judge a text, ask what is to be done, and mend it as often as that is asked for.

    Raises what makes it impossible to write if nobody can be asked.
    """
    while True:
        judged = judgement.judged(target, article, sheet, text)
        for remark in judged.remarks:
            state.console.note(remark)
        if judged.problem is not None and not ask:
            raise judged.problem
        if judged.problem is None and not (judged.remarks and ask):
            return text, judged.change, _WRITE
        if judged.problem is not None:
            state.console.error(judged.problem)
        choice = _asked(judged)
        if choice != _MEND:
            return text, judged.change, choice
        text = judged.mended


def _asked(judged: Judged) -> str:
    choices = [_AGAIN, *([_MEND] if judged.mended else [])]
    choices += [_LEAVE] if judged.problem is not None else [_WRITE, _LEAVE]
    words = ", ".join(_WORDS[choice] for choice in choices)
    answer: str = click.prompt(
        f"{words}?", type=click.Choice(choices), show_choices=False, prompt_suffix=" ", err=True
    )
    return answer


def _again(
    target: Target,
    article: Article,
    lay: Lay,
    text: str,
    change: Modify | None,
    path: str,
    now: Article,
) -> Modify | None:
    """The author's ``change`` of an article, made of the article as it is ``now``.

    Raises ``SiteError`` with ``changed-since`` if somebody else changed what the author saw; why
    the text cannot be written now.
    """
    if now.document.original == article.document.original:
        return change
    sheet = lay(now)
    if sheet.text != lay(article).text:
        raise changed_since(path)
    judged = judgement.judged(target, now, sheet, text)
    if judged.problem is not None:
        raise judged.problem
    return judged.change


def _written(
    state: State,
    target: Target,
    article: Article,
    lay: Lay,
    text: str,
    change: Modify | None,
    sink: Sink,
) -> int:
    if change is None and sink.as_format == "text":
        state.console.note("nothing to change")
        return exit_codes.DONE
    # Clean when the editor opened. What git would tell of now is the author's own if nobody else
    # wrote the file, else it is asked again.
    own = target.site.source.read(target.path) == article.document.original
    again = partial(_again, target, article, lay, text, change)
    allowed = sink._replace(allow_dirty=own or sink.allow_dirty)
    return article_edits.run_one(state, target, again, allowed)


def _refuse_dirty(target: Target, sink: Sink) -> None:
    """Raise now what would be raised when the work is done."""
    from qtauthor.sinks.commit import REFUSE

    if sink.writes and not sink.allow_dirty:
        try:
            REFUSE.ask(target.site.root, [target.path])
        except QtauthorError as error:
            error.where = error.where._replace(path=target.name)
            raise


def _with_text(error: QtauthorError, target: Target, text: str, suffix: str) -> QtauthorError:
    """The error, with the place where the text is kept."""
    if not text.strip():
        return error.at(target.name)
    kept = editor.kept(text, suffix=suffix)
    if error.where.line:
        error.where = error.where._replace(path=str(kept))
    told = f"your text is kept in {kept}"
    error.remedy = f"{error.remedy}; {told}" if error.remedy else told
    return error.at(target.name)


def _tell_kept(state: State, text: str, suffix: str, written: str = "nothing was written") -> None:
    kept = f"; your text is kept in {editor.kept(text, suffix=suffix)}" if text.strip() else ""
    state.console.note(f"{written}{kept}")
