"""The messages of one thread as a short list beside the text."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType

from models.listing import Sort
from models.mail.lists import MESSAGES
from models.table_listing import TableListing
from screens.kit.record_table import RecordTable
from screens.kit.table_keys import TABLE_BINDINGS
from screens.list_view import state_labels

if TYPE_CHECKING:
    from screens.kit.gateway import Gateway

_KEYS = frozenset({"open", "down", "up", "page_down", "page_up", "top", "bottom"})


class ThreadTable(RecordTable, inherit_bindings=False):
    """The thread, the oldest message first; only walked and opened: all other keys are the message's."""

    BINDINGS: ClassVar[list[BindingType]] = [key for key in TABLE_BINDINGS if key.action in _KEYS]

    def __init__(self, gateway: Gateway) -> None:
        super().__init__(gateway, state_labels=state_labels(MESSAGES))
        self._thread = 0
        self.choose_columns(("moment", "correspondent"))

    def show(self, thread: int, message_id: int) -> None:
        """Show this thread with the cursor on this message."""
        if thread != self._thread:
            self._thread = thread
            listing = TableListing.of(MESSAGES).with_filter(f"thread:{thread}")
            self.set_listing(listing.with_sort(Sort("moment")))
        self.go_to(message_id)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Clicks sort other lists."""
        return action in _KEYS
