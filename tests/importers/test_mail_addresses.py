"""Address headers that were read before are read the same again."""

from typing import Any

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
