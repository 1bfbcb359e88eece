"""Which clients are pointed out while another is typed, and why."""

from __future__ import annotations

import pytest

from models.clients.actions import add_client, add_person
from models.clients.duplicates import Typed, likely_duplicates
from models.writing import Actor


@pytest.fixture
def romashka(director: Actor) -> int:
    """The client that the others are taken for."""
    client = add_client(
        director,
        {
            "name": "ООО «Ромашка»", "inn": "7707083893", "kpp": "773601001", "phones": ("+7 495 123-45-67 доб. 12",),
            "emails": ("info@romashka-soft.ru",), "website": "https://www.romashka-soft.ru/about",
            "legal_name": "Общество с ограниченной ответственностью «Ромашка софт»",
        },
    )  # fmt: skip
    add_client(director, {"name": "АО «Лютик»", "emails": ("lutik@mail.ru",), "inn": "7736050003"})
    add_person(director, {"client": client, "name": "Иван", "emails": ("ivan@romashka-cad.ru",)})
    return client


def reasons(typed: Typed, own_id: int | None = None) -> list[tuple[str, ...]]:
    """The codes of the reasons, by client."""
    return [tuple(reason.code for reason in likely.reasons) for likely in likely_duplicates(typed, own_id)]


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        (Typed(inn="7707 083 893", kpp="773601001"), "inn"),
        (Typed(inn="7707083893"), "branch"),
        (Typed(inn="7707083893", kpp="540602001"), "branch"),
        (Typed(phones="8 (495) 123-45-67"), "phone"),
        (Typed(phones="495 123 45 67; +7 913 000-00-00"), "phone"),
        (Typed(emails="INFO@romashka-soft.ru"), "email"),
        (Typed(emails="sales@romashka-soft.ru"), "domain"),
        (Typed(emails="someone@Romashka-CAD.ru"), "domain"),
        (Typed(website="romashka-soft.ru"), "domain"),
        (Typed(name="ромашка"), "name"),
        (Typed(name="ЗАО «РОМАШКА»"), "name"),
        (Typed(name="Ромашко"), "similar"),
        (Typed(name="Рамашка"), "similar"),
        (Typed(name="Ромашка софт"), "name"),
        (Typed(name="Ромаш"), "similar"),
    ],
)
def test_a_client_is_pointed_out_with_the_reason(romashka: int, typed: Typed, code: str) -> None:
    found = likely_duplicates(typed)
    assert [likely.id for likely in found] == [romashka]
    assert found[0].reasons[0].code == code


@pytest.mark.parametrize(
    "typed",
    [
        Typed(),
        Typed(inn="770708389"),
        Typed(phones="123-45-67"),
        Typed(phones="+7 495 123-45"),
        Typed(emails="other@mail.ru"),
        Typed(emails="info@romashka"),
        Typed(website="mail.ru"),
        Typed(name="Ром"),
        Typed(name="Гортензия"),
        Typed(name="%%%___\\\"'"),
        Typed(name="^$ OR *"),
    ],
)
def test_what_says_nothing_points_nobody_out(romashka: int, typed: Typed) -> None:
    assert likely_duplicates(typed) == ()


def test_a_client_is_no_duplicate_of_itself(romashka: int) -> None:
    assert reasons(Typed(name="Ромашка", inn="7707083893"), own_id=romashka) == []


def test_all_reasons_are_told_the_surest_first_and_the_surest_client_first(director: Actor, romashka: int) -> None:
    twin = add_client(director, {"name": "ООО «Ромашка»"})
    found = likely_duplicates(Typed("Ромашка", "7707083893", "773601001", "+7 495 123-45-67"))
    assert [likely.id for likely in found] == [romashka, twin]
    assert [str(reason) for reason in found[0].reasons] == [
        "the same INN and KPP", "the same phone +7 495 123-45-67 доб. 12", "the same name"
    ]  # fmt: skip


def test_no_more_than_a_few_are_named(director: Actor, romashka: int) -> None:
    for number in range(10):
        add_client(director, {"name": "ООО «Ромашка»", "inn": "", "source": str(number)})
    assert len(likely_duplicates(Typed("Ромашка"))) == 5
