"""By what name a reader in JavaScript, which the site has, knows a key.

There every key is text: ``~``, ``null`` and ``"null"`` are one, ``1``, ``0x1``, ``1.0`` and ``"1"``
are one, and ``true`` and ``1`` are two, which Python takes for the same. Sources: js-yaml 3 (its
types and ``storeMappingPair``) and ECMAScript's ``Number::toString``.
"""

from __future__ import annotations

import datetime
import math
import re
from collections import Counter
from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Any

from qtauthor.text.yaml.nodes import Alias, Node, Scalar, Sequence

_TYPED_FIRST = frozenset("~nNtTfF-+.0123456789")
_WORDS = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), "null"),
    **dict.fromkeys(("true", "True", "TRUE"), "true"),
    **dict.fromkeys(("false", "False", "FALSE"), "false"),
}
_INT = re.compile(
    r"[-+]?(?:(?P<zero>0)|0b(?P<two>[01_]*[01])|0x(?P<sixteen>[0-9a-fA-F_]*[0-9a-fA-F])"
    r"|0(?P<eight>[0-7_]*[0-7])|(?P<ten>[1-9](?:[0-9_]*[0-9])?)|(?P<sixty>[1-9][0-9_]*(?::[0-5]?[0-9])+))"
)
_FLOAT = re.compile(
    r"[-+]?(?P<sixty>[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*)"
    r"|[-+]?(?P<point>\.(?:inf|Inf|INF))|(?P<none>\.(?:nan|NaN|NAN))"
    r"|(?P<ten>(?:[-+]?(?:0|[1-9][0-9_]*)(?:\.[0-9_]*)?|\.[0-9_]+)(?:[eE][-+]?[0-9]+)?)"
)
_TIME = re.compile(
    r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?:[Tt]|[ \t]+)([0-9]{1,2}):([0-9]{2}):([0-9]{2})"
    r"(?:\.([0-9]*))?(?:[ \t]*(?:Z|([-+])([0-9]{1,2})(?::([0-9]{2}))?))?"
)
_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_BASES = {"two": 2, "eight": 8, "ten": 10, "sixteen": 16}
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


def site_name(key: Node, targets: Mapping[int, Node]) -> str:
    """The name under which the site stores what ``key`` leads to. A merge key is not meant."""
    if isinstance(key, Alias):
        key = targets[key.first]
    if isinstance(key, Scalar):
        if key.style and key.tag is None:
            return key.text
        return key.text if key.tag in _TEXT else of_plain(key.text)
    if not isinstance(key, Sequence):
        return "[object Object]"
    names = (site_name(item, targets) for item in key.items)
    return ",".join("" if name == "null" else name for name in names)


_TEXT = ("tag:yaml.org,2002:str", "!")


def word(key: Node) -> str | None:
    """The text of a key that every reader takes for this text, as nearly all are; else ``None``."""
    if type(key) is not Scalar or key.tag is not None:
        return None
    text = key.text
    begins = text[:1].isalpha() or text[:1] == "_"
    return text if key.style or (begins and text not in _WORDS) else None


def is_typed(plain: str) -> bool:
    """Whether the plain key ``plain`` is no text, so that another may have its name."""
    return plain in _WORDS or of_plain(plain) != plain


@lru_cache(maxsize=4096)
def of_plain(plain: str) -> str:
    """The name of a plain key without a tag."""
    if plain and plain[0] not in _TYPED_FIRST:
        return plain
    word = _WORDS.get(plain)
    if word is not None:
        return word
    number = _number(plain)
    if number is not None:
        return of_number(number)
    moment = _moment(plain)
    return plain if moment is None else of_moment(moment)


def _number(plain: str) -> float | None:
    sign = -1 if plain[0] == "-" else 1
    found = _INT.fullmatch(plain)
    if found is not None:
        return sign * float(_whole(found))
    found = _FLOAT.fullmatch(plain)
    if found is None or plain[-1] == "_":
        return None
    digits = plain.replace("_", "").lstrip("+-")
    if found["none"]:
        return math.nan
    if found["point"]:
        return sign * math.inf
    if found["sixty"]:
        return sign * _sixties(digits)
    try:
        return sign * float(digits)
    except ValueError:  # such as “._”
        return math.nan


