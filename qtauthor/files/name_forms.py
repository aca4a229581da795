"""Names that look alike: in another case, or with letters that are composed in another way.

The same name comes composed from a keyboard, and from some file systems taken apart.
"""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path

from qtauthor.files import presence


def folded(name: str) -> str:
    """What is the same for two names that a file system may take for one."""
    if name.isascii():
        return name.lower()
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def there(name: str) -> str:
    """A path as the disk spells it, which may have been typed with letters in another form.

    What is there as it was typed is meant. What is not there in any form stays as it was typed, and
    so does what several files look like: nobody can tell which of them is meant. Raises
    ``SiteError`` with ``cannot-read``.
    """
    if name.isascii() or presence.is_there(name):
        return name
    found = ""
    for part in Path(name).parts:
        folder, found = found, os.path.join(found, part)  # noqa: PTH118  paths are text here
        if not part.isascii() and not presence.is_there(found):
            alike = [one for one in _listed(folder) if _composed(one) == _composed(part)]
            if len(alike) != 1:
                return name
            found = os.path.join(folder, alike[0])  # noqa: PTH118  paths are text here
    return found


def forms(pattern: str) -> tuple[str, ...]:
    """A pattern of names in each form that the names on a disk may have, its own first."""
    changed = (unicodedata.normalize(form, pattern) for form in ("NFC", "NFD"))
    return tuple(dict.fromkeys((pattern, *changed)))


def _composed(name: str) -> str:
    return unicodedata.normalize("NFC", name)


def _listed(folder: str) -> list[str]:
    """The names in a folder; none where there is none. Raises ``SiteError``."""
    try:
        return os.listdir(folder or os.curdir)  # noqa: PTH208  paths are text here
    except OSError as error:
        if presence.is_absence(error):
            return []
        raise presence.unknown(folder, error) from None
    except ValueError:  # a NUL, which no name has
        return []
