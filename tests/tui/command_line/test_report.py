"""``turbofly report``: what scripts rely on."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from models.reports.catalogue import REPORTS as REGISTERED
from tests.models.sales.worlds import an_issued
from tests.models.worlds import a_client
from tests.tui.command_line.conftest import Turbofly
from tests.tui.command_line.test_contacts import acting
from tui.command_line.report import REPORTS


def test_the_command_knows_every_report() -> None:
    assert tuple(REGISTERED) == REPORTS


def test_without_a_name_it_lists_the_reports(turbofly: Turbofly, company: Path) -> None:
    ran = turbofly("report")
    assert (ran.code, ran.err) == (0, "")
    assert "Candidates that became clients" in ran.out
    assert json.loads(turbofly("report", "--json").out)[0] == {
        "name": "candidates", "title": "Candidates that became clients", "by": ["month", "source", "responsible"]
    }  # fmt: skip


def test_rows_as_a_table_with_totals_and_as_json(turbofly: Turbofly, company: Path) -> None:
    table = turbofly("report", "candidates", "--by", "source").out.splitlines()
    assert table[0].split("  ")[0] == "Source"
    assert table[-1].split() == ["Total", "2", "0", "0"]
    assert json.loads(turbofly("report", "candidates", "--by", "source", "--json").out) == [
        {"source": None, "entered": 2, "became": 0, "conversion": 0.0, "median_days": None}
    ]


def test_a_period_without_candidates_has_no_rows(turbofly: Turbofly, company: Path) -> None:
    ran = turbofly("report", "candidates", "--from", "2001", "--to", "2001-12", "--json")
    assert (ran.code, json.loads(ran.out)) == (0, [])


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("profits",), "candidates"),
        (("candidates", "--by", "vendor"), "month, source, responsible"),
        (("candidates", "--from", "yesterweek"), "yesterweek"),
        (("candidates", "--from", "2026-02", "--to", "2026-01"), "ends before it begins"),
    ],
)
def test_wrong_usage_says_what_is_wrong(
    turbofly: Turbofly, company: Path, arguments: tuple[str, ...], reason: str
) -> None:
    ran = turbofly("report", *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert reason in ran.err


def test_a_report_is_narrowed_and_compared(turbofly: Turbofly, company: Path) -> None:
    month = ("--from", "2026-10", "--to", "2026-10")
    lines = json.loads(turbofly("report", "funnel", *month, "--compare", "--json").out)
    assert [line["stage"] for line in lines][-2:] == ["Won", "Lost"]
    assert {line["deals_before"] for line in lines} == {0}
    assert "Stage" in turbofly("report", "funnel", "--where", "operator=anna").out
    for wrong in (("--where", "operator"), ("--where", "operator=nobody"), ("--compare",)):
        assert turbofly("report", "funnel", *wrong).code == 2


def test_receivables_are_those_of_one_day(turbofly: Turbofly, company: Path) -> None:
    with acting(company) as anna:
        given = {"client": 1, "date": dt.date(2026, 1, 10), "due": dt.date(2026, 1, 20)}
        an_issued(anna, "invoice", [{"description": "work", "price": Decimal(100)}], **given)
    (row,) = json.loads(turbofly("report", "receivables", "--to", "2026-02-01", "--json").out)
    assert row == {
        "client": "ООО «Ромашка»", "owes": 0.0, "since": None, "unpaid": 100.0, "not_due": 0.0, "to_30": 100.0,
        "to_60": 0.0, "to_90": 0.0, "over_90": 0.0, "days": 12,
    }  # fmt: skip
    assert json.loads(turbofly("report", "receivables", "--where", "client=АО «Лютик»", "--json").out) == []
    assert turbofly("report", "receivables", "--from", "2026-01").code == 2


@pytest.fixture
def two_invoices(company: Path) -> None:
    """Of two clients; one name tries to be a formula."""
    with acting(company) as anna:
        for client, price in ((1, 100), (a_client(anna, "=1+1"), 2500)):
            given = {"client": client, "date": dt.date(2026, 1, 10), "due": dt.date(2026, 1, 20)}
            an_issued(anna, "invoice", [{"description": "work", "price": Decimal(price)}], **given)


RECEIVABLES = ("report", "receivables", "--to", "2026-02-01")


@pytest.mark.usefixtures("two_invoices")
def test_a_report_is_printed_in_the_format_that_is_asked_for(turbofly: Turbofly) -> None:
    lines = turbofly(*RECEIVABLES, "--format", "csv").out.splitlines()
    assert lines[1:] == ["'=1+1,0.00,,2500.00,0.00,2500.00,0.00,0.00,0.00,12",
                         "ООО «Ромашка»,0.00,,100.00,0.00,100.00,0.00,0.00,0.00,12"]  # fmt: skip
    table = turbofly(*RECEIVABLES, "--format", "md").out.splitlines()
    assert table[1].startswith("| ---") and table[1].endswith("---: |")
    assert table[-1].startswith("| Total ") and " 2,600.00 " in table[-1]
    assert turbofly(*RECEIVABLES, "--format", "json").out == turbofly(*RECEIVABLES, "--json").out
    assert turbofly(*RECEIVABLES, "--format", "table").out == turbofly(*RECEIVABLES).out


@pytest.mark.usefixtures("two_invoices")
def test_a_report_is_written_to_a_file_in_the_format_of_its_ending(turbofly: Turbofly, tmp_path: Path) -> None:
    for ending in ("csv", "md", "json", "txt", "xlsx"):
        file = tmp_path / f"report.{ending}"
        ran = turbofly(*RECEIVABLES, "--output", file)
        assert (ran.code, ran.out, ran.err) == (0, "", f"2 rows written to {file}.\n")
    assert json.loads((tmp_path / "report.json").read_text())[0]["client"] == "=1+1"
    assert (tmp_path / "report.txt").read_text() == turbofly(*RECEIVABLES).out
    sheet = openpyxl.load_workbook(tmp_path / "report.xlsx")["receivables"]
    assert [[cell.value for cell in row][:4] for row in sheet.iter_rows(min_row=2)] == [
        ["=1+1", 0, None, 2500], ["ООО «Ромашка»", 0, None, 100], ["Total", 0, None, 2600]
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        ((*RECEIVABLES, "--output", "report.doc"), "What format is report.doc"),
        ((*RECEIVABLES, "--format", "xlsx"), "needs a file"),
        ((*RECEIVABLES, "--format", "csv", "--json"), "do not go together"),
        (("report", "--output", "report.csv"), "Name the report"),
    ],
)
def test_a_format_that_cannot_be_is_wrong_usage(
    turbofly: Turbofly, company: Path, arguments: tuple[str, ...], reason: str
) -> None:
    ran = turbofly(*arguments)
    assert (ran.code, ran.out) == (2, "")
    assert reason in ran.err
