"""The numbers that came with a line of a receipt: keys for our stock, codes for the pool."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from models.language import _, ngettext
from models.licensing.receipts import set_received
from models.licensing.received import ReceivedLine, all_taken, check_received, receivable_lines
from screens.kit.dialogs import PickOne
from screens.licence_entry import tell
from screens.number_block import BlockOf, NumberBlock, Numbers
from screens.shell import shell_of

if TYPE_CHECKING:
    from textual.screen import Screen

    from models.actor import Actor


def receive(place: Screen[None], document: int, line: int | None, done: Callable[[], object]) -> None:
    """Ask for the numbers of a line; where none is meant, ask for the line first."""
    work = partial(receivable_lines, document)
    shell_of(place).gateway.ask(place, "received", work, partial(_found, place, line, done), partial(tell, place))


def _found(place: Screen[None], line: int | None, done: Callable[[], object], lines: list[ReceivedLine]) -> None:
    by_id = {one.id: one for one in lines}
    if not lines:
        place.app.notify(_("No line of this receipt brings keys or codes."), severity="warning")
    elif line in by_id:
        _ask(place, done, by_id[line])
    elif len(lines) == 1:
        _ask(place, done, lines[0])
    else:
        choices = [(one.id, f"{one.position}  {one.product}  {len(one.numbers)}/{one.quantity}") for one in lines]
        picker = PickOne[int](_("The numbers of which line?"), choices)
        place.app.push_screen(picker, partial(_picked, place, done, by_id))


def _picked(
    place: Screen[None], done: Callable[[], object], lines: Mapping[int, ReceivedLine], line: int | None
) -> None:  # fmt: skip
    if line is not None:
        _ask(place, done, lines[line])


def _ask(place: Screen[None], done: Callable[[], object], line: ReceivedLine) -> None:
    about = (
        _("The numbers of the keys that came: posting puts them into stock.")
        if line.of_keys
        else _("The codes that came: posting puts them into the pool.")
    )
    block = BlockOf(
        _("Line {line}: {product}").format(line=line.position, product=line.product),
        about + "\n" + _("A number on a line, or a range as A-001..A-020."),
        partial(check_received, line.id),
        partial(_set, shell_of(place).actor, line.id),
        line.quantity,
        text="\n".join(line.numbers),
        may_be_empty=bool(line.numbers),
    )
    place.app.push_screen(NumberBlock(block), partial(_kept, place, done))


def _set(actor: Actor, line: int, numbers: Numbers, _values: Mapping[str, Any]) -> int:
    return all_taken(set_received(actor, line, [one.number for one in numbers]))


def _kept(place: Screen[None], done: Callable[[], object], number: int | None) -> None:
    if number is not None:
        text = ngettext("{number} number is kept with the line.", "{number} numbers are kept with the line.", number)
        place.app.notify(f"{text.format(number=number)} {_('u takes it back.')}")
        done()
