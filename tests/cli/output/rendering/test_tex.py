"""Math as a line of Unicode."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qtauthor.cli.output.rendering.tex import unicode

WRITTEN = {
    # letters and signs
    r"E = mc^2": "E = mc²",
    r"\alpha\beta \gamma": "αβγ",
    r"a\leq b \neq c": "a ≤ b ≠ c",
    r"2\pi r": "2πr",
    r"1\,000 - x": "1 000 − x",
    r"A \cup B \subseteq C": "A ∪ B ⊆ C",
    r"P(A \mid B)": "P(A | B)",
    r"x \not\in S": "x ∉ S",
    r"f'(x)": "f′(x)",
    r"90^\circ": "90°",
    r"25\%": "25%",
    r"\{1, 2\}": "{1, 2}",
    r"\mathbb{R}^n": "ℝⁿ",
    r"\mathrm{H}_2\mathrm{O}": "H₂O",
    r"\vec{F} = m\vec{a}": "F\u20d7 = ma\u20d7",
    r"\hat{y}": "y\u0302",
    r"\overline{AB}": "A\u0305B\u0305",
    # scripts
    r"x_i^2": "xᵢ²",
    r"x^{10}": "x¹⁰",
    r"x^{q+1}": "x^(q+1)",
    r"K_{eq}": "K_eq",
    r"x_{\text{max}}": "xₘₐₓ",
    r"e^{i\pi} + 1 = 0": "e^(iπ) + 1 = 0",
    r"\sum_{i=1}^{n} i": "∑ᵢ₌₁ⁿ i",
    r"\int_0^\infty e^{-x}\,dx": "∫₀^∞ e⁻ˣ dx",
    # constructs
    r"\frac{1}{2}": "1/2",
    r"\frac12": "1/2",
    r"\frac{a+b}{2c}": "(a+b)/(2c)",
    r"\frac{\Delta y}{\Delta x}": "(Δy)/(Δx)",
    r"\frac{distance}{time}": "distance/time",
    r"\dfrac{dy}{dx} = k": "(dy)/(dx) = k",
    r"\sqrt{x}": "√x",
    r"\sqrt{b^2-4ac}": "√(b²−4ac)",
    r"\sqrt[3]{8}": "∛8",
    r"\sqrt[n]{8}": "ⁿ√8",
    r"\binom{n}{k}": "C(n, k)",
    r"\lim_{x \to 0} f(x)": "lim_(x→0) f(x)",
    r"2\sin\theta": "2 sin θ",
    r"\log_2 8": "log₂ 8",
    r"\left( \frac{1}{2} \right)^2": "( 1/2 )²",
    r"\left. x \right|_0^1": "x |₀¹",
    r"\text{Cost} = \$5": "Cost = $5",
    r"A \xrightarrow{heat} B": "A —(heat)→ B",
    r"a \equiv b \pmod{n}": "a ≡ b (mod n)",
    r"\boxed{42}": "[42]",
    r"\color{red} x": "x",
    r"x = 1 \tag{2}": "x = 1   (2)",
    # environments
    r"\begin{pmatrix} a & b \\ c & d \end{pmatrix}": "(a  b; c  d)",
    r"\begin{cases} x & x > 0 \\ -x & \text{otherwise} \end{cases}": "{ x, x > 0; −x, otherwise",
    r"\begin{aligned} a &= b \\ &= c \end{aligned}": "a = b\n= c",
    r"a \\ b": "a\nb",
    "a % remark\n b": "a b",
}
AS_WRITTEN = [
    r"\unknown{x}",
    r"\frac{1}",
    r"x^",
    r"a }",
    r"{ a",
    r"\begin{tikzpicture}a\end{tikzpicture}",
    r"\begin{matrix}a",
    r"a & b",
    r"\text{if $x$}",
    r"\hat{abc}",
    r"\left",
]


@pytest.mark.parametrize("tex", WRITTEN)
def test_math_is_written_in_unicode(tex: str) -> None:
    assert unicode(tex) == WRITTEN[tex]


@pytest.mark.parametrize("tex", AS_WRITTEN[:-1])
def test_what_has_no_such_form_is_left(tex: str) -> None:
    assert unicode(tex) is None


@given(st.text(r"\{}[]^_&$%' abfracsqrtleftbegin12", max_size=60))
def test_no_text_breaks_it(tex: str) -> None:
    written = unicode(tex)
    assert written is None or isinstance(written, str)


@pytest.mark.parametrize(
    "tex", ["{" * 3000, r"\frac" * 700, r"\sqrt{" * 600 + "x" + "}" * 600, "^" * 3000, "x" * 10_000]
)
def test_hostile_math_ends_soon(tex: str) -> None:
    start = time.process_time()
    unicode(tex)
    assert time.process_time() - start < 1
