"""The sample company: the same for the same seed, true to every rule of the program, and believable."""

from __future__ import annotations

import datetime as dt
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from stdnum.ru import inn, ogrn

from models import opening
from models.base import database, tuples
from models.catalogue.fields import pattern_matches
from models.catalogue.tables import Product
from models.checking import CHECKS, problems_of
from models.clients.fields import CLIENT_FIELDS, PERSON_FIELDS
from models.clients.tables import BankAccount, Client, EmailAddress, Person
from models.company.actions import company_values, operator_values
from models.company.fields import COMPANY_FIELDS, OPERATOR_FIELDS
from models.company.tables import Company, CompanyAccount, Operator
from models.database import DatabaseURL, is_sqlite
from models.errors import RuleBroken
from models.fields import check_all
from models.keys.fields import KEY_FIELDS
from models.keys.tables import KeyMovement, ProtectionKey
from models.kinds import KINDS
from models.licensing.actions import licence_values, policy_of
from models.licensing.fields import LICENCE_FIELDS
from models.licensing.history import values_before
from models.licensing.policy import check_dates, ends, maintained_until, number_scope
from models.licensing.tables import ItemInstance, Licence, LicenceEvent
from models.lookup import LOOKED_UP_KINDS
from models.requisites import account_remainder, check_kpp
from models.sales.funnel_queries import Selection, funnel_of
from models.sales.tables import Document, Stage, UnmetDemand
from models.sample.build import make_sample
from models.sample.world import SCALES
from models.search.indexing import rebuild
from tests.models.sales.rules import broken_rules
from tests.models.sample.samples import TODAY, made, told


