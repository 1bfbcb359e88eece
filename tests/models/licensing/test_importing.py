"""Licences from outside: what they refer to, their instances, numbers, and what the look-up knows of them."""

import datetime as dt
from typing import Any

import pytest

from models import audit
from models.importing import Acceptance, Incoming, Plan
from models.licensing.actions import edit_licence
from models.licensing.importing import LicenceIntake
from models.licensing.tables import ItemInstance, Licence
from models.lookup import LOOKUPS, words_match
from models.writing import Actor
from tests.models.worlds import a_client, a_key, a_licence, a_product

DAY = dt.date(2026, 10, 1)


def take(by: Actor, *values: dict[str, Any], dry_run: bool = False) -> Plan:
    rows = [Incoming(number, given) for number, given in enumerate(values, 2)]
    acceptance, whole = Acceptance(LicenceIntake(by, dry_run), by, dry_run), Plan()
    while rows:
        plan = acceptance.take(rows)
        whole.unchanged += plan.unchanged
        whole.refusals += plan.refusals
        whole.steps += plan.steps
        rows = rows[plan.rows :]
    return whole


def counts(plan: Plan) -> tuple[int, int, int, int]:
    return plan.added, plan.changed, plan.unchanged, len(plan.refusals)


def a_row(number: str = "7-1", **values: Any) -> dict[str, Any]:
    return {"number": number, "client": "Ромашка", "product_code": "GRD-01", "issued": DAY, **values}


@pytest.fixture
def dealer(director: Actor) -> Actor:
    """A director with a client, a product of a year's term, and a key."""
    a_client(director, "Ромашка", inn="7707083893")
    a_product(director, term_months=12, aliases=("старая смета",))
    a_key(director, "0A1F-4433")
    return director


def test_a_licence_comes_with_key_term_and_instance(dealer: Actor) -> None:
    assert counts(take(dealer, a_row(key="0a1f4433"))) == (1, 0, 0, 0)
    (licence,) = Licence.select()
    assert licence.key is not None
    assert (licence.key.number, licence.client.name, licence.product_code) == ("0A1F-4433", "Ромашка", "GRD-01")
    assert (licence.expires, licence.instance.number) == (dt.date(2027, 9, 30), "I-000001")
    assert list(audit.broken_links()) == []
    assert list(audit.rows_changed_behind()) == []


def test_the_same_rows_again_change_nothing(dealer: Actor) -> None:
    rows = [a_row("7-1", key="0A1F-4433"), a_row("7-2", seats=5, state="suspended"), a_row("7-3", expires=None)]
    assert counts(take(dealer, *rows)) == (3, 0, 0, 0)
    head = audit.head()
    assert counts(take(dealer, *rows)) == (0, 0, 3, 0)
    assert audit.head() == head


def test_a_table_says_by_an_empty_cell_that_there_is_no_end(dealer: Actor) -> None:
    take(dealer, a_row(expires=None))
    assert [row.expires for row in Licence.select()] == [None]


@pytest.mark.parametrize("words", ["n7-1", "0а1f", "ромашка", "grd01", "гранд смета", "особая"])
def test_an_imported_licence_is_looked_up_by_all_its_fields(dealer: Actor, words: str) -> None:
    take(dealer, a_row("N7-1", key="0A1F-4433", name="Особая лицензия"))
    lookup = LOOKUPS["licence"]
    assert [row.rowid for row in lookup.select(lookup.rowid).where(words_match("licence", words))] == [1]


def test_licences_of_one_client_product_and_day_share_an_instance(dealer: Actor) -> None:
    take(dealer, a_row("7-1"), a_row("7-2"), a_row("7-3", issued=dt.date(2026, 10, 2)))
    take(dealer, a_row("7-4"), a_row("7-5", issued=dt.date(2026, 10, 3)))
    numbers = [row.instance.number for row in Licence.select().order_by(Licence.id)]
    assert numbers == ["I-000001", "I-000001", "I-000002", "I-000001", "I-000003"]
    assert ItemInstance.select().count() == 3


def test_what_a_row_says_otherwise_is_changed_and_nothing_else(dealer: Actor) -> None:
    take(dealer, a_row(seats=5, note="first"))
    assert counts(take(dealer, a_row("7 1", seats=7, note=""))) == (0, 1, 0, 0)
    (licence,) = Licence.select()
    assert (licence.seats, licence.note, licence.number) == (7, "first", "7-1")


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"client": "Лютик"}, "client"),
        ({"client_inn": "7736050003", "client": ""}, "client"),
        ({"product_code": "XX"}, "product_code"),
        ({"key": "9999"}, "key"),
        ({"end_user": "Лютик"}, "end_user"),
        ({"expires": dt.date(2020, 1, 1)}, "expires"),
        ({"seats": 0}, "seats"),
        ({"number": ""}, "number"),
    ],
)
@pytest.mark.parametrize("dry_run", [False, True])
def test_a_row_that_breaks_a_rule_is_refused_and_the_others_are_taken(
    dealer: Actor, values: dict[str, Any], field: str, dry_run: bool
) -> None:
    plan = take(dealer, a_row("7-1") | values, a_row("7-2"), dry_run=dry_run)
    assert counts(plan) == (1, 0, 0, 1)
    assert (plan.refusals[0].number, plan.refusals[0].error.field) == (2, field)


def test_a_changed_licence_keeps_to_the_rules_too(dealer: Actor) -> None:
    take(dealer, a_row())
    plan = take(dealer, a_row(expires=dt.date(2020, 1, 1)), dry_run=True)
    assert plan.refusals[0].error.field == "expires"


