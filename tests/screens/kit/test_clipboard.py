"""Copying inside tmux: the text goes to tmux by its own command."""

import threading
from pathlib import Path

import pytest

from screens.kit.clipboard import give_to_tmux


@pytest.fixture
def a_tmux(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A command that writes down what it is given, in the place of tmux."""
    taken = tmp_path / "taken"
    command = tmp_path / "tmux"
    command.write_text(f'#!/bin/sh\n{{ echo "$@"; cat; }} > "{taken}"\n', encoding="utf-8")
    command.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    return taken


def finish_copying() -> None:
    for thread in threading.enumerate():
        if thread.name == "clipboard":
            thread.join()


def test_inside_tmux_the_text_goes_to_its_buffer_and_the_terminal(
    a_tmux: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMUX", "/tmp/tmux-1000/default,1,0")
    give_to_tmux("ключ 0A1F-4433")
    finish_copying()
    assert a_tmux.read_text(encoding="utf-8") == "load-buffer -w -\nключ 0A1F-4433"


def test_elsewhere_nothing_is_run(a_tmux: Path) -> None:
    give_to_tmux("0A1F-4433")
    finish_copying()
    assert not a_tmux.exists()


def test_a_missing_tmux_is_no_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMUX", "/tmp/tmux-1000/default,1,0")
    monkeypatch.setenv("PATH", str(tmp_path))
    failures: list[object] = []
    monkeypatch.setattr(threading, "excepthook", failures.append)
    give_to_tmux("0A1F-4433")
    finish_copying()
    assert failures == []
