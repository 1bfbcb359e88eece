"""Saving a PDF where the operator wants it: the path is asked for, the file made in a thread, and said where it is."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from exporters.saved_file import downloads, free_path, save_file
from models.files.paths import typed_path
from models.language import _
from models.text import shown
from screens.file_saving import tell_failure
from screens.kit.ask_path import AskPath

if TYPE_CHECKING:
    from screens.section import FrameScreen


def ask_where_to_save(screen: FrameScreen, name: str, make: Callable[[], bytes]) -> None:
    """Ask for a file or a folder, proposing a free one in the downloads, and write there what ``make`` returns."""
    value = str(free_path(downloads(), name))
    prompt = _("The PDF file, or a folder for it.")
    dialog = AskPath(screen.shell.gateway, _("Print"), prompt, value=value, check=typed_path)
    screen.app.push_screen(dialog, partial(_save, screen, name, make))


def _save(screen: FrameScreen, name: str, make: Callable[[], bytes], text: str | None) -> None:
    if text is None:
        return
    target = typed_path(text)

    def work() -> Path:
        return save_file(target, name, make())

    screen.shell.gateway.ask(screen, "print", work, partial(_saved, screen), partial(tell_failure, screen))


def _saved(screen: FrameScreen, path: Path) -> None:
    screen.notify(_("Printed: {file}").format(file=shown(str(path))), timeout=8)
