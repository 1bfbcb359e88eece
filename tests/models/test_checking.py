"""Every check finds nothing in a sound company, and names what was broken, on SQLite and PostgreSQL."""

import pytest

from models import audit
from models.audit import AuditEntry
from models.base import database
from models.checking import CHECKS, WrittenHead, problems_of
from models.database import is_sqlite
from models.writing import Actor
from tests.models.worlds import a_client, a_key, a_licence, a_product

BY_NAME = {check.name: check for check in CHECKS}


@pytest.fixture
def a_company(director: Actor) -> Actor:
    """Clients, a key with an owner and one in stock, licences of two products of one vendor."""
    romashka = a_client(director)
    key = a_key(director, owner=romashka)
    a_key(director, "0A1F-9999")
    first, second = a_product(director), a_product(director, "GRD-02", number_unique_per="product")
    a_licence(director, "LIC-0001", romashka, first, key=key)
    a_licence(director, "LIC-0002", romashka, second)
    return director


def found_by(name: str, *heads: WrittenHead) -> list[tuple[str, str]]:
    """Code and place of what a check finds."""
    return [(problem.code, problem.place) for problem in problems_of(BY_NAME[name], heads)]


def test_a_sound_company_passes_every_check(a_company: Actor) -> None:
    head = WrittenHead(*audit.head(), "a note")
    assert {check.name: problems_of(check, [head]) for check in CHECKS} == {check.name: [] for check in CHECKS}


BROKEN = {
    "look-up": ("DELETE FROM lookup_key WHERE rowid = 2", [("look-up", "key #2")]),
    "folded": ("UPDATE licence SET number_folded = 'lic9999' WHERE id = 2", [("number", "licence #2")]),
    "gaps": ("UPDATE item_instance SET number = 'I-000009' WHERE id = 1", [("gap", "instance I-000001")]),
    "owners": ("UPDATE protection_key SET state = 'in_stock' WHERE id = 1", [("owner", "key #1")]),
    "directors": ("UPDATE operator SET roles = 'sales'", [("operators", "operators")]),
    "rows": ("UPDATE client SET name = 'x' WHERE id = 1", [("row-edited", "client #1")]),
    "trail": ("UPDATE audit SET operator = 'mallory' WHERE seq = 2", [("audit-edited", "audit 2")]),
}


@pytest.mark.parametrize("name", list(BROKEN))
def test_a_check_names_what_is_broken(a_company: Actor, name: str) -> None:
    statement, found = BROKEN[name]
    database.execute_sql(statement)
    assert found_by(name) == found


def test_a_number_that_two_licences_of_a_vendor_share_is_named(a_company: Actor) -> None:
    database.execute_sql("UPDATE licence SET number_folded = 'lic0001' WHERE id = 2")
    assert found_by("licences") == [], "the second product numbers for itself"
    database.execute_sql("UPDATE product SET number_unique_per = 'vendor'")
    assert found_by("licences") == [("number", "licence #1")]


def test_a_reference_to_a_row_that_is_gone_is_named(a_company: Actor) -> None:
    if not is_sqlite(database):
        pytest.skip("PostgreSQL does not let go of its foreign keys")
    database.execute_sql("PRAGMA foreign_keys = 0")
    database.execute_sql("DELETE FROM protection_key WHERE id = 1")
    places = {place for _code, place in found_by("links")}
    assert "licence #1" in places


def test_the_look_up_table_of_a_record_that_is_gone_is_named(a_company: Actor) -> None:
    statement = "INSERT INTO lookup_client (rowid, text) VALUES (77, '^x$')"
    database.execute_sql(statement)
    assert found_by("look-up") == [("look-up", "client #77")]


def test_a_trail_that_ends_before_what_was_written_down_is_named(a_company: Actor) -> None:
    seq, hash_ = audit.head()
    assert found_by("heads", WrittenHead(seq, hash_, "note")) == []
    assert found_by("heads", WrittenHead(seq + 1, hash_, "note")) == [("audit-head", f"audit {seq + 1}")]
    assert found_by("heads", WrittenHead(seq, "0" * 64, "note")) == [("audit-head", f"audit {seq}")]


def test_a_trail_that_went_on_since_is_whole(a_company: Actor) -> None:
    seq, hash_ = audit.head()
    a_client(a_company, "АО «Лютик»")
    assert AuditEntry.select().count() > seq
    assert found_by("heads", WrittenHead(seq, hash_, "note")) == []


def test_damage_that_keeps_a_check_from_reading_is_a_problem(a_company: Actor) -> None:
    database.execute_sql("DROP TABLE lookup_key")
    assert found_by("look-up") == [("unreadable", "look-up")]
