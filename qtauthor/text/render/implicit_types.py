"""Which plain scalars some reader takes for something else than text.

Three readers count: ruamel.yaml (YAML 1.2), a YAML 1.1 reader such as PyYAML, and the site's
js-yaml 3. Each types by its own tables; the patterns here are their union, and a little more: the
single letters ``y`` and ``n`` are booleans in YAML 1.1 though PyYAML leaves them text.
"""

from __future__ import annotations

import re

_TYPED = re.compile(
    r"""(?:
      ~ | null | Null | NULL | << | =
    | y | Y | yes | Yes | YES | n | N | no | No | NO
    | true | True | TRUE | false | False | FALSE | on | On | ON | off | Off | OFF
    | [-+]?\.(?:inf | Inf | INF) | [-+]?\.(?:nan | NaN | NAN)
    | [-+]?0b[01_]+ | [-+]?0o[0-7_]+ | [-+]?0x[0-9a-fA-F_]+
    | (?=[-+]?\.?[0-9_]) [-+]?[0-9_]*(?:\.[0-9_]*)?(?:[eE][-+]?[0-9]+)?
    | [-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?
    | [0-9]{4}-[0-9]{1,2}-[0-9]{1,2}
      (?:(?:[Tt]|[ \t]+)[0-9]{1,2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]*)?
         (?:[ \t]*(?:Z|[-+][0-9]{1,2}(?::[0-9]{2})?))?)?
    )\Z""",
    re.VERBOSE,
)


def is_text(plain: str) -> bool:
    """Whether every reader takes the plain scalar ``plain`` for a string."""
    return bool(plain) and _TYPED.match(plain) is None
