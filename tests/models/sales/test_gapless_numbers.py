"""Numbers of invoices have no gaps and none is given twice, whoever issues at once and whoever is killed meanwhile."""

from __future__ import annotations

import multiprocessing
import os
import signal
from decimal import Decimal
from typing import Any

import pytest

from models import opening
from models.audit import broken_links, rows_changed_behind
from models.database import DatabaseURL
from models.sales.actions_issue import issue_document
from models.sales.actions_next import make_next
from models.sales.tables import Document
from models.writing import Actor, Change, in_transaction
from tests.models.sales.worlds import DAY, a_draft, a_quote_of_four, an_issued, line_ids
from tests.models.worlds import a_client


def _issue_many(url: DatabaseURL, by: Actor, client: int, count: int, done: Any) -> None:
    opening.close_database()
    opening.open_database(url)
    lines = [{"description": "work", "price": Decimal(100)}]
    for _n in range(count):
        an_issued(by, "invoice", lines, client=client)
        with done.get_lock():
            done.value += 1


def _invoices(url: DatabaseURL) -> list[Document]:
    opening.close_database()
    opening.open_database(url)
    return list(Document.select().where(Document.serial.is_null(False)).order_by(Document.serial))


def _run(url: DatabaseURL, by: Actor, processes: int, each: int, kills: int) -> int:
    """Let processes issue, kill some in the middle of it, and start others for what they left; how many were issued."""
    client = a_client(by)
    opening.close_database()
    context = multiprocessing.get_context("fork")
    counters = [context.Value("i", 0) for _n in range(processes)]

    def started(counter: Any, count: int) -> Any:
        program = context.Process(target=_issue_many, args=(url, by, client, count, counter))
        program.start()
        return program

    programs = [started(counter, each) for counter in counters]
    for victim in range(kills):
        counter = counters[victim % processes]
        # Killed once some are done and before all are: in whatever place of its next transaction it is then.
        while counter.value < each * (victim // processes + 1) // 4 and programs[victim % processes].is_alive():
            programs[(victim + 1) % processes].join(timeout=0.002)
        pid = programs[victim % processes].pid
        assert pid is not None
        os.kill(pid, signal.SIGKILL)
        programs[victim % processes].join(timeout=60)
        programs[victim % processes] = started(counter, max(each - counter.value, 0))
    for program in programs:
        program.join(timeout=1800)
    assert [program.exitcode for program in programs] == [0] * processes
    return sum(counter.value for counter in counters)


def _assert_gapless(url: DatabaseURL, counted: int, kills: int) -> None:
    invoices = _invoices(url)
    assert [invoice.serial for invoice in invoices] == list(range(1, len(invoices) + 1))
    assert len({invoice.number for invoice in invoices}) == len(invoices)
    # Who is killed between its commit and the count of it has issued one more.
    assert counted <= len(invoices) <= counted + kills
    assert list(broken_links()) == []
    assert list(rows_changed_behind()) == []


def test_four_processes_issue_at_once_and_two_are_killed(database_url: DatabaseURL, director: Actor) -> None:
    _assert_gapless(database_url, _run(database_url, director, 4, 12, 2), 2)


@pytest.mark.proof
def test_eight_processes_issue_500_invoices_each_with_kills_between(
    database_url: DatabaseURL, director: Actor
) -> None:  # fmt: skip
    counted = _run(database_url, director, 8, 500, 12)
    _assert_gapless(database_url, counted, 12)
    assert counted >= 8 * 500 - 12


def test_what_fails_takes_no_number(director: Actor) -> None:
    class Broken(Exception):
        """Something goes wrong after the number was given."""

    draft = a_draft(director, "invoice", [{"description": "work", "price": Decimal(100)}])

    def fail(change: Change) -> None:
        issue_document(change, draft)
        raise Broken

    with pytest.raises(Broken):
        in_transaction(director, "fail", fail)
    assert issue_document(director, draft).number == "26-00001"


def test_each_company_kind_and_year_counts_for_itself(director: Actor) -> None:
    quote, _lines = a_quote_of_four(director)
    order = make_next(director, [quote], "order", None, {"date": DAY})
    assert issue_document(director, order).number == "26-00001"
    for year, number in ((2026, "26-00001"), (2027, "27-00001"), (2026, "26-00002")):
        invoice = make_next(
            director, [order], "invoice", {line_ids(order)[0]: Decimal(1)}, {"date": DAY.replace(year=year)}
        )
        assert issue_document(director, invoice).number == number
