"""What every test stands on: a home of its own, English, nothing of the operator's environment, no deadlines."""

import os
from collections.abc import Iterator

import pytest
from hypothesis import settings

from models.language import use_language
from tests.scratch import quick_folder

if folder := quick_folder():
    # Where pytest makes the folders of ``tmp_path``; it reads the variable when the first is wanted.
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(folder))

settings.register_profile("turbofly", deadline=None, print_blob=True)
settings.load_profile("turbofly")

FOREIGN_VARIABLES = (
    "COLORTERM",
    "COLUMNS",
    "FORCE_COLOR",
    "LANG",
    "LC_ALL",
    "LC_MESSAGES",
    "LINES",
    "NO_COLOR",
    "SSH_TTY",
    "TMUX",
    "TURBOFLY_CONFIG",
    "TURBOFLY_DATABASE",
    "TURBOFLY_OPERATOR",
)


@pytest.fixture(autouse=True)
def quiet_surroundings(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No test reads the operator's files or settings, and none leaves its language to the next."""
    for name in FOREIGN_VARIABLES:
        monkeypatch.delenv(name, raising=False)
    home = tmp_path_factory.getbasetemp() / "home"
    home.mkdir(exist_ok=True)
    monkeypatch.setenv("HOME", str(home))
    for name, folder in (
        ("CONFIG", ".config"),
        ("DATA", ".local/share"),
        ("STATE", ".local/state"),
        ("CACHE", ".cache"),
    ):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(home / folder))
    monkeypatch.setenv("TEXTUAL_ANIMATIONS", "none")
    use_language("en")
    yield
    use_language("en")
