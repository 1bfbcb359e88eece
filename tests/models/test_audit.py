"""The audit trail: whole after every action, and it names whatever was done behind the program's back."""

import pytest

from models.audit import broken_links, rows_changed_behind
from models.base import database
from models.clients.actions import add_client, edit_client
from models.errors import RuleBroken
from models.undo import last_change, undo
from models.writing import Actor


def _codes() -> set[str]:
    return {problem.code for problem in (*broken_links(), *rows_changed_behind())}


@pytest.fixture
def a_history(director: Actor) -> int:
    client = add_client(director, {"name": "ООО «Ромашка»", "phones": ("+7 495 123-45-67",)})
    edit_client(director, client, 1, {"name": "АО «Лютик»", "phones": ()})
    return client


def test_a_history_of_actions_is_whole(a_history: int) -> None:
    assert _codes() == set()


TAMPERING: dict[str, tuple[str, str]] = {
    "an entry is edited": ("UPDATE audit SET operator = 'mallory' WHERE seq = 3", "audit-edited"),
    "an entry is cut from the middle": ("DELETE FROM audit WHERE seq = 3", "audit-gap"),
    "an entry is cut from the end": ("DELETE FROM audit WHERE seq = (SELECT MAX(seq) FROM audit)", "audit-end"),
    "the old values are edited": ("UPDATE audit SET old_values = '{}' WHERE operation = 'update'", "audit-values"),
    "a row is changed": ("UPDATE client SET inn = '7707083893'", "row-edited"),
    "a row is added": (
        "INSERT INTO client_group (id, version, created, updated, name, folded) "
        "VALUES (7, 1, '2026-01-01', '2026-01-01', 'x', 'x')",
        "row-unknown",
    ),
}


@pytest.mark.parametrize("what", list(TAMPERING))
def test_the_check_names_what_was_done_behind_the_programs_back(a_history: int, what: str) -> None:
    statement, code = TAMPERING[what]
    database.execute_sql(statement)
    assert code in _codes()


def test_the_check_misses_a_deleted_row(director: Actor) -> None:
    add_client(director, {"name": "ООО «Ромашка»", "tags": ("vip",)})
    database.execute_sql("DELETE FROM client_tag")
    assert _codes() == {"row-vanished"}


def test_an_undone_change_cannot_be_undone_again(director: Actor) -> None:
    add_client(director, {"name": "ООО «Ромашка»"})
    change = last_change(director)
    assert change is not None
    undo(director, change)
    with pytest.raises(RuleBroken, match="already undone"):
        undo(director, change)
    assert _codes() == set()


def test_undo_walks_back_change_by_change(director: Actor, a_history: int) -> None:
    for expected in ("edit", "add"):
        change = last_change(director)
        assert change is not None, expected
        undo(director, change)
    assert _codes() == set()


def test_a_change_that_others_stand_on_is_not_undone(director: Actor) -> None:
    client = add_client(director, {"name": "ООО «Ромашка»"})
    change = last_change(director)
    assert change is not None
    edit_client(director, client, 1, {"website": "romashka.ru"})
    with pytest.raises(RuleBroken, match="changed since"):
        undo(director, change)


def test_undo_does_not_bring_back_what_a_rule_forbids_by_now(director: Actor) -> None:
    first = add_client(director, {"name": "First", "inn": "7707083893"})
    edit_client(director, first, 1, {"inn": ""})
    change = last_change(director)
    assert change is not None
    add_client(director, {"name": "Second", "inn": "7707083893"})
    with pytest.raises(RuleBroken, match="Second"):
        undo(director, change)
    assert _codes() == set()


def test_the_founding_is_not_undone(director: Actor) -> None:
    founding = last_change(director)
    assert founding is not None
    with pytest.raises(RuleBroken, match="founding"):
        undo(director, founding)
