"""The disk is full, or another program keeps the database locked: a clear message, and nothing typed is lost."""

from __future__ import annotations

import fcntl
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from models.cards.reading import read_card
from models.database import raw_connection
from models.opening import lock_path
from tests.faults.conftest import problems
from tests.terminal.companies import opened
from tests.terminal.walk import WIDE, Step, Walk, program

pytestmark = pytest.mark.terminal

TO_THE_SAVE = (
    Step(sees="1 Today"),
    Step("2", sees="Лютик"),
    Step("enter", sees="Legal name"),
    Step("e", sees="ctrl+s save"),
    Step(typed=" и Ко", sees="Вектор и Ко"),
    Step("ctrl+s", sees="Back to the form"),
)
LOG_BYTES = 1_000_000


@contextmanager
def no_room_for_files(pid: int) -> Iterator[None]:
    """The process can make no file longer: what a full disk does to the end of a file."""
    unlimited = resource.prlimit(pid, resource.RLIMIT_FSIZE)
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (LOG_BYTES // 2, unlimited[1]))
    try:
        yield
    finally:
        resource.prlimit(pid, resource.RLIMIT_FSIZE, unlimited)


@contextmanager
def long_log(path: Path) -> Iterator[None]:
    """The database's log is long already, and a reader keeps it from being begun anew."""
    connection = raw_connection(path)
    connection.execute("create table filler (text)")
    connection.execute("insert into filler values (zeroblob(?))", (LOG_BYTES,))
    connection.execute("drop table filler")
    connection.execute("begin").execute("select count(*) from client").fetchall()
    yield
    connection.execute("rollback")
    connection.close()


def test_a_full_disk_is_said_and_the_form_can_be_saved_when_there_is_room_again(
    small_company: Path, tmp_path: Path
) -> None:
    with program(small_company, WIDE, tmp_path) as terminal, long_log(small_company):
        walk = Walk(terminal, WIDE)
        walk.go(TO_THE_SAVE)
        with no_room_for_files(terminal.pid):
            walk.go([Step("enter", sees="did not take the change"), Step(sees="Вектор и Ко"), Step(sees="editing")])
            assert problems(small_company) == []
            with opened(small_company):
                assert read_card("client", 2).values["name"] == "Вектор"
        walk.go([Step("ctrl+s", sees="Back to the form"), Step("enter", sees="Saved.")])
        walk.leave()
    assert problems(small_company) == []
    with opened(small_company):
        assert read_card("client", 2).values["name"] == "Вектор и Ко"


@contextmanager
def locked_by_another_program(path: Path) -> Iterator[None]:
    """A tool that knows nothing of our queue of writers writes, and does not end."""
    connection = raw_connection(path)
    connection.execute("begin immediate")
    yield
    connection.execute("rollback")
    connection.close()


@contextmanager
def queue_held_up(path: Path) -> Iterator[None]:
    """A program of ours got to write and was stopped."""
    with lock_path(path).open("a+b") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


@pytest.mark.parametrize("lock", [locked_by_another_program, pytest.param(queue_held_up, marks=pytest.mark.proof)])
def test_a_lock_that_lasts_is_said_and_the_form_keeps_what_was_typed(
    small_company: Path, tmp_path: Path, lock: type
) -> None:
    with program(small_company, WIDE, tmp_path) as terminal:
        walk = Walk(terminal, WIDE)
        walk.go(TO_THE_SAVE)
        with lock(small_company):
            terminal.key("enter")
            terminal.wait_for("keeps the database locked", patience=20)
            walk.go([Step(sees="Вектор и Ко"), Step(sees="editing")])
        walk.go([Step("ctrl+s", sees="Back to the form"), Step("enter", sees="Saved.")])
        walk.leave()
    assert problems(small_company) == []
