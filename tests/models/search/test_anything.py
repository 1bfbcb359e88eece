"""The answers of the find-anything box: the best first, with the chain from the thing to its owner."""

from __future__ import annotations

from models.actor import Actor
from models.search.anything import find_anything
from tests.models.worlds import a_client, a_key, a_licence, a_product


def test_what_bears_the_number_comes_before_what_belongs_to_it(director: Actor) -> None:
    client = a_client(director)
    key = a_key(director, "7F3A-01", owner=client)
    a_licence(director, "GS-1", client, a_product(director), key=key)
    assert [(found.kind, found.title) for found in find_anything("7f3a")][:2] == [
        ("key", "7F3A-01"),
        ("licence", "GS-1"),
    ]


def test_a_licence_tells_its_key_and_whose_that_is(director: Actor) -> None:
    buyer, owner = a_client(director, "ООО «Ромашка»"), a_client(director, "ЗАО «Вектор»")
    key = a_key(director, "7F3A-01", owner=owner)
    a_licence(director, "GS-1", buyer, a_product(director), key=key)
    assert find_anything("GS-1")[0].chain == ("7F3A-01", "ЗАО «Вектор»", "ООО «Ромашка»")


def test_the_exact_one_is_the_first_of_all(director: Actor) -> None:
    for number in ("AB-123", "AB-1234", "XAB-123"):
        a_key(director, number)
    a_client(director, "AB-12 Traders")
    assert [found.title for found in find_anything("ab123")] == ["AB-123", "AB-1234", "XAB-123"]


def test_no_kind_crowds_out_another(director: Actor) -> None:
    client = a_client(director, "ООО «Ромашка»")
    product = a_product(director)
    for number in range(60):
        a_licence(director, f"GS-{number}", client, product)
    kinds = [found.kind for found in find_anything("ромашка", 20)]
    assert len(kinds) == 20
    assert "client" in kinds


def test_a_name_that_begins_so_comes_before_one_in_which_it_happens_to_stand(director: Actor) -> None:
    names = ["АО «Гидромаш-Казань»", "ООО «Большая Ромашка»", "ООО «Ромашка-Регион»", "ЗАО «Ромашка»"]
    for name in names:
        a_client(director, name)
    assert [found.title for found in find_anything("ромашка")] == names[::-1]
