"""The card of an attached file: its name and note, what it is attached to; from here, too, it is saved or removed."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType

from models.company.permissions import ATTACH_FILES
from models.language import N_
from screens.card import CardScreen
from screens.file_saving import ask_to_remove, ask_where


class FileCard(CardScreen):
    """The content is never opened or run: it is written to disk, where the operator's own programs open it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("w", "save_to_disk", N_("save to disk"), id="file.save"),
        Binding("delete", "remove", N_("remove"), id="file.remove"),
    ]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A file carries no files; only who may attach may remove."""
        match action:
            case "files":
                return False
            case "save_to_disk" | "remove" if self.form.is_editing:
                return False
            case "remove" if not self.shell.actor.may(ATTACH_FILES):
                return None
        return super().check_action(action, parameters)

    def action_save_to_disk(self) -> None:
        """Ask where to."""
        ask_where(self, [self.ref.id])

    def action_remove(self) -> None:
        """Ask, remove the file, go back to where it was opened."""
        ask_to_remove(self, self.ref.id, self.shell.go_back)
