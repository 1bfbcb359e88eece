"""Start-up is part of the job: what ``turbofly key`` loads, in a fresh process."""

from __future__ import annotations

from pathlib import Path

import platformdirs
import pytest

from tests.architecture.project import modules_loaded_by
from tui.places import CONFIG, DATA, STATE, folder

RUN = "from tui.command_line.running import run\nassert run({arguments!r}) == 0\n"
SHOWS_TERMINALS = {"textual", "rich", "plotext"}

ON_A_TERMINAL = """
import sys, models.database as places
places.choose_driver(places.DatabaseURL.parse({path!r}))
import models.search.queries as queries
found = queries.find_keys_and_licences
def asked(*given):
    rows = found(*given)
    assert not {{'textual', 'rich', 'plotext'}} & sys.modules.keys()
    return rows
queries.find_keys_and_licences = asked
sys.stdout.isatty = lambda: True
"""


def test_key_loads_nothing_of_the_terminal(company: Path) -> None:
    for arguments in (["key", "4433"], ["key", "4433", "--json"], ["find", "4433"]):
        loaded = modules_loaded_by(RUN.format(arguments=arguments))
        assert "models.search.queries" in loaded
        assert loaded & SHOWS_TERMINALS == set()


def test_key_loads_nothing_that_only_writing_takes(company: Path) -> None:
    loaded = modules_loaded_by(RUN.format(arguments=["key", "4433"]))
    assert loaded & {"models.writing", "models.audit", "models.search.indexing", "psycopg", "tui.settings"} == set()
    assert loaded & {"platformdirs", "tempfile", "tomllib", "json", "importlib.metadata"} <= {"json"}


def test_on_a_terminal_rich_comes_after_the_answer(company: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    loaded = modules_loaded_by(ON_A_TERMINAL.format(path=str(company)) + RUN.format(arguments=["key", "4433"]))
    assert "rich" in loaded
    assert not loaded & {"textual", "plotext"}


def test_the_folders_are_those_of_platformdirs() -> None:
    assert folder(CONFIG) == platformdirs.user_config_dir("turbofly")
    assert folder(DATA) == platformdirs.user_data_dir("turbofly")
    assert folder(STATE) == platformdirs.user_state_dir("turbofly")


def test_without_variables_the_folders_are_those_of_platformdirs_too(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"):
        monkeypatch.delenv(name, raising=False)
    assert folder(CONFIG) == platformdirs.user_config_dir("turbofly")
    assert folder(DATA) == platformdirs.user_data_dir("turbofly")


WRITES = """
from models.database import DatabaseURL
from models.opening import open_for_reading
open_for_reading(DatabaseURL.parse({path!r}))
from models.clients.actions import add_client
from models.company.identity import actor_for
try:
    add_client(actor_for(None, 'test'), {{'name': 'X'}})
except RuntimeError as error:
    assert 'opened for reading' in str(error)
else:
    raise AssertionError('nobody would have looked the client up')
"""


def test_what_was_opened_for_reading_cannot_be_written_by_mistake(company: Path) -> None:
    assert "models.writing" in modules_loaded_by(WRITES.format(path=str(company)))
