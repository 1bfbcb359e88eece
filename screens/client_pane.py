"""The list of clients: two marked ones can be merged."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType

from models.cards.bulk import marked_ids
from models.company.permissions import EDIT_CLIENTS
from models.language import N_, _
from screens.kit import marks
from screens.list_pane import SectionPane
from screens.shell import shell_of


class ClientPane(SectionPane):
    """The list of clients."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("m", "merge", N_("merge two marked ones"), show=False, id="clients.merge")
    ]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Hide the key of who may not edit clients."""
        if action == "merge":
            return shell_of(self).actor.may(EDIT_CLIENTS)
        return super().check_action(action, parameters)

    def action_merge(self) -> None:
        """Merge the two marked clients; one, or the client under the cursor, with another that is picked."""
        from screens.merging import Merging

        merging, table = Merging(self, self._merged), self.table
        number = table.marks.number(table.total)
        if number is None or number > 2:
            self.app.notify(_("Two clients are merged at a time: mark two."), severity="warning")
            return
        marked = list(marked_ids(self.listing, table.marks.__contains__)) if table.marks.all_but else table.marks.ids
        clients = sorted(marked) or [client for client in (table.cursor_id,) if client is not None]
        if len(clients) == 2:
            merging.compare(*clients)
        elif clients:
            merging.begin(clients[0])

    def _merged(self, survivor_id: int, _other_id: int) -> None:
        self.table.set_marks(marks.NONE)
        self.table.refresh_rows()
