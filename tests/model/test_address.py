"""Which page a url opens, and how one is led elsewhere."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from qtauthor.model import address, derived_names

PATTERN = "/learn/{subject}/questions/{slug}"
HOSTED = f"https://quicktakes.io{PATTERN}"
ADDRESS = "/learn/x/questions/a-b"

SPELLINGS = [
    ADDRESS,
    f"{ADDRESS}#part",
    f"{ADDRESS}#",
    f"{ADDRESS}?",
    f"{ADDRESS}?utm=1",
    f"{ADDRESS}?a=/b#c?d",
    f"{ADDRESS}#?",
    f"{ADDRESS}/",
    f"{ADDRESS}//",
    f"{ADDRESS}/?utm=1#part",
    f"{ADDRESS}/.",
    "/learn/x/questions/a%2Db",
    "/learn/x/questions/a%2db",
    "/learn/%78/questions/%61-b",
    "/%6Cearn/x/questions/a-b",
    "/learn/./x/questions/a-b",
    "/learn/y/../x/questions/a-b",
    "/learn/y/%2E%2e/x/questions/a-b",
    "/../learn/x/questions/a-b",
    "/learn//x///questions/a-b",
    "\\learn\\x\\questions\\a-b",
    f"  {ADDRESS}\t",
    "/learn/x/ques\ntions/a-b",
]

OTHERS = [
    "/learn/x/questions/A-b",
    "/Learn/x/questions/a-b",
    "/learn/x/questions/a%2Fb",
    "/learn/x%2Fquestions/a-b",
    "/learn/x/questions/a%252Db",
    "/learn/x/questions/a-b%zz",
    "/learn/x/questions/a-b%FF",
    "/learn/x/questions/a-b%",
    "/learn/x/questions/a-b%20",
    "/learn/x/questions/a+b",
    "/learn/x/questions/a-b.html",
    "/learn/x/questions/a-b/c",
    "/learn/x/questions/a-b/..",
    "/learn/x/questions",
    "/",
    "",
    "#a-b",
    "?a-b",
    "a-b",
    "learn/x/questions/a-b",
    "./a-b",
    "mailto:a-b",
    "//learn/x/questions/a-b",
    f"//example.org{ADDRESS}",
    f"https://example.org{ADDRESS}",
    f"https:{ADDRESS}",
]


@pytest.mark.parametrize("url", SPELLINGS)
def test_what_the_site_would_show_is_the_article(url: str) -> None:
    site = address.of(PATTERN)
    assert site.page(url) == ADDRESS
    assert site.names(url) == ("x", "a-b")
    assert site.elsewhere(url) is None


@pytest.mark.parametrize("url", OTHERS)
def test_what_it_would_not_show_is_not(url: str) -> None:
    site = address.of(PATTERN)
    assert site.page(url) != ADDRESS
    assert site.names(url) != ("x", "a-b")


@pytest.mark.parametrize(
    ("url", "told"),
    [
        (f"//example.org{ADDRESS}", "this leads to another site, example.org"),
        (f"HTTPS://Example.org{ADDRESS}", "this leads to another site, Example.org"),
        ("mailto:a@b", "this is no page of the site, but a mailto address"),
        ("#part", "this leads from each page to that page itself"),
        ("a-b", "this has no / at its start, so it leads from each page to another place"),
    ],
)
def test_what_leads_off_the_site_is_told_as_what_it_is(url: str, told: str) -> None:
    assert address.of(PATTERN).elsewhere(url) == told


@pytest.mark.parametrize(
    "url", [*SPELLINGS, f"//quicktakes.io{ADDRESS}", f"{HOSTED[:21]}{ADDRESS}/"]
)
def test_a_pattern_with_a_host_makes_that_host_the_site(url: str) -> None:
    site = address.of(HOSTED)
    assert site.names(url) == ("x", "a-b")
    assert site.page(url) == site.page(f"HTTP://QuickTakes.io{ADDRESS}")


def test_with_such_a_pattern_other_hosts_are_other_sites() -> None:
    site = address.of(HOSTED)
    for host in ("https://quicktakes.io.evil.org", "//www.quicktakes.io", "ftp://quicktakes.io"):
        assert site.names(f"{host}{ADDRESS}") is None
        assert site.elsewhere(f"{host}{ADDRESS}")


@pytest.mark.parametrize(
    "pattern",
    [
        "/{subject}/{slug}/",
        "{subject}/{slug}.html",
        "/q/?s={subject}/&q={slug}",
        "/é/{subject}/{slug}",
    ],
)
def test_other_patterns_are_taken_apart_too(pattern: str) -> None:
    site = address.of(pattern)
    for key, slug in (("x", "a-b"), ("é", "50% of #1?"), (" ", "%2D")):
        assert site.names(derived_names.url(pattern, key, slug)) == (key, slug)


NAMES = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="/"), min_size=1
).filter(lambda name: name not in (".", "..") and derived_names.composed(name) == name)


@given(NAMES, NAMES)
def test_any_name_has_an_address_that_leads_to_it(key: str, slug: str) -> None:
    site = address.of(PATTERN)
    url = derived_names.url(PATTERN, key, slug)
    assert site.names(url) == (key, slug)
    escaped = f"/learn/{quote(key, safe='')}/questions/{quote(slug, safe='')}"
    assert site.names(escaped) == (key, slug)
    assert site.names(f"{url}/?q#f") == (key, slug)


@pytest.mark.parametrize(
    ("url", "led"),
    [
        (ADDRESS, "/learn/y/questions/c"),
        (f"{ADDRESS}#part", "/learn/y/questions/c#part"),
        (f"{ADDRESS}?utm=1", "/learn/y/questions/c?utm=1"),
        (f"{ADDRESS}/", "/learn/y/questions/c/"),
        (f"{ADDRESS}//?#", "/learn/y/questions/c/?#"),
        ("/learn//x/./questions/a%2Db#%41", "/learn/y/questions/c#%41"),
        (f" {ADDRESS}", "/learn/y/questions/c"),
        (f"https://example.org{ADDRESS}#part", "/learn/y/questions/c"),
        ("a-b#part", "/learn/y/questions/c"),
        ("/learn/y/questions/%63?q", "/learn/y/questions/%63?q"),
    ],
)
def test_a_url_that_is_led_elsewhere_keeps_what_is_around_the_address(url: str, led: str) -> None:
    assert address.of(PATTERN).led(url, "/learn/y/questions/c") == led


def test_a_host_or_its_absence_stays() -> None:
    site, new = address.of(HOSTED), "https://quicktakes.io/learn/y/questions/c"
    assert site.led(f"{ADDRESS}#p", new) == "/learn/y/questions/c#p"
    assert site.led(f"//quicktakes.io{ADDRESS}/", new) == "//quicktakes.io/learn/y/questions/c/"
    assert site.led(f"https://example.org{ADDRESS}", new) == new


@example("0 ?")
@given(st.text())
def test_no_text_is_too_odd(url: str) -> None:
    for pattern in (PATTERN, HOSTED, "{subject}/{slug}"):
        site = address.of(pattern)
        assert site.page(site.led(url, derived_names.url(pattern, "y", "c"))) == site.page(
            derived_names.url(pattern, "y", "c")
        )
        assert site.without_end(site.without_end(url)) == site.without_end(url)
        site.elsewhere(url)
        site.here(url)