@pytest.fixture(scope="module")
def sample_file(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> Path:
    """A small sample that tests may read."""
    return made(tmp_path_factory.mktemp("sample") / "sample.db", sqlite_template, seed=1)


@pytest.fixture
def sample(sample_file: Path) -> Iterator[Any]:
    """The small sample, open."""
    opening.open_database(DatabaseURL.of_path(sample_file))
    yield database
    opening.close_database()


def _contents(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    opening.open_database(DatabaseURL.of_path(path))
    names = [name for name in database.get_tables() if not name.startswith("sqlite_") and name != opening.HISTORY]
    found = {name: database.execute_sql(f'SELECT * FROM "{name}" ORDER BY 1').fetchall() for name in names}
    opening.close_database()
    return found


def test_the_same_seed_and_day_give_the_same_rows_audit_trail_and_look_up_tables(
    sample_file: Path, sqlite_template: Path, tmp_path: Path
) -> None:
    again = _contents(made(tmp_path / "again.db", sqlite_template, seed=1))
    assert "audit" in again and "lookup_licence_data" in again
    assert again == _contents(sample_file)


def test_another_seed_gives_other_clients_and_licences(
    sample_file: Path, sqlite_template: Path, tmp_path: Path
) -> None:
    first, other = _contents(sample_file), _contents(made(tmp_path / "other.db", sqlite_template, seed=2))
    assert {row[4] for row in first["licence"]}.isdisjoint(row[4] for row in other["licence"])
    names, others = ({row[4] for row in found["client"]} for found in (first, other))
    assert len(names & others) < len(names) / 5


def test_the_sample_fills_postgresql_and_sqlite_alike(empty_database: Any) -> None:
    counts = make_sample("small", 1, told, today=TODAY, director_login="somebody")
    assert counts["client"] == SCALES["small"].clients
    assert counts["licence"] == SCALES["small"].licences
    assert [problem for check in CHECKS for problem in problems_of(check)] == []
    indexed = {name for index in database.get_indexes("licence") for name in index.columns}
    assert {"number_folded", "issued", "expires", "key_id", "client_id"} <= indexed


def test_a_database_with_records_is_refused(sample: Any) -> None:
    with pytest.raises(RuleBroken):
        make_sample("small", 1, told)


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.name)
def test_every_check_of_the_program_finds_the_sample_whole(sample: Any, check: Any) -> None:
    assert problems_of(check) == []


def test_the_schema_is_that_of_an_empty_database(sample_file: Path, sqlite_template: Path) -> None:
    def schema(path: Path) -> list[Any]:
        opening.open_database(DatabaseURL.of_path(path))
        rows = database.execute_sql("SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_stat%'")
        found = sorted(rows.fetchall(), key=str)
        journal = database.execute_sql("pragma journal_mode").fetchone()
        opening.close_database()
        return [*found, journal]

    assert schema(sample_file) == schema(sqlite_template)


def test_the_plans_are_made_from_counts_without_samples(sample: Any) -> None:
    assert database.execute_sql("SELECT count(*) FROM sqlite_stat1").fetchone()[0] > 40
    assert "sqlite_stat4" not in database.get_tables()


@pytest.mark.parametrize("kind", LOOKED_UP_KINDS)
def test_the_look_up_tables_hold_what_a_rebuild_gives(sample_file: Path, tmp_path: Path, kind: str) -> None:
    shutil.copy(sample_file, path := tmp_path / "copy.db")
    opening.open_database(DatabaseURL.of_path(path))
    assert is_sqlite(database)
    database.execute_sql(f"CREATE VIRTUAL TABLE temp.terms USING fts5vocab('main', 'lookup_{kind}', 'instance')")
    terms = "SELECT * FROM temp.terms ORDER BY doc, offset, term"
    before = database.execute_sql(terms).fetchall()
    rebuild(kind)
    assert len(before) > 1000
    assert database.execute_sql(terms).fetchall() == before
    opening.close_database()


def test_every_tax_id_is_valid_and_none_is_given_twice(sample: Any) -> None:
    clients = tuples(Client.select(Client.inn, Client.kpp, Client.ogrn, Client.kind))
    ours = tuples(Company.select(Company.inn, Company.kpp, Company.ogrn, Company.active))
    for tax_id, kpp, registration, _kind in (*clients, *ours):
        assert inn.validate(tax_id) == tax_id
        assert ogrn.validate(registration) == registration
        assert check_kpp(kpp) == kpp
        assert (len(tax_id), len(registration), bool(kpp)) in {(10, 13, True), (12, 15, False)}
    assert Client.select(Client.inn).distinct().count() == Client.select().count()


def test_every_bank_account_fits_its_bik(sample: Any) -> None:
    accounts = [*tuples(BankAccount.select(BankAccount.account, BankAccount.bik))]
    accounts += tuples(CompanyAccount.select(CompanyAccount.account, CompanyAccount.bik))
    assert len(accounts) > 50
    for account, bik in accounts:
        assert len(account) == 20
        assert account_remainder(account, bik) == 0


_FORMS: tuple[tuple[Any, Any, Callable[[Any], dict[str, Any]]], ...] = (
    (
        Client,
        CLIENT_FIELDS,
        lambda row: {f.name: row.__data__[f.name] for f in CLIENT_FIELDS if f.name in row.__data__},
    ),
    (
        Person,
        PERSON_FIELDS,
        lambda row: {f.name: row.__data__[f.name] for f in PERSON_FIELDS if f.name in row.__data__},
    ),
    (ProtectionKey, KEY_FIELDS, lambda row: {field.name: row.__data__[field.name] for field in KEY_FIELDS}),
    (Licence, LICENCE_FIELDS, licence_values),
    (Operator, OPERATOR_FIELDS, operator_values),
    (Company, COMPANY_FIELDS, company_values),
)


@pytest.mark.parametrize(("table", "fields", "values_of"), _FORMS, ids=lambda part: getattr(part, "__name__", ""))
def test_a_form_takes_every_record_as_it_stands(
    sample: Any, table: Any, fields: Any, values_of: Callable[[Any], dict[str, Any]]
) -> None:
    for row in table.select():
        values = values_of(row)
        cleaned, broken = check_all(fields, values)
        assert broken == []
        assert cleaned == values


def test_every_licence_follows_the_policy_of_its_product(sample: Any) -> None:
    products = {product.id: product for product in Product.select()}
    for licence in Licence.select():
        product = products[licence.product_id]
        policy = policy_of(product)
        assert pattern_matches(product.number_pattern, licence.number) and product.number_pattern
        assert licence.number_scope == number_scope(policy)
        assert licence.seats == product.seats
        check_dates(licence.issued, licence.activated, licence.expires, licence.maintenance_until)
        assert licence.expires == ends(policy, licence.issued, licence.activated)
        first = maintained_until(policy, licence.issued)
        renewed = LicenceEvent.select().where(LicenceEvent.licence == licence, LicenceEvent.kind == "renew")
        begun = renewed.order_by(LicenceEvent.id).first() if licence.maintenance_until != first else None
        assert (values_before(begun) if begun else {"maintenance_until": licence.maintenance_until}) == {
            "maintenance_until": first
        }


def test_every_licence_is_on_a_key_of_its_vendor_that_its_client_or_its_group_owns(sample: Any) -> None:
    groups = dict(tuples(Client.select(Client.id, Client.group)))
    on_keys = Licence.select(Licence.client, Product.vendor, ProtectionKey.vendor, ProtectionKey.owner).join(Product)
    living = Licence.state.in_(("issued", "suspended"))
    found = list(tuples(on_keys.switch(Licence).join(ProtectionKey).where(living)))
    assert len(found) > SCALES["small"].licences / 3
    shared = 0
    for client, vendor, key_vendor, owner in found:
        assert key_vendor == vendor
        assert owner == client or groups[owner] == groups[client] is not None
        shared += owner != client
    assert shared


def test_a_licence_belongs_to_the_instance_of_its_client_product_and_day(sample: Any) -> None:
    instances = {row.id: row for row in ItemInstance.select()}
    transferred = {event.licence_id: event for event in LicenceEvent.select().where(LicenceEvent.kind == "transfer")}
    assert transferred
    for licence in Licence.select():
        instance = instances[licence.instance_id]
        assert instance.product_id == licence.product_id
        if licence.id in transferred:
            event = transferred[licence.id]
            assert (event.from_client_id, event.to_client_id) == (instance.client_id, licence.client_id)
        else:
            assert instance.client_id == licence.client_id
        if instance.origin != "invoice":
            assert licence.issued in (instance.formed, None)
        assert (licence.issued is None) == (licence.state == "reserved")
    imported = [row for row in instances.values() if row.origin == "import"]
    assert len({(row.client_id, row.product_id, row.formed) for row in imported}) == len(imported) > 100


def test_licences_are_numbered_in_order_of_time_and_supersede_older_ones(sample: Any) -> None:
    licences = {row.id: row for row in Licence.select().order_by(Licence.id)}
    issued = [row.issued for row in licences.values() if row.issued]
    assert issued == sorted(issued)
    replaces = dict(tuples(ProtectionKey.select(ProtectionKey.id, ProtectionKey.replaces)))
    superseding = [(row, licences[row.supersedes_id]) for row in licences.values() if row.supersedes_id is not None]
    assert {row.kind for row, _older in superseding} == {"renewal", "upgrade"}
    for row, older in superseding:
        assert older.state == "superseded"
        transferred = LicenceEvent.select().where(LicenceEvent.licence == row, LicenceEvent.kind == "transfer").first()
        assert older.client_id == (row.client_id if transferred is None else transferred.from_client_id)
        # What had ended stays on the key that was replaced later.
        assert older.key_id == row.key_id or replaces[row.key_id] == older.key_id
        assert older.issued < row.issued
    assert len({older.id for _row, older in superseding}) == len(superseding)
    assert sum(row.state == "superseded" for row in licences.values()) == len(superseding)


def test_the_movements_of_a_key_end_where_it_is(sample: Any) -> None:
    holders: dict[int, int | None] = {}
    moments: list[Any] = []
    shipments = 0
    for movement in KeyMovement.select().order_by(KeyMovement.id):
        moments.append(movement.moment)
        assert movement.day == movement.moment.date() and movement.to_state
        if movement.kind != "receipt":
            assert movement.from_client_id == holders.get(movement.key_id)
        holders[movement.key_id] = movement.to_client_id
        if movement.about_kind:
            shipment = Document.get_by_id(movement.about_id)
            assert (shipment.client_id, shipment.date) == (movement.to_client_id, movement.day)
            assert shipment.number in movement.document
            shipments += 1
    assert moments == sorted(moments) and shipments > 100
    for key in ProtectionKey.select():
        assert holders.get(key.id) == key.owner_id
        assert (key.return_due is not None) == (key.state == "lent")


def test_licences_expire_in_the_days_to_come(sample: Any) -> None:
    def expiring(days: int) -> int:
        until = TODAY + dt.timedelta(days=days)
        return Licence.select().where(Licence.expires.between(TODAY, until), Licence.state == "issued").count()

    assert 0 < expiring(30) <= expiring(60) <= expiring(90) < SCALES["small"].licences / 5


def test_all_states_that_the_screens_show_are_there(sample: Any) -> None:
    states = {state for (state,) in tuples(Licence.select(Licence.state).distinct())}
    assert states == {"reserved", "issued", "suspended", "superseded", "revoked"}
    key_states = {state for (state,) in tuples(ProtectionKey.select(ProtectionKey.state).distinct())}
    assert {"in_stock", "issued", "lent", "returned", "replaced"} <= key_states
    assert {status for (status,) in tuples(Client.select(Client.status).distinct())} == {"candidate", "client"}


def test_names_and_addresses_are_given_once(sample: Any) -> None:
    names = [name for (name,) in tuples(Client.select(Client.name))]
    assert len(set(names)) == len(names)
    addresses = [address for (address,) in tuples(EmailAddress.select(EmailAddress.address))]
    assert all(re.fullmatch(r"[a-z.]+@[a-z0-9-]+\.example", address) for address in addresses)


def test_the_first_operator_is_a_director_bound_to_the_caller(sample: Any) -> None:
    operators = list(Operator.select().order_by(Operator.id))
    assert (operators[0].login, operators[0].system_login, operators[0].roles) == ("anna", "somebody", "director")
    assert {operator.system_login for operator in operators[1:]} == {""}
    roles = {role for operator in operators for role in operator.role_set}
    assert roles == {"director", "sales", "licensing", "engineer", "accountant", "auditor"}


def test_every_kind_of_record_is_in_the_sample(sample: Any) -> None:
    empty = {name for name, kind in KINDS.items() if not kind.table.select().exists()}
    assert empty == set()


def test_the_documents_keep_every_rule_of_sales(sample: Any) -> None:
    assert broken_rules() == []


def test_about_as_many_documents_as_the_scale_says_follow_each_other_in_time(sample: Any) -> None:
    wanted = SCALES["small"].documents
    assert 0.75 * wanted < Document.select().count() < 1.3 * wanted
    days = {document.id: document.date for document in Document.select().order_by(Document.id)}
    assert list(days.values()) == sorted(days.values()) and max(days.values()) <= TODAY
    for basis, day in tuples(Document.select(Document.basis, Document.date).where(Document.basis.is_null(False))):
        assert days[basis] <= day
    kinds = {kind for (kind,) in tuples(Document.select(Document.kind).distinct())}
    assert kinds == {
        "quote", "order", "invoice", "shipment", "payment_in", "payment_out", "supplier_order", "receipt",
        "licence_order",
    }  # fmt: skip


def test_a_client_is_quoted_from_the_day_on_that_made_it_one(sample: Any) -> None:
    first = dict(tuples(Client.select(Client.id, Client.first_quote_at)))
    quotes = Document.select(Document.client, Document.issued_at).where(
        (Document.kind == "quote") & (Document.state != "draft")
    )
    for client, issued in tuples(quotes):
        assert first[client] is not None and first[client].date() <= issued.date()


def test_the_funnel_is_believable(sample: Any) -> None:
    counted = funnel_of(Selection())
    assert counted.win_rate is not None and 35 < counted.win_rate < 70
    assert counted.standing.count > 10
    by_code = {Stage.get_by_id(of.stage.id).code: of for of in counted.stages}
    assert counted.bottleneck is not None and counted.bottleneck.by_money
    assert all(by_code[code].left.count for code in ("prospecting", "engaging", "quoted", "negotiation", "invoiced"))
    reasons = {reason for (reason,) in tuples(UnmetDemand.select(UnmetDemand.reason).distinct())}
    assert {"price", "competitor", "postponed"} <= reasons
