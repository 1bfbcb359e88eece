"""Messages are found by words whatever their endings, by people and by what they carry; the newest first."""

from __future__ import annotations

import datetime as dt

import pytest

from models.errors import RuleBroken
from models.mail import words
from models.mail.lists import MESSAGES
from models.search.anything import find_anything
from models.search.messages import find_messages
from models.search.queries import find
from models.table_listing import TableListing
from models.writing import Actor
from tests.models.mail.letters import OURS, a_letter, take
from tests.models.worlds import a_client

PART = {
    "position": 0, "kind": "attachment", "name": "a.pdf", "shown_name": "a.pdf", "content_type": "application/pdf",
    "charset": "", "size": 10,
}  # fmt: skip


@pytest.fixture
def four(director: Actor) -> list[int]:
    """Four letters, the older ones taken last."""
    a_client(director, emails=("pyotr@romashka.example",))
    return take(
        director,
        a_letter(subject="Договор", text="Высылаем договоры поставки лицензий", days=3, parts=(PART,)),
        a_letter("x@else.example", "Contract", "The contracts were signed yesterday", days=2),
        a_letter(OURS, "Ответ", "Спасибо за договор, лицензия выслана", to=["pyotr@romashka.example"], days=1),
        a_letter(subject="Ёлка", text="С новым годом", days=0),
    )


def _found(text: str) -> list[int]:
    listing = TableListing.of(MESSAGES).with_filter(text)
    rows = [row.id for row in listing.page(0, 10)]
    assert listing.count() == len(rows)
    return rows


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("договора лицензию", [0, 2]),
        ("contract", [1]),
        ("елка", [3]),
        ("годом", [3]),
        ("догов", [0, 2]),
        ("from:pyotr", [0, 3]),
        ("from:dealer", [2]),
        ("to:romashka", [2]),
        ("has:attachment", [0]),
        ("client:ромашка", [0, 2, 3]),
        ("filed:no", [1]),
        ("direction:out", [2]),
        ("договор -from:office", [0]),
        ("-договор", [1, 3]),
        ("date:2026-10-02", [2]),
        ("subject:ёлка", [3]),
        ("nothing-like-it", []),
    ],
)
def test_the_list_is_filtered(four: list[int], text: str, expected: list[int]) -> None:
    assert _found(text) == [four[number] for number in expected]
    if text.count(":") == 0 and not text.startswith("-"):
        assert [row.id for row in find_messages(text, 10)] == [four[number] for number in expected]


def test_the_newest_come_first_and_no_more_than_wanted(four: list[int]) -> None:
    assert words.newest("договор", 1) == [four[0]]
    assert [row.title for row in find("договор лицензия", "message")] == ["Договор", "Ответ"]


def test_messages_stand_below_the_other_answers(four: list[int], director: Actor) -> None:
    a_client(director, "ООО «Договор»")
    answers = find_anything("договор")
    assert [answer.kind for answer in answers] == ["client", "message", "message"]
    assert answers[1].chain == ("ООО «Ромашка»", "pyotr@romashka.example")


@pytest.mark.parametrize("text", ["has:nothing", "date:yesterday-or-so", "direction:up"])
def test_what_is_no_filter_is_refused(four: list[int], text: str) -> None:
    with pytest.raises(RuleBroken):
        find_messages(text, 10)
    assert find(text) == []


def test_the_place_in_the_index_goes_by_the_minute_then_by_the_id() -> None:
    moment = dt.datetime(2026, 10, 1, 7, 0)
    places = [
        words.place(9, None), words.place(2, dt.datetime(1900, 1, 1)), words.place(9, moment), words.place(10, moment),
        words.place(1, moment + dt.timedelta(minutes=1)), words.place(3, dt.datetime(9999, 1, 1)),
    ]  # fmt: skip
    assert places[2:] == sorted(places[2:])
    assert [words.id_at(one) for one in places] == [9, 2, 9, 10, 1, 3]
