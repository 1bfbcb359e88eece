"""The command line speaks the operator's language: our messages, click's, and what it says of the configuration."""

from __future__ import annotations

from pathlib import Path

from tests.tui.command_line.test_exit_codes import process


def test_the_help_is_russian_where_the_option_asks_for_it() -> None:
    ran = process("--lang", "ru", "--help", LC_ALL="C.UTF-8")
    assert "Вызов: turbofly" in ran.out
    assert "Показать эту справку." in ran.out
    assert "Show" not in ran.out


def test_clicks_own_complaints_are_russian_with_their_plurals() -> None:
    assert "Не указан аргумент 'QUERY...'" in process("--lang", "ru", "key").err
    assert "Параметру --kind нужно 1 значение." in process("--lang", "ru", "find", "--kind").err
    assert "Лишние аргументы: b c" in process("--lang", "ru", "operator", "disable", "a", "b", "c").err


def test_problems_of_the_configuration_are_told_in_the_language_that_it_chooses(tmp_path: Path) -> None:
    configuration = tmp_path / "turbofly.toml"
    configuration.write_text('language = "ru"\ncolour = "red"\n', encoding="utf-8")
    ran = process("--database", tmp_path / "none.db", "key", "4433", TURBOFLY_CONFIG=str(configuration))
    assert f"{configuration}:2: colour: Такой настройки нет" in ran.err
