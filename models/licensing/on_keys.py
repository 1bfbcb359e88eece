"""What is on a protection key: its licences that have not ended."""

from __future__ import annotations

from models.errors import RuleBroken
from models.keys.events import KeyComesBack
from models.language import _
from models.licensing.tables import Licence
from models.licensing.vocabulary import ENDED_STATES
from models.writing import Change


def living_on(key_id: int) -> list[Licence]:
    """The licences on a key that have not ended, in the order in which they were entered."""
    living = (Licence.key == key_id) & Licence.state.not_in(sorted(ENDED_STATES))
    return list(Licence.select().where(living).order_by(Licence.id))


def refuse_with_licences(_change: Change, event: KeyComesBack) -> None:
    """A key comes back to us only when no licence is left on it that somebody uses."""
    living = living_on(event.key)
    if living:
        raise RuleBroken(
            "key",
            _("Licence {number} of {client} is still on this key.").format(
                number=living[0].number, client=living[0].client.name
            ),
            _("Move it to another key, or take it back or revoke it first."),
        )
