"""Questions on a terminal with a cursor. The only module that knows questionary.

Every question vanishes when it is answered: the steps say what became of it. What is said while one
types stands above the line of input, always as many lines of it, so that nothing jumps. A toolbar
at the bottom would not do: terminals that do not tell where their cursor is show none.
"""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any

import questionary
from prompt_toolkit import PromptSession
from prompt_toolkit.application import Application
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document
from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent, merge_key_bindings
from prompt_toolkit.output import ColorDepth, create_output
from prompt_toolkit.validation import ValidationError, Validator
from questionary import Choice, Question, Style
from questionary.prompts.common import InquirerControl

from qtauthor.cli.output.console import visible
from qtauthor.cli.wizard.asking import (
    Back,
    Check,
    Complete,
    Keep,
    Live,
    Option,
    Ticked,
    place_of,
)
from qtauthor.cli.wizard.screen import Screen
from qtauthor.operations.authoring.remark import Remark

_STYLE = Style(
    [
        ("qmark", "fg:ansicyan bold"),
        ("question", "bold"),
        ("answer", ""),
        ("pointer", "fg:ansicyan bold"),
        ("highlighted", "fg:ansicyan bold"),
        ("selected", "fg:ansigreen"),
        ("instruction", ""),
        ("fact", "fg:ansibrightblack"),
        ("note", "fg:ansibrightblack"),
        ("warning", "fg:ansiyellow"),
        ("validation-toolbar", "fg:ansired"),
        ("bottom-toolbar", "noreverse"),
    ]
)
_PLAIN_STYLE = Style([("bottom-toolbar", "noreverse"), ("validation-toolbar", "noreverse")])
_INDENT = 4
_SEARCH = "/"
_ESCAPE_SECONDS = 0.1
"""After so long, an escape is a key of its own and not the beginning of another one."""


class Prompts:
    """Asks on standard error, so that standard output can go to a file."""

    def __init__(self, screen: Screen) -> None:
        self.screen = screen
        self.manner: dict[str, Any] = {
            "output": create_output(sys.stderr),
            "color_depth": None if screen.colour else ColorDepth.DEPTH_1_BIT,
            "style": _STYLE if screen.colour else _PLAIN_STYLE,
            "erase_when_done": True,
        }

    def line(
        self,
        label: str,
        default: str = "",
        *,
        live: Live | None = None,
        check: Check | None = None,
        complete: Complete | None = None,
        keep: Keep | None = None,
    ) -> str:
        session: PromptSession[str] = PromptSession(
            lambda: self._message(label, live(_typed(session)) if live else ()),
            completer=_Offers(complete) if complete else None,
            complete_while_typing=complete is not None,
            validator=_Checked(check) if check else None,
            validate_while_typing=False,
            reserve_space_for_menu=8 if complete else 0,
            **self.manner,
        )
        _listen(session, keep)
        session.default_buffer.reset(Document(default))
        return _one_line(str(_asked(Question(session.app)))).strip()

    def paragraphs(self, label: str, default: str = "", *, keep: Keep) -> str:
        keys = KeyBindings()
        keys.add("c-d")(_accept)
        session: PromptSession[str] = PromptSession(
            lambda: [
                *self._message(label, ())[:-1],
                ("", "\n"),
                ("class:fact", "  Ctrl-D when you are done · Esc goes back\n"),
            ],
            multiline=True,
            key_bindings=keys,
            reserve_space_for_menu=0,
            **self.manner,
        )
        _listen(session, keep)
        session.default_buffer.reset(Document(default))
        return str(_asked(Question(session.app)))

    def choose(self, label: str, options: Sequence[Option], default: Any = None) -> Any:
        choices = [Choice(self._title(one), number) for number, one in enumerate(options)]
        first = place_of(default, options)
        question = questionary.select(
            label,
            choices,
            instruction=" ",
            default=choices[first],
            use_jk_keys=False,
            qmark="?",
            **self.manner,
        )
        return options[_asked(question)].value

    def tick(
        self, label: str, options: Sequence[Option], ticked: Sequence[Any], most: int
    ) -> Ticked:
        choices = [
            Choice(self._title(one), number, checked=one.value in ticked)
            for number, one in enumerate(options)
        ]
        question = questionary.checkbox(
            label,
            choices,
            instruction=self._instruction(),
            validate=partial(_at_most, most),
            use_jk_keys=False,
            qmark="?",
            **self.manner,
        )
        control = _control(question.application)
        keys = KeyBindings()
        keys.add("-", eager=True)(partial(_shift, control, -1))
        keys.add("+", eager=True)(partial(_shift, control, 1))
        keys.add(_SEARCH, eager=True)(lambda event: event.app.exit(result=_SEARCH))
        result = _asked(question, keys)
        if result != _SEARCH:
            return Ticked(tuple(options[number].value for number in result))
        numbers: list[Any] = [choice.value for choice in control.get_selected_values()]
        kept = tuple(options[number].value for number in numbers)
        try:
            return Ticked(kept, self.line("Search for"))
        except Back:
            return Ticked(kept, "")

    def _message(self, label: str, remarks: Iterable[Remark]) -> StyleAndTextTuples:
        told: StyleAndTextTuples = [("class:qmark", "?"), ("class:question", f" {label}")]
        several = False
        for remark in remarks:
            several = True
            told.append((f"class:{remark.weight}", f"\n  {self._fitting(remark.text, 2)}"))
        told.append(("class:qmark", "\n> " if several else ": "))
        return told

    def _title(self, option: Option) -> str:
        aside = f"  {visible(option.aside)}" if option.aside else ""
        title = self._fitting(visible(option.title), _INDENT + 2 + len(aside)) + aside
        if not option.note:
            return title
        return f"{title}\n{' ' * (_INDENT + 2)}{self._fitting(visible(option.note), _INDENT + 2)}"

    def _instruction(self) -> str:
        return "\n  Space ticks · - and + move · / searches · Enter goes on"

    def _fitting(self, text: str, used: int) -> str:
        """As much of a text as fits into the line."""
        from rich.cells import cell_len, set_cell_size

        room = max(8, self.screen.columns - used - 1)
        return text if cell_len(text) <= room else f"{set_cell_size(text, room - 1).rstrip()}…"


