"""An answer on the screen: Markdown, tables and math as characters.

``markdown`` reads what the site reads, ``inline`` and ``blocks`` draw it with rich, and ``tex``
writes math in Unicode.
"""

from qtauthor.cli.output.rendering.answer import rendered

__all__ = ["rendered"]
