"""The PostgreSQL server goes away and comes back: the program says so, connects again, and loses nothing typed."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import postgresql
from tests.terminal.companies import few_clients
from tests.terminal.walk import WIDE, Step, Walk, program

pytestmark = [pytest.mark.terminal, pytest.mark.postgres]


@pytest.fixture
def company_url() -> Iterator[str]:
    """A small company in a PostgreSQL database of a server of the test's own."""
    if reason := postgresql.why_not():
        if os.environ.get("CI"):
            pytest.fail(f"{reason}: CI installs one")
        pytest.skip(reason)
    with postgresql.server() as url:
        postgresql.administer(url, "CREATE DATABASE company")
        few_clients(url.format(name="company"))
        yield url.format(name="company")


def test_the_program_connects_again_and_what_is_typed_is_saved(company_url: str, tmp_path: Path) -> None:
    with program(company_url, WIDE, tmp_path) as terminal:
        walk = Walk(terminal, WIDE)
        walk.go([Step(sees="1 Today"), Step("2", sees="Лютик"), Step("enter", sees="Legal name")])
        walk.go([Step("e", sees="ctrl+s save"), Step(typed=" и Ко", sees="Вектор и Ко")])
        postgresql.restart(company_url)
        walk.go([Step("ctrl+s", sees="Back to the form"), Step("enter", sees="Saved.")])
        postgresql.restart(company_url)
        # What was being read while the server shut down is not there: the list says so, and r reads it again.
        walk.go(
            [
                Step("escape", gone="Legal name"),
                Step("r", sees="Лютик"),
                Step("5", sees="0A1F-4433"),
                Step("]", sees="LIC-1001"),
            ]
        )
        postgresql.restart(company_url)
        walk.go([Step("/", sees="words, field:value"), Step(typed="lic", sees="/ lic"), Step(sees="LIC-1001")])
        walk.leave()


def test_a_server_that_is_gone_is_said_and_the_form_keeps_what_was_typed(company_url: str, tmp_path: Path) -> None:
    with program(company_url, WIDE, tmp_path) as terminal:
        walk = Walk(terminal, WIDE)
        walk.go([Step(sees="1 Today"), Step("2", sees="Лютик"), Step("enter", sees="Legal name")])
        walk.go([Step("e", sees="ctrl+s save"), Step(typed=" и Ко", sees="Вектор и Ко")])
        walk.go([Step("ctrl+s", sees="Back to the form")])
        postgresql.stop(company_url)
        walk.go([Step("enter", sees="The connection to the database was lost"), Step(sees="Вектор и Ко")])
        walk.leave()
