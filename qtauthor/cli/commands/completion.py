"""``qtauthor completion``."""

from __future__ import annotations

import sys

import click

from qtauthor import exit_codes
from qtauthor.cli.arguments import options
from qtauthor.cli.completion import shells


@click.command()
@click.argument("shell", type=click.Choice([*shells.SHELLS]), metavar="SHELL")
@options.common
@click.pass_context
def completion(context: click.Context, shell: str) -> int:
    """Print the completion script for a shell.

    SHELL is bash, zsh or fish. It completes commands, options and fields, and slugs and subjects
    from the index of the site that you are in.

    \b
    source <(qtauthor completion bash)
    qtauthor completion fish > ~/.config/fish/completions/qtauthor.fish
    """
    sys.stdout.write(shells.script(shell, context.find_root().command))
    return exit_codes.DONE
