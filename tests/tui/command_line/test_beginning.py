"""How a database comes into being: ``init``, ``demo``, and the very first start."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from models.company.identity import system_login
from tests.terminal.harness import Terminal
from tests.tui.command_line.conftest import Turbofly
from tui.command_line.options import default_database

PROGRAM = [sys.executable, "-m", "tui.command_line.main"]


def test_init_makes_a_company_whose_director_is_whoever_ran_it(tmp_path: Path, turbofly: Turbofly) -> None:
    path = tmp_path / "new" / "company.db"
    ran = turbofly("--database", path, "init", "--company", "ООО «Новая»", "--inn", "7707083893", "--name", "Anna")
    assert (ran.code, ran.err) == (0, "")
    operators = json.loads(turbofly("--database", path, "operator", "list", "--json").out)
    assert [(row["login"], row["name"], row["roles"]) for row in operators] == [(system_login(), "Anna", ["director"])]
    shown = json.loads(turbofly("--database", path, "show", "company", "ООО «Новая»", "--json").out)
    assert shown["fields"]["inn"] == "7707083893"


def test_init_leaves_a_company_that_is_there_alone(company: Path, turbofly: Turbofly) -> None:
    before = company.read_bytes()
    ran = turbofly("init", "--company", "Another")
    assert ran.code == 3
    assert "There is a company in" in ran.err
    assert company.read_bytes() == before


def test_init_leaves_a_foreign_file_alone(tmp_path: Path, turbofly: Turbofly) -> None:
    path = tmp_path / "letter.txt"
    path.write_text("Dear colleagues, " * 100)
    assert turbofly("--database", path, "init", "--company", "New").code == 5
    assert path.read_text().startswith("Dear")


def test_init_that_was_refused_can_be_run_again(tmp_path: Path, turbofly: Turbofly) -> None:
    path = tmp_path / "company.db"
    refused = turbofly("--database", path, "init", "--company", "New", "--login", "with space")
    assert refused.code == 3
    assert "is no login" in refused.err
    assert turbofly("--database", path, "init", "--company", "New", "--login", "anna").code == 0


def test_init_does_not_ask_where_nobody_can_answer(tmp_path: Path, turbofly: Turbofly) -> None:
    ran = turbofly("--database", tmp_path / "company.db", "init")
    assert ran.code == 2
    assert "--company" in ran.err
    assert not (tmp_path / "company.db").exists()


def test_demo_makes_a_company_to_look_around_in(tmp_path: Path, turbofly: Turbofly) -> None:
    path = tmp_path / "sample.db"
    ran = turbofly("demo", path, "--json")
    assert (ran.code, ran.err) == (0, "")
    counts = json.loads(ran.out)
    assert counts["client"] == 200 and counts["licence"] >= 1000
    assert turbofly("--database", path, "key", "000").code == 0
    assert turbofly("--database", path, "check").code == 0


def test_demo_overwrites_nothing(company: Path, turbofly: Turbofly) -> None:
    before = company.read_bytes()
    assert turbofly("demo", company).code == 3
    assert company.read_bytes() == before


def test_a_demo_that_is_interrupted_leaves_nothing(
    tmp_path: Path, turbofly: Turbofly, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_given: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("models.sample.build.bulk.analyze", interrupted)
    assert turbofly("demo", tmp_path / "sample.db").code == 130
    assert list(tmp_path.iterdir()) == []


def test_without_a_terminal_the_interface_does_not_start(company: Path, turbofly: Turbofly) -> None:
    ran = turbofly()
    assert ran.code == 2
    assert "needs a terminal" in ran.err


@pytest.mark.terminal
def test_the_first_start_offers_a_sample_or_an_empty_company(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    with Terminal(PROGRAM, columns=120) as terminal:
        terminal.wait_for("Your choice")
        assert "sample company" in terminal.screen_text() and "empty company" in terminal.screen_text()
        terminal.send("2\r")
        terminal.wait_for("Name of your company")
        terminal.send("Horns and Hooves\r\r\r")
        terminal.wait_until(default_database().exists, "the database to be made")
        terminal.wait_for("Today")


@pytest.mark.terminal
def test_enter_at_the_first_start_makes_the_sample(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    with Terminal(PROGRAM, columns=120) as terminal:
        terminal.wait_for("Your choice")
        terminal.send("\r")
        terminal.wait_for("Today", patience=40)


@pytest.mark.terminal
def test_ctrl_c_at_the_first_question_makes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    with Terminal(PROGRAM, columns=120) as terminal:
        terminal.wait_for("Your choice")
        terminal.settle()
        terminal.key("ctrl+c")
        assert terminal.wait_for_exit() == 130
    assert not default_database().exists()
