from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.addresses import safe_href

ACCEPTED = [
    ("https://x.example/a?b=1&c#d", "https://x.example/a?b=1&c#d"),
    (" HTTP://x.example ", "http:" + "//x.example"),
    ("//x.example/a", "https://x.example/a"),
    ("/\\x.example", "https://x.example"),
    ("http:\\\\x.example", "http:" + "//x.example"),
    ("www.x.example/a b", "https://www.x.example/a%20b"),
    ("x.example", "https://x.example"),
    ("café.example/é", "https://café.example/é"),
    ("a@x.example", "mailto:a@x.example"),
    ("mailto:a@x.example?subject=b c", "mailto:a@x.example?subject=b%20c"),
    ("tel:+33 1 23", "tel:+33%201%2023"),
    ("/fr/faq/", "/fr/faq/"),
    ("#entry", "#entry"),
    ("/\tx", "/x"),
    ('https://x.example/"<>`', "https://x.example/%22%3C%3E%60"),
    ("ref:bulletins.bulletin/12", "ref:bulletins.bulletin/12"),
    ("ref:pages.page/3#a-part", "ref:pages.page/3#a-part"),
]
REFUSED = [
    "",
    " ",
    "javascript:alert(1)",
    "JAVASCRIPT:alert(1)",
    "java\tscript:alert(1)",
    "\x01javascript:alert(1)",
    "data:text/html,x",
    "vbscript:x",
    "file:///etc/passwd",
    "ftp://x.example",
    "https:",
    "https:///a",
    "https:x.example",
    "mailto:",
    "ref:bulletins",
    "ref:bulletins.bulletin/1/2",
    "ref:bulletins.bulletin/1?x",
    "ref:../..",
    "page.html",
    "folder/page",
    "?p=5",
    "é:x",
    "https://x.example/" + "a" * 2000,
    "https://x.example/" + "<" * 900,
]


@pytest.mark.parametrize(("address", "stored"), ACCEPTED)
def test_an_address_is_stored_in_one_form(address, stored):
    assert safe_href(address) == stored


@pytest.mark.parametrize("address", REFUSED)
def test_an_address_that_leads_nowhere_safe_is_refused(address):
    assert safe_href(address) is None


@given(st.text(alphabet='aé.:/\\#?@ \t\x00"<-', max_size=20) | st.text())
@settings(max_examples=500, deadline=None)
def test_a_stored_address_is_accepted_unchanged(address):
    stored = safe_href(address)
    assert stored is None or safe_href(stored) == stored
