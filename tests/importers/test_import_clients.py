"""Tables and cards of clients, from the file to the database."""

from collections.abc import Callable
from pathlib import Path

import pytest

from importers.tables import ImportReport, import_table, preview_table
from models import audit
from models.clients.tables import Address, Client, ClientGroup, ClientTag, Person
from models.company.permissions import permissions_of
from models.errors import NotAllowed, RuleBroken
from models.writing import Actor

Written = Callable[[str], Path]


@pytest.fixture
def a_file(tmp_path: Path) -> Written:
    """A file of some text."""

    def write(text: str) -> Path:
        path = tmp_path / "clients.csv"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def counts(report: ImportReport) -> tuple[int, int, int, int, int]:
    return report.read, report.added, report.changed, report.unchanged, report.rejected


def test_a_refused_row_is_told_with_its_place_value_and_reason(director: Actor, a_file: Written) -> None:
    path = a_file("Клиент;ИНН;Телефон\nРомашка;7707083893;+7 495 123-45-67\nЛютик;7707083890;\nПион;7736050003;нет\n")
    report = import_table("clients", path, director)
    assert counts(report) == (3, 1, 0, 0, 2)
    assert [(error.row, error.field, error.value) for error in report.errors] == [
        (3, "ИНН", "7707083890"),
        (4, "Телефон", "нет"),
    ]
    assert "check digits" in report.errors[0].reason


def test_columns_are_named_where_headings_do_not_say_them(director: Actor, a_file: Written) -> None:
    path = a_file("A,B\nРомашка,7707083893\n")
    with pytest.raises(RuleBroken, match="Columns of the file: A, B"):
        import_table("clients", path, director)
    assert counts(import_table("clients", path, director, {"name": "A", "inn": "2"})) == (1, 1, 0, 0, 0)
    assert [(row.name, row.inn) for row in Client.select()] == [("Ромашка", "7707083893")]


def test_a_dry_run_tells_what_a_run_does_and_writes_nothing(director: Actor, a_file: Written) -> None:
    path = a_file("Name,INN\nOne,7707083893\nTwo,\nTwo,\nThree,7707083893\nFour,1\n")
    head = audit.head()
    rehearsed = import_table("clients", path, director, dry_run=True)
    assert audit.head() == head
    assert counts(rehearsed) == (5, 2, 0, 1, 2)
    assert import_table("clients", path, director) == rehearsed


def test_a_strict_import_takes_all_or_nothing(director: Actor, a_file: Written) -> None:
    path = a_file("Name,INN\nOne,7707083893\nTwo,1\n")
    assert counts(import_table("clients", path, director, strict=True)) == (2, 0, 0, 0, 1)
    assert Client.select().count() == 0
    assert counts(import_table("clients", a_file("Name\nOne\nTwo\n"), director, strict=True)) == (2, 2, 0, 0, 0)


def test_an_import_takes_the_right_to_it(director: Actor, a_file: Written) -> None:
    engineer = Actor("ivan", "Ivan", None, permissions_of(frozenset({"engineer"})), "test")
    with pytest.raises(NotAllowed):
        import_table("clients", a_file("Name\nOne\n"), engineer)


def test_progress_is_told_up_to_the_last_row(director: Actor, a_file: Written) -> None:
    told: list[tuple[int, int | None]] = []
    path = a_file("Name\n" + "".join(f"Client {number}\n" for number in range(150)))
    import_table("clients", path, director, progress=lambda done, total: told.append((done, total)))
    assert told[-1] == (150, 150)
    assert [done for done, _total in told] == sorted(done for done, _total in told)


def test_an_interrupted_import_is_run_again(director: Actor, a_file: Written) -> None:
    def interrupt(_done: int, _total: int | None) -> None:
        raise KeyboardInterrupt

    path = a_file("Name\n" + "".join(f"Client {number}\n" for number in range(150)))
    with pytest.raises(KeyboardInterrupt):
        import_table("clients", path, director, progress=interrupt)
    taken = Client.select().count()
    assert 0 < taken < 150
    assert counts(import_table("clients", path, director)) == (150, 150 - taken, 0, taken, 0)
    assert list(audit.broken_links()) == []


