"""Asking for a path: tab completes it from the names that are there, the arrows choose among them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.widgets import Input, OptionList

from models.files.paths import existing_file
from screens.kit.ask_path import AskPath
from screens.kit.gateway import Gateway
from tests.screens.kit.table_app import no_connection
from tests.screens.kit.test_dialogs import NOTHING_YET, Asking
from tests.screens.small_company import type_text, until


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with three files and a folder."""
    for name in ("акт 1.pdf", "акт 2.pdf", "scan.png"):
        (tmp_path / name).touch()
    (tmp_path / "scans").mkdir()
    (tmp_path / "scans" / "[red]x.pdf").touch()
    return tmp_path


@pytest.fixture
def dialog(folder: Path) -> Iterator[AskPath]:
    """A question for a file that begins in the folder."""
    gateway = Gateway(no_connection, lambda error: None)
    yield AskPath(gateway, "Attach a file", "The file.", value=f"{folder}/", check=existing_file)
    gateway.close()


async def test_tab_completes_as_far_as_the_names_agree_and_the_arrows_choose(dialog: AskPath, folder: Path) -> None:
    app = Asking(dialog)
    async with app.run_test(size=(80, 24)) as pilot:
        entry, names = dialog.query_one(Input), dialog.query_one(OptionList)
        await until(pilot, lambda: names.option_count == 4)
        await pilot.press("а", "tab")
        await until(pilot, lambda: entry.value == f"{folder}/акт ")
        await until(pilot, lambda: names.option_count == 2)
        await pilot.press("down", "down", "tab")
        await until(pilot, lambda: entry.value == f"{folder}/акт 2.pdf")
        await pilot.press("enter")
        assert app.answer == f"{folder}/акт 2.pdf"


async def test_a_folder_is_gone_into_and_a_name_that_looks_like_markup_is_shown_as_it_is(
    dialog: AskPath, folder: Path
) -> None:
    app = Asking(dialog)
    async with app.run_test(size=(80, 24)) as pilot:
        entry = dialog.query_one(Input)
        await type_text(pilot, "scans")
        await pilot.press("tab")
        await until(pilot, lambda: entry.value == f"{folder}/scans/")
        await pilot.press("tab")
        await until(pilot, lambda: entry.value == f"{folder}/scans/[red]x.pdf")
        await pilot.press("enter")
        assert app.answer == f"{folder}/scans/[red]x.pdf"


async def test_what_is_no_file_is_said_and_asked_for_again(dialog: AskPath) -> None:
    app = Asking(dialog)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter")
        assert app.answer is NOTHING_YET
        await type_text(pilot, "nowhere")
        await pilot.press("tab", "enter", "escape")
        assert app.answer is None
