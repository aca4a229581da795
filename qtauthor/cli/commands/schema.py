"""``qtauthor schema``."""

from __future__ import annotations

import json

import click

from qtauthor import exit_codes
from qtauthor.cli.arguments import options
from qtauthor.cli.state import State
from qtauthor.errors import Code, SiteError
from qtauthor.model.derived_names import SITE_NAMING
from qtauthor.model.json_schema import front_matter_schema


@click.command()
@options.common
@options.pass_state
def schema(state: State) -> int:
    """Print the JSON Schema of the front matter.

    It is a draft 2020-12 schema, for CI and for editors of plain YAML. Urls and file names follow
    the configuration of the site, or that of QuickTakes where there is none.

    \b
    qtauthor schema > front-matter.schema.json
    """
    try:
        naming = state.site().config.naming
    except SiteError as error:
        if error.code is not Code.NO_SITE:
            raise
        naming = SITE_NAMING
    state.console.data(json.dumps(front_matter_schema(naming), ensure_ascii=False, indent=2))
    return exit_codes.DONE
