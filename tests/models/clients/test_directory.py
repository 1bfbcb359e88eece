"""Finding the clients that tables name, while others change them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from models.clients import directory
from models.clients.actions import edit_client
from models.clients.directory import ClientDirectory
from models.clients.merging import merge_clients
from models.errors import RuleBroken
from models.text import fold
from models.writing import Actor
from tests.models.worlds import a_client


@pytest.fixture(params=[100, 0], ids=["names one by one", "all names at once"])
def clients(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, director: Actor) -> ClientDirectory:
    """A directory that reads the names of clients in one way or the other."""
    monkeypatch.setattr(directory, "_NAMES_ONE_BY_ONE", request.param)
    return ClientDirectory()


def test_a_client_renamed_by_somebody_else_is_found_by_its_new_name_alone(
    clients: ClientDirectory, director: Actor
) -> None:
    rose, lily = a_client(director, "ООО «Роза»"), a_client(director, "ООО «Лилия»")
    clients.prepare([("", "ООО «Роза»"), ("", "ООО «Лилия»"), ("", "ООО «Мак»")])
    assert clients.find("", "ООО «Роза»").id == rose
    edit_client(director, rose, 1, {"name": "ООО «Мак»"})
    clients.forget()
    assert clients.find("", "ООО «Мак»").id == rose and clients.find("", "ООО «Лилия»").id == lily
    with pytest.raises(RuleBroken):
        clients.find("", "ООО «Роза»")


def test_a_client_added_by_somebody_else_makes_a_name_doubtful(clients: ClientDirectory, director: Actor) -> None:
    rose = a_client(director, "ООО «Роза»")
    assert clients.find("", "ООО «Роза»").id == rose
    a_client(director, "ООО «Роза»", inn="7707083893")
    clients.forget()
    with pytest.raises(RuleBroken, match=r"7707083893|#2"):
        clients.find("", "ООО «Роза»")
    assert clients.find("7707083893", "ООО «Роза»").id != rose


def test_a_client_merged_away_is_not_found_any_more(clients: ClientDirectory, director: Actor) -> None:
    rose, lily = a_client(director, "ООО «Роза»"), a_client(director, "ООО «Лилия»")
    assert clients.find("", "ООО «Лилия»").id == lily
    merge_clients(director, rose, lily)
    clients.forget()
    with pytest.raises(RuleBroken):
        clients.find("", "ООО «Лилия»")


def test_what_was_remembered_and_never_written_is_forgotten(clients: ClientDirectory, director: Actor) -> None:
    rose = a_client(director, "ООО «Роза»")
    clients.forget()  # so that the client is not read again for having been written just now
    clients.prepare([("", "ООО «Роза»"), ("", "ООО «Мак»")])
    clients.remember(replace(clients.find("", "ООО «Роза»"), name="ООО «Мак»", folded=fold("ООО «Мак»")))
    assert clients.find("", "ООО «Мак»").id == rose
    clients.forget()
    assert clients.find("", "ООО «Роза»").id == rose
    with pytest.raises(RuleBroken):
        clients.find("", "ООО «Мак»")


def test_after_very_many_changes_all_is_read_again(
    clients: ClientDirectory, director: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(directory, "_AT_ONCE", 2)
    ids = [a_client(director, f"ООО «Роза {number}»") for number in range(4)]
    assert clients.find("", "ООО «Роза 3»").id == ids[3]
    for client in ids:
        edit_client(director, client, 1, {"name": f"ООО «Мак {client}»"})
    clients.forget()
    assert clients.find("", f"ООО «Мак {ids[3]}»").id == ids[3]