def _whole(found: re.Match[str]) -> int | float:
    if found["sixty"]:
        return _sixties(found["sixty"].replace("_", ""))
    base = next((name for name in _BASES if found[name]), None)
    if base is None:
        return 0
    try:
        return float(int(found[base].replace("_", ""), _BASES[base]))
    except (ValueError, OverflowError):
        return math.inf


def _sixties(digits: str) -> float:
    value = 0.0
    for part in digits.split(":"):
        value = value * 60 + float(part)
    return value


def _moment(plain: str) -> datetime.datetime | None:
    """The moment that a date or a time is, in UTC. ``None`` for what is neither, or no date."""
    found = _DATE.fullmatch(plain) or _TIME.fullmatch(plain)
    if found is None:
        return None
    year, month, day, *rest = found.groups()
    hour, minute, second, _, sign, ahead, further = rest or (0, 0, 0, None, None, 0, 0)
    shift = datetime.timedelta(hours=int(ahead or 0), minutes=int(further or 0))
    try:
        years, months = divmod(int(month) - 1, 12)  # JavaScript goes on where a part is too large
        start = datetime.datetime(int(year) + years, months + 1, 1)  # noqa: DTZ001 - UTC throughout
        moment = start + datetime.timedelta(
            days=int(day) - 1, hours=int(hour), minutes=int(minute), seconds=int(second)
        )
        return moment - shift if sign == "+" else moment + shift
    except (ValueError, OverflowError):
        return None


def of_moment(moment: datetime.datetime) -> str:
    """How JavaScript writes a moment where the clock shows UTC; fractions of seconds are left out.

    >>> of_moment(datetime.datetime(2024, 12, 18))
    'Wed Dec 18 2024 00:00:00 GMT+0000 (Coordinated Universal Time)'
    """
    day, month = _DAYS[moment.weekday()], _MONTHS[moment.month - 1]
    clock = f"{moment.hour:02}:{moment.minute:02}:{moment.second:02}"
    zone = "GMT+0000 (Coordinated Universal Time)"
    return f"{day} {month} {moment.day:02} {moment.year:04} {clock} {zone}"


def of_number(number: float) -> str:
    """How JavaScript writes a number.

    >>> of_number(1.0), of_number(-0.0), of_number(1e21), of_number(1e-7)
    ('1', '0', '1e+21', '1e-7')
    """
    if math.isnan(number):
        return "NaN"
    if math.isinf(number):
        return "Infinity" if number > 0 else "-Infinity"
    if number == 0:
        return "0"
    if 1e-6 <= abs(number) < 1e21:
        text = f"{Decimal(repr(number)):f}"
        return text.rstrip("0").rstrip(".") if "." in text else text
    mantissa, _, exponent = repr(number).partition("e")
    power = int(exponent)
    return f"{mantissa.removesuffix('.0')}e{power:+d}"


def label(key: Any) -> str:
    """A key that was read, as JSON has it: as text.

    >>> label(True), label(None), label(1.0), label("x")
    ('true', 'null', '1', 'x')
    """
    if isinstance(key, str):
        return key
    if key is None or isinstance(key, bool):
        return {None: "null", True: "true", False: "false"}[key]
    if isinstance(key, float):
        return of_number(key)
    return key.isoformat() if isinstance(key, datetime.date) else str(key)


def labelled(data: dict[Any, Any]) -> dict[str, Any]:
    """A mapping with its keys as text."""
    return {label(key): value for key, value in data.items()}


def told_apart(keys: list[Any], names: list[str]) -> list[Any]:
    """``keys``, with their names in the place of those that Python or JSON take for the same."""
    if len(set(keys)) == len(keys) and all(type(key) is str for key in keys):
        return keys
    same, alike = Counter(keys), Counter(map(label, keys))
    return [
        name if same[key] > 1 or alike[label(key)] > 1 else key
        for key, name in zip(keys, names, strict=True)
    ]
