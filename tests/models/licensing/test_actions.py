"""Licences: what their product's policy gives and demands, and the instances they belong to."""

import datetime as dt

import pytest

from models.errors import RuleBroken
from models.licensing.actions import edit_licence
from models.licensing.tables import ItemInstance, Licence
from models.writing import Actor, get
from tests.models.worlds import a_client, a_licence, a_product


def test_name_code_term_and_maintenance_come_from_the_product(director: Actor) -> None:
    product = a_product(director, "GRD-12", term_months=12, maintenance_months=6)
    licence = get(Licence, a_licence(director, "7-1", a_client(director), product))
    assert (licence.name, licence.product_code) == ("Гранд-Смета GRD-12", "GRD-12")
    assert licence.expires == dt.date(2027, 9, 30)
    assert licence.maintenance_until == dt.date(2027, 3, 31)


def test_a_term_from_activation_begins_with_it(director: Actor) -> None:
    product, client = a_product(director, term_months=1, term_from="activation"), a_client(director)
    assert get(Licence, a_licence(director, "7-1", client, product)).expires is None
    activated = a_licence(director, "7-2", client, product, activated=dt.date(2027, 1, 31))
    assert get(Licence, activated).expires == dt.date(2027, 2, 27)


def test_a_number_keeps_to_the_products_pattern(director: Actor) -> None:
    product, client = a_product(director, number_pattern="\\GS-9999-XX"), a_client(director)
    a_licence(director, "gs-1234-0f", client, product)
    with pytest.raises(RuleBroken, match="GS-12-0F"):
        a_licence(director, "GS-12-0F", client, product)


def test_a_number_is_unique_per_vendor_or_per_product(director: Actor) -> None:
    client = a_client(director)
    first, second = a_product(director, "A"), a_product(director, "B")
    a_licence(director, "77", client, first)
    with pytest.raises(RuleBroken, match="77"):
        a_licence(director, "7-7", client, second)
    own = a_product(director, "C", number_unique_per="product")
    a_licence(director, "77", client, own)


def test_licences_of_one_client_product_and_day_share_an_instance(director: Actor) -> None:
    client, product = a_client(director), a_product(director)
    first = get(Licence, a_licence(director, "1", client, product))
    second = get(Licence, a_licence(director, "2", client, product))
    later = get(Licence, a_licence(director, "3", client, product, issued=dt.date(2026, 10, 2)))
    assert first.instance_id == second.instance_id != later.instance_id
    assert [row.number for row in ItemInstance.select().order_by(ItemInstance.id)] == ["I-000001", "I-000002"]


def test_a_licence_does_not_end_before_it_begins(director: Actor) -> None:
    licence = a_licence(director, "1", a_client(director), a_product(director))
    with pytest.raises(RuleBroken) as broken:
        edit_licence(director, licence, 1, {"expires": dt.date(2026, 9, 30)})
    assert broken.value.field == "expires"