def test_a_number_twice_is_unchanged_or_refused(dealer: Actor) -> None:
    plan = take(dealer, a_row(), a_row(), a_row(seats=9))
    assert counts(plan) == (1, 0, 1, 1)
    assert plan.refusals[0].number == 4


def test_a_product_is_named_by_alias_or_name_and_a_client_by_inn(dealer: Actor) -> None:
    plan = take(
        dealer,
        {"number": "1", "client_inn": "7707083893", "product": "Старая смета"},
        {"number": "2", "client": "ромашка", "product": "гранд-смета grd-01"},
    )
    assert counts(plan) == (2, 0, 0, 0)


def test_of_several_keys_with_one_number_the_vendors_is_meant(dealer: Actor) -> None:
    for model in ("Sentinel", "Guardant"):
        a_key(dealer, "555", model=model)
    assert "Guardant" in str(take(dealer, a_row(key="555")).refusals[0].error)


def test_a_status_that_dates_make_is_no_change(dealer: Actor) -> None:
    client, product = Licence.client.rel_model.get().id, Licence.product.rel_model.get().id
    a_licence(dealer, "7-1", client, product, state="reserved")
    assert counts(take(dealer, a_row(state="inactive"))) == (0, 0, 1, 0)
    take(dealer, a_row("7-2", state="expired"), a_row("7-3", state="inactive", issued=None))
    states = {row.number: row.state for row in Licence.select()}
    assert states == {"7-1": "reserved", "7-2": "issued", "7-3": "reserved"}


def older_of(number: str) -> str | None:
    older = Licence.get(Licence.number == number).supersedes
    return older.number if older else None


def test_a_licence_names_the_one_that_it_supersedes_even_of_the_same_rows(dealer: Actor) -> None:
    rows = (
        a_row("7-1"), a_row("7-2", supersedes="7 1", kind="upgrade"), a_row("7-3", supersedes="7-2", kind="renewal")
    )  # fmt: skip
    assert counts(take(dealer, *rows, dry_run=True)) == (3, 0, 0, 0)
    assert Licence.select().count() == 0
    assert counts(take(dealer, *rows)) == (3, 0, 0, 0)
    assert [older_of(number) for number in ("7-1", "7-2", "7-3")] == [None, "7-1", "7-2"]
    head = audit.head()
    assert counts(take(dealer, *rows)) == (0, 0, 3, 0)
    assert audit.head() == head
    assert list(audit.broken_links()) == []


def test_a_licence_that_is_there_learns_what_it_supersedes_and_an_empty_cell_says_nothing(dealer: Actor) -> None:
    take(dealer, a_row("7-1"), a_row("7-2"))
    assert counts(take(dealer, a_row("7-2", supersedes="7-1"))) == (0, 1, 0, 0)
    assert counts(take(dealer, a_row("7-2", supersedes=""))) == (0, 0, 1, 0)
    assert older_of("7-2") == "7-1"


@pytest.mark.parametrize("dry_run", [False, True])
@pytest.mark.parametrize(
    ("older", "reason"),
    [("7-9", "no licence 7-9"), ("9-1", "belongs to another client"), ("7-2", "no licence 7-2"), ("5", "several")],
)
def test_what_cannot_be_superseded_is_refused_with_its_reason(
    dealer: Actor, older: str, reason: str, dry_run: bool
) -> None:
    a_client(dealer, "Лютик")
    take(dealer, a_row("7-1"), a_row("9-1", client="Лютик"))
    for code in ("ONE", "TWO"):
        a_product(dealer, code, name=code, number_unique_per="product")
        take(dealer, a_row("5", product_code=code))
    plan = take(dealer, a_row("7-2", supersedes=older), a_row("7-3", supersedes="7-1"), dry_run=dry_run)
    assert counts(plan) == (1, 0, 0, 1)
    assert (plan.refusals[0].number, plan.refusals[0].error.field) == (2, "supersedes")
    assert reason in str(plan.refusals[0].error)


def test_of_several_licences_of_one_number_the_one_of_the_same_scope_is_superseded(dealer: Actor) -> None:
    for code in ("ONE", "TWO"):
        a_product(dealer, code, name=code, number_unique_per="product")
        take(dealer, a_row("5", product_code=code))
    assert counts(take(dealer, a_row("6", product_code="TWO", supersedes="5"))) == (1, 0, 0, 0)
    older = Licence.get(Licence.number == "6").supersedes
    assert older is not None and older.product_code == "TWO"


@pytest.mark.parametrize("dry_run", [False, True])
def test_no_licence_supersedes_itself_be_it_through_others(dealer: Actor, dry_run: bool) -> None:
    take(dealer, a_row("7-1"), a_row("7-2", supersedes="7-1"), a_row("7-3", supersedes="7-2"))
    for older in ("7-1", "7-3"):
        plan = take(dealer, a_row("7-1", supersedes=older), dry_run=dry_run)
        assert counts(plan) == (0, 0, 0, 1)
        assert (plan.refusals[0].error.field, older_of("7-1")) == ("supersedes", None)


def test_a_link_to_what_went_to_another_client_since_is_no_difference(dealer: Actor) -> None:
    take(dealer, a_row("7-1"), a_row("7-2", supersedes="7-1"))
    old = Licence.get(Licence.number == "7-1")
    edit_licence(dealer, old.id, old.version, {"client": a_client(dealer, "Лютик")})
    assert counts(take(dealer, a_row("7-2", supersedes="7-1"))) == (0, 0, 1, 0)
