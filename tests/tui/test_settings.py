"""The configuration file: what it can say, and what is said of what it cannot."""

from dataclasses import fields
from pathlib import Path

import pytest

from models.language import use_language
from tui.settings import Settings, documented, load_settings, read_settings, settings_path

FILE = Path("turbofly.toml")

WHOLE = """
database = "postgresql://db.example/dealer"
operator = "anna"
language = "ru"
theme = "light"
ascii = true
notifications = false

[keymap]
"list.down" = "n,down"
"""


def test_every_setting_can_be_set() -> None:
    settings, problems = read_settings(WHOLE, FILE)
    assert problems == ()
    assert settings == Settings(
        "postgresql://db.example/dealer", "anna", "ru", "light", True, False, {"list.down": "n,down"}
    )


def test_an_empty_file_means_the_defaults() -> None:
    assert read_settings("", FILE) == (Settings(), ())


@pytest.mark.parametrize(
    ("text", "line", "name", "said"),
    [
        ('# colours\ntheme = "pink"', 2, "theme", '"dark", "light", "16"'),
        ('language = "de"', 1, "language", '"en", "ru"'),
        ("ascii = 1", 1, "ascii", "true or false"),
        ("database = 5", 1, "database", "a text in quotation marks"),
        ('operator = ""', 1, "operator", "a text in quotation marks"),
        ('\n\n[keymap]\n"list.down" = 5', 3, "keymap", "keys in quotation marks"),
        ('keymap = "x"', 1, "keymap", "keys in quotation marks"),
        ('colour = "red"', 1, "colour", "database, operator, language, theme, ascii, notifications, keymap"),
        ("[window]\nwidth = 80", 1, "window", "There is no such setting"),
    ],
)
def test_what_cannot_be_used_is_reported_with_line_name_and_what_is_allowed(
    text: str, line: int, name: str, said: str
) -> None:
    settings, [problem] = read_settings(text, FILE)
    assert settings == Settings()
    assert (problem.line, problem.name) == (line, name)
    assert said in problem.fault
    assert str(problem).startswith(f"turbofly.toml:{line}: {name}: ")


def test_one_bad_setting_leaves_the_others_in_force() -> None:
    settings, problems = read_settings('theme = "pink"\noperator = "anna"', FILE)
    assert settings.operator == "anna"
    assert len(problems) == 1


def test_a_file_that_is_no_toml_is_reported_with_its_line() -> None:
    _settings, [problem] = read_settings('theme = "dark"\noperator = anna', FILE)
    assert problem.line == 2


def test_a_file_that_was_named_must_be_there(tmp_path: Path) -> None:
    _settings, [problem] = load_settings({"TURBOFLY_CONFIG": str(tmp_path / "none.toml")})
    assert "TURBOFLY_CONFIG" in problem.fault


def test_without_a_file_nothing_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    assert load_settings({}) == (Settings(), ())


def test_the_file_of_the_variable_is_read(tmp_path: Path) -> None:
    chosen = tmp_path / "other.toml"
    chosen.write_text('operator = "boris"', encoding="utf-8")
    settings, _problems = load_settings({"TURBOFLY_CONFIG": str(chosen)})
    assert settings.operator == "boris"


def test_a_file_that_cannot_be_read_is_reported(tmp_path: Path) -> None:
    chosen = tmp_path / "other.toml"
    chosen.write_bytes(b'operator = "\xff"')
    _settings, [problem] = load_settings({"TURBOFLY_CONFIG": str(chosen)})
    assert problem.path == chosen


def test_the_file_stands_in_the_users_configuration_directory() -> None:
    assert settings_path({}).parts[-2:] == ("turbofly", "turbofly.toml")


@pytest.mark.parametrize("language", ["en", "ru"])
def test_every_setting_is_documented(language: str) -> None:
    use_language(language)
    rows = documented()
    assert [name for name, _allowed, _says in rows] == [one.name for one in fields(Settings)]
    assert all(allowed and says for _name, allowed, says in rows)
