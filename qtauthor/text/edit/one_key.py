"""An edit of one key of a regular text, made on the lines of that key alone.

A regular text is lines of entries (``regular``), each of which reads the same wherever it stands
among its siblings. So it is enough to read, edit and prove the lines of one key at the top, as a
document of their own, if what comes out is the lines of that key again. The result is what an edit
of the whole would give: what depends on other keys (where a new one goes, how deep a block of text
stands that was none) is left to that.
"""

from __future__ import annotations

from typing import NamedTuple

from qtauthor.text.edit import splice
from qtauthor.text.edit.splice import Splice
from qtauthor.text.js_yaml.key_names import is_typed
from qtauthor.text.source.front_matter import FrontMatter
from qtauthor.text.yaml.located_tree import Located

_FENCE = "---\n"


class Window(NamedTuple):
    """The lines of a key, ``source.text[start:end]``; ``text`` has them between fences."""

    source: Located
    name: str
    start: int
    end: int
    text: str

    def beyond(self, splices: tuple[Splice, ...], part: Located) -> Located | None:
        """The whole after ``splices`` in it, of which ``part`` has the key; ``None`` if unsure."""
        outline = part.outline
        if outline is None or outline.names() != [self.name]:
            return None
        source, grown = self.source, len(part.text) - len(self.text)
        text = splice.apply(source.text, splices)
        start, end, body = source.front
        return Located(text, FrontMatter(start, end + grown, body + grown))

    def shifted(self, splices: tuple[Splice, ...]) -> tuple[Splice, ...]:
        """Splices in the part as splices in the whole."""
        by = self.start - len(_FENCE)
        return tuple(Splice(start + by, end + by, new) for start, end, new in splices)


def window(source: Located, name: str) -> Window | None:
    """The lines of the key ``name`` at the top, if the text is regular and has it once."""
    found = source.outline.lines(name) if source.outline and not is_typed(name) else None
    if found is None:
        return None
    start, end = found
    return Window(source, name, start, end, f"{_FENCE}{source.text[start:end]}{_FENCE}")
