"""How bash, zsh and fish ask, and how they are answered.

click knows how to find what is to be completed. Its scripts are replaced, since they cannot offer
the beginning of a word without a blank behind it, quote nothing, and let errors through.
"""

from __future__ import annotations

import os
import re
from typing import Any, ClassVar

import click
from click.shell_completion import (
    BashComplete,
    CompletionItem,
    FishComplete,
    ShellComplete,
    ZshComplete,
    add_completion_class,
)

VARIABLE = "_QTAUTHOR_COMPLETE"
"""Set by the scripts: a run of the program is then a question for completions."""

_PLAIN = re.compile(r"[^\w@%+:,./=-]")


class _Bash(BashComplete):
    source_template: ClassVar[str] = """\
%(complete_func)s() {
    local type value
    COMPREPLY=()
    while IFS=, read -r type value; do
        case $type in
            file) compopt -o default 2>/dev/null ;;
            dir) compopt -o dirnames 2>/dev/null ;;
            open) compopt -o nospace 2>/dev/null; COMPREPLY+=("$value") ;;
            plain) COMPREPLY+=("$value") ;;
        esac
    done < <(IFS=$'\\n'; env COMP_WORDS="${COMP_WORDS[*]}" COMP_CWORD="$COMP_CWORD" \\
        %(complete_var)s=bash_complete "$1" 2>/dev/null)
}

complete -o nosort -F %(complete_func)s %(prog_name)s 2>/dev/null ||
    complete -F %(complete_func)s %(prog_name)s
"""

    @staticmethod
    def _check_version() -> None:
        """An old bash does without the order: nothing is started to ask its version."""

    def format_completion(self, item: CompletionItem) -> str:
        return f"{item.type},{self._quoted(item.value)}"

    def _quoted(self, value: str) -> str:
        """As it would be typed; bash closes quotes that are open by itself."""
        words = os.environ.get("COMP_WORDS", "").split("\n")
        at = int(os.environ.get("COMP_CWORD", "0"))
        if at < len(words) and words[at][:1] in ("'", '"'):
            return value
        return _PLAIN.sub(lambda found: f"\\{found[0]}", value)


class _Zsh(ZshComplete):
    source_template: ClassVar[str] = """\
#compdef %(prog_name)s

%(complete_func)s() {
    local -a response described plain open
    local type key descr
    (( $+commands[%(prog_name)s] )) || return 1
    response=("${(@f)$(env COMP_WORDS="${words[*]}" COMP_CWORD=$((CURRENT-1)) \\
        %(complete_var)s=zsh_complete %(prog_name)s 2>/dev/null)}")
    for type key descr in ${response}; do
        case $type in
            file) _path_files -f ;;
            dir) _path_files -/ ;;
            open) open+=("$key") ;;
            plain) [[ $descr == _ ]] && plain+=("$key") || described+=("$key:$descr") ;;
        esac
    done
    (( $#described )) && _describe -V unsorted described -U
    (( $#plain )) && compadd -U -V unsorted -a plain
    (( $#open )) && compadd -U -V unsorted -S '' -a open
    return 0
}

if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
    %(complete_func)s "$@"
else
    compdef %(complete_func)s %(prog_name)s
fi
"""


class _Fish(FishComplete):
    source_template: ClassVar[str] = """\
function %(complete_func)s
    set -l response (env %(complete_var)s=fish_complete COMP_WORDS=(commandline -cp) \\
        COMP_CWORD=(commandline -t) %(prog_name)s 2>/dev/null)
    for completion in $response
        set -l metadata (string split -m 1 "," -- $completion)
        switch $metadata[1]
            case dir
                __fish_complete_directories $metadata[2]
            case file
                __fish_complete_path $metadata[2]
            case plain open
                echo $metadata[2]
        end
    end
end

complete --no-files --command %(prog_name)s --arguments "(%(complete_func)s)"
"""


SHELLS: dict[str, type[ShellComplete]] = {"bash": _Bash, "zsh": _Zsh, "fish": _Fish}


def script(shell: str, command: click.Command) -> str:
    """What a shell has to read to complete ``qtauthor``."""
    return SHELLS[shell](command, {}, "qtauthor", VARIABLE).source()


def answer(command: click.Command, state: Any) -> None:
    """Print what a shell asked for. Whatever goes wrong, nothing is said and nothing offered."""
    for name, shell in SHELLS.items():
        add_completion_class(shell, name)
    asked = os.environ[VARIABLE]
    try:
        name, _, what = asked.partition("_")
        if what == "complete":
            found = SHELLS[name](command, {"obj": state}, "qtauthor", VARIABLE).complete()
            click.echo(found.encode("utf-8", "replace"))
        elif what == "source":
            click.echo(script(name, command).encode(), nl=False)
    except Exception:  # noqa: S110  a shell that asks is no place for a traceback
        pass
