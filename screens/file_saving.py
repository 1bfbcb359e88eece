"""What is done to attached files wherever they are shown: saved to disk, where the operator says; removed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from exporters.saved_file import downloads, save_file
from models.errors import DomainError
from models.files.actions import remove_file
from models.files.paths import existing_folder, typed_path
from models.files.queries import file_content, file_line
from models.language import _, ngettext
from models.text import shown
from screens.kit.ask_path import AskPath
from screens.kit.dialogs import Confirm

if TYPE_CHECKING:
    from screens.section import FrameScreen


def ask_where(screen: FrameScreen, ids: Sequence[int], then: Callable[[], object] = lambda: None) -> None:
    """Ask for the folder, or for one file its new name; save them there, then call ``then``."""
    if not ids:
        return
    number = len(ids)
    prompt = ngettext(
        "A folder, or the name of a new file.", "A folder for the {number} files.", number
    ).format(number=number)  # fmt: skip
    value = f"{downloads()}/"
    check = typed_path if number == 1 else existing_folder
    dialog = AskPath(screen.shell.gateway, _("Save to disk"), prompt, value=value, check=check)
    screen.app.push_screen(dialog, partial(_save, screen, ids, then))


def _save(screen: FrameScreen, ids: Sequence[int], then: Callable[[], object], text: str | None) -> None:
    if text is None:
        return
    target = typed_path(text)

    def saved(paths: list[Path]) -> None:
        then()
        told = shown(str(paths[0] if len(paths) == 1 else target))
        message = ngettext("Saved: {place}", "{number} files saved to {place}", len(paths))
        screen.notify(message.format(place=told, number=len(paths)), timeout=8)

    screen.shell.gateway.ask(screen, "save", partial(save_files, ids, target), saved, partial(tell_failure, screen))


def save_files(ids: Sequence[int], target: Path) -> list[Path]:
    """Write the contents of attached files to a folder, or of one to a file; returns where they are."""
    return [save_file(target, file_line(file_id).name, file_content(file_id)) for file_id in ids]


def ask_to_remove(screen: FrameScreen, file_id: int, then: Callable[[], object]) -> None:
    """Ask, remove the file, call ``then``."""

    def named(name: str) -> None:
        question = _("Remove “{name}” from the record? u brings it back.").format(name=name)
        screen.app.push_screen(Confirm(_("Remove a file"), question, yes=_("Remove")), answered)

    def answered(yes: bool | None) -> None:
        if yes:
            work = partial(remove_file, screen.shell.actor, file_id)
            screen.shell.gateway.write(screen, work, lambda _nothing: then(), partial(tell_failure, screen))

    read = partial(file_line, file_id)
    screen.shell.gateway.ask(screen, "file", read, lambda line: named(line.name), partial(tell_failure, screen))


def tell_failure(screen: FrameScreen, error: Exception) -> None:
    """Say what was refused; a mistake of the program stays one."""
    if not isinstance(error, DomainError):
        raise error
    screen.notify(str(error), severity="warning", timeout=15)
