"""However many take codes from one pool at the same moment: none is taken twice, none is lost."""

from __future__ import annotations

import multiprocessing

import pytest

from models import opening
from models.audit import broken_links, rows_changed_behind
from models.base import tuples
from models.database import DatabaseURL
from models.licensing.pools import add_codes, codes_left, take_codes
from models.licensing.tables import VendorCode
from models.writing import Actor
from tests.models.worlds import a_product


def _take_many(
    url: DatabaseURL, by: Actor, product: int, times: int, answers: multiprocessing.Queue[list[str]]
) -> None:
    opening.close_database()
    opening.open_database(url)
    answers.put([taken.code for _n in range(times) for taken in take_codes(by, product, 1)])


def _run(url: DatabaseURL, by: Actor, processes: int, each: int) -> tuple[int, list[str]]:
    """Let processes take all the codes of a pool but three; the product, and what each was told that it has."""
    product = a_product(by)
    add_codes(by, product, [f"C-{number}" for number in range(processes * each + 3)])
    opening.close_database()
    context = multiprocessing.get_context("fork")
    answers: multiprocessing.Queue[list[str]] = context.Queue()
    programs = [context.Process(target=_take_many, args=(url, by, product, each, answers)) for _n in range(processes)]
    for program in programs:
        program.start()
    told = [code for _program in programs for code in answers.get(timeout=1800)]
    for program in programs:
        program.join(timeout=60)
    assert [program.exitcode for program in programs] == [0] * processes
    opening.close_database()
    opening.open_database(url)
    return product, told


def _assert_each_once(product: int, told: list[str]) -> None:
    assert len(set(told)) == len(told)
    taken = [code for (code,) in tuples(VendorCode.select(VendorCode.code).where(VendorCode.state == "taken"))]
    assert sorted(taken) == sorted(told)
    assert codes_left(product) == 3
    assert list(broken_links()) == []
    assert list(rows_changed_behind()) == []


def test_four_processes_take_from_one_pool(database_url: DatabaseURL, director: Actor) -> None:
    _assert_each_once(*_run(database_url, director, 4, 12))


@pytest.mark.proof
def test_eight_processes_take_500_codes_each(database_url: DatabaseURL, director: Actor) -> None:
    _assert_each_once(*_run(database_url, director, 8, 500))
