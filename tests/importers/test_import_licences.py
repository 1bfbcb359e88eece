"""Licences that name the ones they supersede: in any order of the rows, in files longer than what is judged at once."""

import csv
import time
from pathlib import Path

import pytest

from importers.following_rows import in_turn
from importers.rows import ReadRow
from importers.tables import ImportReport, import_table
from models.actor import Actor
from models.licensing.importing import LicenceIntake
from models.licensing.tables import Licence
from tests.models.worlds import a_client, a_product

FOLLOWS = ("supersedes", "number")


def rows_of(*pairs: tuple[str, str]) -> list[ReadRow]:
    return [ReadRow(n, {"number": number, "supersedes": older}) for n, (number, older) in enumerate(pairs, 2)]


def numbers(rows: list[ReadRow]) -> list[object]:
    return [row.values["number"] for row in rows]


def test_a_row_comes_after_the_one_that_it_names() -> None:
    rows = rows_of(("C", "b"), ("X", "gone"), ("D", "C"), ("B", "A"), ("E", "B"))
    assert numbers(in_turn(rows, FOLLOWS)) == ["X", "B", "C", "E", "D"]


def test_rows_in_a_circle_come_all_and_long_chains_take_no_longer() -> None:
    assert sorted(numbers(in_turn(rows_of(("A", "C"), ("B", "A"), ("C", "B"), ("D", "D")), FOLLOWS)), key=str) == [
        "A", "B", "C", "D",
    ]  # fmt: skip
    many = rows_of(*((f"N{n}", f"N{n + 1}") for n in range(20_000)))
    before = time.perf_counter()
    assert numbers(in_turn(many, FOLLOWS))[0] == "N19999"
    assert time.perf_counter() - before < 5


@pytest.fixture
def dealer(director: Actor) -> Actor:
    a_client(director, "Ромашка")
    a_client(director, "Лютик")
    a_product(director)
    return director


def a_table(path: Path, heading: str, *rows: tuple[str, str, str]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("Номер лицензии", "Клиент", "Артикул", heading))
        writer.writerows((number, client, "GRD-01", older) for number, client, older in rows)
    return path


def done(report: ImportReport) -> tuple[int, int, int, int]:
    return report.added, report.changed, report.unchanged, report.rejected


@pytest.mark.parametrize("heading", ["Supersedes", "Заменяет", "Взамен лицензии"])
def test_newer_licences_may_stand_before_the_older_ones(
    dealer: Actor, tmp_path: Path, heading: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(LicenceIntake, "rows_at_once", 2)
    rows = [(f"7-{n}", "Ромашка", f"7-{n - 1}" if n else "") for n in range(5, -1, -1)]
    path = a_table(tmp_path / "licences.csv", heading, *rows)
    assert done(import_table("licences", path, dealer, dry_run=True)) == (6, 0, 0, 0)
    assert Licence.select().count() == 0
    assert done(import_table("licences", path, dealer)) == (6, 0, 0, 0)
    assert {row.number: row.supersedes.number for row in Licence.select() if row.supersedes} == {
        f"7-{n}": f"7-{n - 1}" for n in range(1, 6)
    }
    assert done(import_table("licences", path, dealer)) == (0, 0, 6, 0)


@pytest.mark.parametrize("dry_run", [False, True])
def test_refusals_tell_row_field_and_reason_in_the_order_of_the_file(
    dealer: Actor, tmp_path: Path, dry_run: bool
) -> None:
    rows = [("1", "Ромашка", "2"), ("2", "Лютик", ""), ("3", "Ромашка", "9"), ("4", "Ромашка", "3"), ("5", "?", "")]
    report = import_table("licences", a_table(tmp_path / "t.csv", "Supersedes", *rows), dealer, dry_run=dry_run)
    assert done(report) == (1, 0, 0, 4)
    assert [(error.row, error.field, error.value) for error in report.errors] == [
        (2, "Supersedes", "2"), (4, "Supersedes", "9"), (5, "Supersedes", "3"), (6, "Клиент", "?"),
    ]  # fmt: skip
    assert "another client" in report.errors[0].reason and "no licence 9" in report.errors[1].reason
