"""Address headers that were read before are read the same again."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mailparser.utils import get_addresses

from importers.mail_addresses import remembered

HEADERS = (
    "=?utf-8?B?0JDQvdC90LA=?= <anna@romashka.example>",
    "Pyotr <p@a.example>, b@b.example",
    "boss@bank.example <thief@evil.example>",
    "<<broken@@>, (x) ;",
    "",
)


def read_by(way: Any, header: Any) -> tuple[Any, list[dict[str, Any]]]:
    defects: list[dict[str, Any]] = []
    return way(header, defects=defects, decode_names=True), defects


def test_a_header_is_read_once_and_told_with_its_defects_each_time() -> None:
    calls: list[str] = []

    def counted(header: str, **how: Any) -> Any:
        calls.append(header)
        return get_addresses(header, **how)

    way = remembered(counted)
    for _time in range(3):
        for header in HEADERS:
            boxes, defects = read_by(way, header)
            assert (boxes, defects) == read_by(get_addresses, header)
            boxes.append(("", "added"))
            for defect in defects:
                defect["header"] = "from"
    assert calls == list(HEADERS)


NEARLY_PLAIN = st.from_regex(r"\A\"?[A-Za-z0-9 .,'()]{0,12}\"? ?<?[a-z0-9.+_-]{1,6}@[a-z0-9.-]{1,8}>?\Z")


@given(NEARLY_PLAIN)
def test_a_plain_header_says_what_the_parser_reads_in_it(header: str) -> None:
    assert read_by(remembered(get_addresses), header) == read_by(get_addresses, header)


@pytest.mark.parametrize("header", ["a@b.example", "Anna <a@b.example>", '"Petrov, P." <p.petrov@b-c.example>'])
def test_a_plain_header_does_without_the_parser(header: str) -> None:
    def unwanted(_header: str, **_how: Any) -> Any:
        raise AssertionError

    assert read_by(remembered(unwanted), header) == read_by(get_addresses, header)


def test_what_is_long_or_no_text_is_not_kept() -> None:
    calls: list[Any] = []

    def counted(header: Any, **_how: Any) -> list[tuple[str, str]]:
        calls.append(header)
        return []

    way = remembered(counted)
    for _time in range(2):
        read_by(way, "a@b.example, " * 200)
        read_by(way, None)
    assert len(calls) == 4
