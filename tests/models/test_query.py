"""The filter language: every text is a filter, and a filter's text means what it says."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.conditions import period
from models.errors import RuleBroken
from models.query import Comparison, Words, parse, unparse


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("", ()),
        ("ромашка сервис", (Words("ромашка"), Words("сервис"))),
        ('"ромашка сервис"', (Words("ромашка сервис"),)),
        ("-lost", (Words("lost", negated=True),)),
        ("state:issued", (Comparison("state", ":", ("issued",)),)),
        ("-state:lost,broken", (Comparison("state", ":", ("lost", "broken"), negated=True),)),
        ("licences>10", (Comparison("licences", ">", ("10",)),)),
        ("expires<=2026-12", (Comparison("expires", "<=", ("2026-12",)),)),
        ("issued:2026-10..2026-12", (Comparison("issued", ":", ("2026-10..2026-12",)),)),
        ('owner:"АО Лютик"', (Comparison("owner", ":", ("АО Лютик",)),)),
        ("состояние:выдан", (Comparison("состояние", ":", ("выдан",)),)),
        ("state:", (Words("state:"),)),
        ("-", ()),
    ],
)
def test_a_filter_is_read_as_it_is_written(text: str, terms: tuple[object, ...]) -> None:
    assert parse(text) == terms


def test_what_names_no_field_is_a_word() -> None:
    assert parse("1С:Предприятие http://a", frozenset({"state"})) == (Words("1С:Предприятие"), Words("http://a"))


@given(st.text(max_size=60))
def test_every_text_is_a_filter(text: str) -> None:
    parse(text)


_WORD = st.text(st.characters(categories=("L", "N")), min_size=1, max_size=8)
_TERMS = st.one_of(
    st.builds(Words, st.lists(_WORD, min_size=1, max_size=3).map(" ".join), st.booleans()),
    st.builds(
        Comparison,
        st.text("abcdefgh", min_size=1, max_size=6),
        st.sampled_from([":", "=", "<", "<=", ">", ">="]),
        st.lists(_WORD, min_size=1, max_size=3).map(tuple),
        st.booleans(),
    ),
)


@given(st.lists(_TERMS, max_size=5).map(tuple))
def test_a_filter_written_out_reads_the_same(terms: tuple[Words | Comparison, ...]) -> None:
    assert parse(unparse(terms)) == terms


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2026", dt.date(2026, 1, 1), dt.date(2026, 12, 31)),
        ("2026-02", dt.date(2026, 2, 1), dt.date(2026, 2, 28)),
        ("12.2026", dt.date(2026, 12, 1), dt.date(2026, 12, 31)),
        ("31.12.2026", dt.date(2026, 12, 31), dt.date(2026, 12, 31)),
    ],
)
def test_a_period_has_a_first_and_a_last_day(text: str, first: dt.date, last: dt.date) -> None:
    assert period(text, "issued") == (first, last)


@pytest.mark.parametrize("text", ["2026-13", "31.02.2026", "soon", "0000-00"])
def test_what_is_no_period_is_refused(text: str) -> None:
    with pytest.raises(RuleBroken):
        period(text, "issued")
