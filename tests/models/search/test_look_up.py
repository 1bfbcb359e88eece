"""Whose key is this? Any fragment answers, however it is typed."""

import pytest

from models.clients.actions import edit_client
from models.lookup import LOOKUPS
from models.search.indexing import SOURCES, rebuild
from models.search.queries import find, find_keys_and_licences
from models.writing import Actor
from tests.models.worlds import a_client, a_key, a_licence, a_product


@pytest.fixture
def a_chain(director: Actor) -> dict[str, int]:
    client = a_client(director, "ООО «Ромашка-Сервис»", inn="7707083893", phones=("8 (495) 123-45-67",))
    product = a_product(director, "GRD-12", aliases=("Смета Про",))
    key = a_key(director, "0A1F-4433", owner=client)
    licence = a_licence(director, "GS-1234-5678", client, product, key=key)
    return {"client": client, "product": product, "key": key, "licence": licence}


@pytest.mark.parametrize(
    "typed",
    ["1234", "GS-12", "gs12345678", "GS 1234 5678", "34-56", "0a1f4433", "0А1F", "ромашка", "РОМАШКА", "маш",
     "ромашкасервис", "ромашка серв", "гранд-смета", "grd12", "GRD-12 ромашка", "  1234   рома  "],
)  # fmt: skip
def test_a_licence_is_found_by_any_fragment_of_its_chain(a_chain: dict[str, int], typed: str) -> None:
    found = find_keys_and_licences(typed)
    assert ("licence", a_chain["licence"]) in {(row.kind, row.id) for row in found}


def test_the_answer_has_the_whole_chain(a_chain: dict[str, int]) -> None:
    (licence,) = find_keys_and_licences("GS-1234")
    assert (licence.number, licence.key, licence.owner) == ("GS-1234-5678", "0A1F-4433", "ООО «Ромашка-Сервис»")
    assert (licence.client, licence.product_code, licence.instance) == ("ООО «Ромашка-Сервис»", "GRD-12", "I-000001")


@pytest.mark.parametrize("typed", ["9999", "GS-1234 лютик", "zzz", "%%%", '"', "*", "' OR 1=1"])
def test_what_is_not_there_is_not_found(a_chain: dict[str, int], typed: str) -> None:
    assert find_keys_and_licences(typed) == []


def test_exact_comes_before_beginning_before_somewhere(director: Actor) -> None:
    client, product = a_client(director), a_product(director)
    for number in ("555", "5550001", "1555", "9555", "5559999"):
        a_licence(director, number, client, product)
    assert [row.number for row in find_keys_and_licences("555")] == ["555", "5559999", "5550001", "9555", "1555"]


def test_two_letters_find_beginnings_and_one_finds_numbers(a_chain: dict[str, int]) -> None:
    assert [row.kind for row in find_keys_and_licences("GS")] == ["licence"]
    assert [row.kind for row in find_keys_and_licences("0")] == ["key"]


def test_a_renamed_client_is_found_by_its_new_name_with_its_licences(director: Actor, a_chain: dict[str, int]) -> None:
    edit_client(director, a_chain["client"], 1, {"name": "АО «Лютик»"})
    assert {row.kind for row in find_keys_and_licences("лютик")} == {"key", "licence"}
    assert find_keys_and_licences("ромашка") == []


@pytest.mark.parametrize(
    ("typed", "kind"),
    [("7707083893", "client"), ("4951234567", "client"), ("Смета Про", "product"), ("0A1F", "key")],
)
def test_find_answers_over_every_kind(a_chain: dict[str, int], typed: str, kind: str) -> None:
    assert (kind, a_chain[kind]) in {(row.kind, row.id) for row in find(typed)}


def test_a_rebuilt_look_up_table_is_the_same(a_chain: dict[str, int]) -> None:
    def answers() -> list[object]:
        return [find(typed) for typed in ("1234", "ром", "grd", "0a1f", "495")]

    before = answers()
    for kind in SOURCES:
        rebuild(kind)
        assert LOOKUPS[kind].select().count() == SOURCES[kind].table.select().count()
    assert answers() == before