class _Offers(Completer):
    def __init__(self, complete: Complete) -> None:
        self.complete = complete

    def get_completions(
        self, document: Document, complete_event: CompleteEvent
    ) -> Iterable[Completion]:
        for option in self.complete(document.text):
            yield Completion(
                str(option.value),
                -len(document.text),
                display=visible(option.title),
                display_meta=visible(option.aside),
            )


class _Checked(Validator):
    def __init__(self, check: Check) -> None:
        self.check = check

    def validate(self, document: Document) -> None:
        problem = self.check(document.text)
        if problem:
            raise ValidationError(len(document.text), problem)


def _typed(session: PromptSession[str]) -> str:
    return session.default_buffer.text


def _one_line(text: str) -> str:
    """What was pasted, without line breaks, tabs and other control characters."""
    spaced = "".join(" " if sign in "\t\n\r" else sign for sign in text)
    return "".join(sign for sign in spaced if unicodedata.category(sign) != "Cc")


def _listen(session: PromptSession[str], keep: Keep | None) -> None:
    if keep is not None:
        session.default_buffer.on_text_changed += lambda buffer: keep(buffer.text)


def _accept(event: KeyPressEvent) -> None:
    event.current_buffer.validate_and_handle()


def _go_back(event: KeyPressEvent) -> None:
    event.app.exit(exception=Back())


def _asked(question: Question, more: KeyBindings | None = None) -> Any:
    """Ask; escape goes back."""
    keys = KeyBindings()
    keys.add("escape")(_go_back)
    application: Application[Any] = question.application
    known = [one for one in (application.key_bindings, more, keys) if one is not None]
    application.key_bindings = merge_key_bindings(known)
    application.ttimeoutlen = application.timeoutlen = _ESCAPE_SECONDS
    return question.unsafe_ask()


def _control(application: Application[Any]) -> InquirerControl:
    windows = application.layout.find_all_windows()
    return next(one.content for one in windows if isinstance(one.content, InquirerControl))


def _shift(control: InquirerControl, by: int, _: KeyPressEvent) -> None:
    """Move the choice under the pointer, and the pointer with it."""
    place = control.pointed_at
    other = place + by
    if 0 <= other < len(control.choices):
        choices = control.choices
        choices[place], choices[other] = choices[other], choices[place]
        control.pointed_at = other


def _at_most(most: int, values: Sequence[object]) -> bool | str:
    return len(values) <= most or f"{len(values)} are more than the {most} that a page shows"