def test_a_preview_shows_rows_columns_and_what_is_missing(a_file: Written) -> None:
    path = a_file("A,ИНН,Прочее\nРомашка,7707083893,1\nЛютик,,2\n")
    preview = preview_table("clients", path)
    assert preview.headings == ("A", "ИНН", "Прочее")
    assert preview.rows == [(2, ("Ромашка", "7707083893", "1")), (3, ("Лютик", "", "2"))]
    assert (dict(preview.columns), preview.unmapped) == ({"inn": (1,)}, (0, 2))
    assert [field.id for field in preview.missing] == ["name"]
    assert preview_table("clients", path, {"name": "A"}).missing == ()


def test_cards_are_an_organisation_with_a_person_or_a_person(director: Actor, tmp_path: Path) -> None:
    card = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:{}\r\n{}TEL:+7 495 123-45-6{}\r\nEND:VCARD\r\n"
    path = tmp_path / "people.vcf"
    path.write_text(card.format("Anna", "ORG:Ромашка\r\nTITLE:директор\r\n", 7) + card.format("Pyotr", "", 8))
    assert counts(import_table("clients", path, director)) == (2, 2, 0, 0, 0)
    assert [(row.name, row.kind) for row in Client.select().order_by(Client.id)] == [
        ("Ромашка", "company"),
        ("Pyotr", "person"),
    ]
    assert [(row.name, row.position) for row in Person.select()] == [("Anna", "директор")]
    assert counts(import_table("clients", path, director)) == (2, 0, 0, 2, 0)


def test_the_russian_register_is_taken_whole_and_once(director: Actor, samples: Path) -> None:
    path = samples / "companies" / "russian-register.csv"
    assert counts(import_table("clients", path, director)) == (435, 435, 0, 0, 0)
    assert counts(import_table("clients", path, director)) == (435, 0, 0, 435, 0)
    terra = Client.get(Client.inn == "3435003732")
    assert (terra.name, terra.kpp, terra.ogrn) == ('ООО "ТЕРРА"', "502401001", "1103435000305")
    assert terra.legal_name.startswith("ОБЩЕСТВО С ОГРАНИЧЕННОЙ")


def test_northwinds_customers_come_with_people_and_addresses(director: Actor, samples: Path) -> None:
    report = import_table("clients", samples / "northwind" / "customers.csv", director)
    assert counts(report) == (91, 91, 0, 0, 0)
    unquoted = Address.get(Address.client == Client.get(Client.external_code == "BLONP").id)
    assert unquoted.text.endswith("24, place Kléber")
    client = Client.get(Client.external_code == "ALFKI")
    assert (client.name, client.country) == ("Alfreds Futterkiste", "DE")
    assert [(row.name, row.position) for row in Person.select().where(Person.client == client.id)] == [
        ("Maria Anders", "Sales Representative")
    ]
    (address,) = Address.select().where(Address.client == client.id)
    assert (address.text, address.city) == ("12209, Germany, Berlin, Obere Str. 57", "Berlin")


def test_accounts_of_a_crm_come_with_groups_and_tags(director: Actor, samples: Path) -> None:
    path = samples / "crm-opportunities" / "accounts.csv"
    assert counts(import_table("clients", path, director)) == (85, 85, 0, 0, 0)
    assert counts(import_table("clients", path, director)) == (85, 0, 0, 85, 0)
    bluth = Client.get(Client.name == "Bluth Company")
    assert ClientGroup.get_by_id(bluth.group_id).name == "Acme Corporation"
    assert [row.tag for row in ClientTag.select().where(ClientTag.client == bluth.id)] == ["technolgy"]


def test_every_card_of_other_programs_is_taken_or_refused_with_a_reason(director: Actor, samples: Path) -> None:
    paths = sorted((samples / "vcard").glob("*.vcf"))
    assert paths
    for path in paths:
        report = import_table("clients", path, director)
        assert report.added + report.rejected == report.read > 0
        assert all(error.reason and error.row for error in report.errors)
        again = import_table("clients", path, director)
        assert (again.unchanged, again.rejected) == (report.added, report.rejected)
