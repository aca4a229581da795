"""The characters that TeX's commands stand for: unicodeit's tables, and what they lack."""

from __future__ import annotations

from functools import cache


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


FUNCTIONS = _words(
    "arccos arcsin arctan arg cos cosh cot coth csc deg det dim exp gcd hom inf ker lg lim liminf"
    " limsup ln log max min Pr sec sin sinh sup tan tanh"
)
SPACES = {" ": " ", ",": " ", ":": " ", ";": " ", "~": " ", "quad": "  ", "qquad": "   "}
SILENT = _words(
    "! displaystyle textstyle scriptstyle limits nolimits nonumber notag middle hline"
    " negthinspace big Big bigg Bigg bigl bigr Bigl Bigr biggl biggr left right"
)
"""Commands that change how something looks; a delimiter behind them stays."""

TEXTS = _words("text textrm textnormal textsf texttt textbf textit mbox hbox")
PLAIN = _words(
    "mathrm mathsf mathtt mathit mathnormal operatorname boldsymbol bm pmb underbrace overbrace"
    " mathop mathbin mathrel"
)
"""Commands whose argument is shown as if they were not there."""

ALPHABETS = frozenset(("mathbb", "mathbf", "mathcal", "mathfrak", "mathscr"))
ACCENTS = {
    "acute": "\u0301", "bar": "\u0304", "breve": "\u0306", "check": "\u030c", "ddot": "\u0308",
    "dot": "\u0307", "grave": "\u0300", "hat": "\u0302", "mathring": "\u030a",
    "overline": "\u0305", "overrightarrow": "\u20d7", "tilde": "\u0303", "underline": "\u0332",
    "vec": "\u20d7", "widehat": "\u0302", "widetilde": "\u0303",
}  # fmt: skip
ROOTS = {"": "√", "2": "√", "3": "∛", "4": "∜"}
BRACKETS = {
    "matrix": ("", ""), "pmatrix": ("(", ")"), "bmatrix": ("[", "]"), "Bmatrix": ("{", "}"),
    "vmatrix": ("|", "|"), "Vmatrix": ("‖", "‖"), "smallmatrix": ("", ""), "array": ("", ""),
    "cases": ("{ ", ""),
}  # fmt: skip
LINES = _words(
    "align align* aligned alignat gather gather* gathered split equation equation* multline"
    " multline*"
)

_OWN = {
    "{": "{", "}": "}", "%": "%", "$": "$", "&": "&", "#": "#", "_": "_", "-": "", "|": "‖",
    "lbrace": "{", "rbrace": "}", "lvert": "|", "rvert": "|", "vert": "|", "lVert": "‖",
    "rVert": "‖", "Vert": "‖", "langle": "⟨", "rangle": "⟩", "lbrack": "[", "rbrack": "]",
    "cdot": "·", "land": "∧", "lor": "∨", "lnot": "¬", "gets": "←", "dots": "…", "dotsc": "…",
    "dotsb": "⋯", "colon": ":", "degree": "°", "le": "≤", "ge": "≥", "implies": "⟹", "iff": "⟺",
    "impliedby": "⟸", "R": "ℝ", "N": "ℕ", "Z": "ℤ", "Q": "ℚ", "C": "ℂ", "lt": "<", "gt": ">",
    "backslash": "\\", "bmod": "mod", "euro": "€", "pounds": "£",
}  # fmt: skip
_SPACED = frozenset("=<>≤≥≠≈≡∼≃≅∝∈∉∋⊂⊃⊆⊇⊄≪≫⊢⊨∧∨∩∪×÷±∓·⋅⊕⊗∖∘")
_SUPER = "0123456789+−=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVWβγδ"
_SUPERS = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂᵝᵞᵟ"
_SUB = "0123456789+−=()aehijklmnoprstuvxβγρφχ"
_SUBS = "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ"
SCRIPTS = {
    "^": {**dict(zip(_SUPER, _SUPERS, strict=True)), "°": "°", "∘": "°", "′": "′", "*": "*"},
    "_": dict(zip(_SUB, _SUBS, strict=True)),
}
"""Raised and lowered characters; there are not many."""


def symbol(command: str) -> str | None:
    """What ``\\command`` is, without blanks around it."""
    if command in _OWN:
        return _OWN[command]
    return _table().get(f"\\{command}")


def letter(alphabet: str, character: str) -> str:
    """A character in one of ``ALPHABETS``, or as it is where it has no such form."""
    return _table().get(f"\\{alphabet}{{{character}}}", character)


def is_spaced(character: str) -> bool:
    """Whether a sign stands between two things, and away from them."""
    return character in _SPACED or "←" <= character <= "⇿" or "⟰" <= character <= "⟿"


@cache
def _table() -> dict[str, str]:
    from unicodeit.data import REPLACEMENTS

    return dict(REPLACEMENTS)
