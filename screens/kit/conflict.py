"""Two people changed one record: field by field, as it was, mine, theirs, and which of the two is to stay."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType

from models.language import N_, _
from screens.kit.comparison import Comparison, Side, SideWords


class ConflictView(Comparison):
    """The answer is for each field ``mine`` or ``theirs``; None goes back to the form with all that was typed."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("m,left", "take('mine')", N_("take mine"), id="conflict.mine"),
        Binding("t,right", "take('theirs')", N_("take theirs"), id="conflict.theirs"),
        Binding("M", "take_all('mine')", N_("take all of mine"), id="conflict.all-mine"),
        Binding("T", "take_all('theirs')", N_("take all of theirs"), id="conflict.all-theirs"),
        Binding("enter,ctrl+s", "save", N_("save"), id="conflict.save"),
    ]

    def __init__(self, operator: str, sides: Sequence[Side]) -> None:
        about = _("{operator} saved this record while you were editing it. Nothing of yours is lost.")
        words = SideWords(_("mine"), _("theirs"), _("as it was"))
        super().__init__(_("Changed by two"), about.format(operator=operator or _("Somebody")), sides, words)
