"""The pools of vendor codes: how many of each product can be taken, which run low, the codes behind each figure."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import Binding, BindingType

from models.actor import Actor
from models.cards.making import may_make
from models.cards.reading import candidates
from models.company.permissions import EDIT_LICENCES, SEE_COST
from models.errors import DomainError, RuleBroken
from models.fields import Field
from models.kinds import RecordRef
from models.language import N_, NP_, _, ngettext
from models.licensing.pool_lists import CODES, codes_of
from models.licensing.pools import Pool, add_codes, pools, void_code
from models.licensing.received import all_taken, check_codes
from screens.figures_body import Answered, FiguresBody
from screens.kit.cell_grid import GridColumn
from screens.kit.cells import cell_text
from screens.kit.dialogs import AskText
from screens.kit.figure_table import FigureRow
from screens.kit.record_picker import RecordPicker
from screens.kit.reference_input import References
from screens.number_block import BlockOf, NumberBlock, Numbers
from screens.shell import shell_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from models.conditions import Condition
    from models.table_listing import ListDefinition
    from screens.kit.reference_input import Candidate
    from screens.kit.table_messages import Opened

_STATES = {"available": "available", "taken": "taken", "void": "void"}
"""By column: the state of the codes behind it."""
_ABOUT: tuple[Field, ...] = (
    Field("source", N_("Source"), hint=N_("the vendor's order, a letter")),
    Field("cost", N_("Cost of each"), "money", permission=SEE_COST),
    Field("usable_until", N_("Usable until"), "date"),
)


class PoolsBody(FiguresBody):
    """The pools by product; the codes of the one under the cursor."""

    KINDS: ClassVar[frozenset[str]] = frozenset({"vendor_code", "product"})
    COLUMNS: ClassVar[Sequence[GridColumn]] = (
        GridColumn("product", N_("Product")),
        GridColumn("code", N_("Code"), 12),
        GridColumn("available", N_("Available"), 9, right=True),
        GridColumn("taken", NP_("codes", "Taken"), 6, right=True),
        GridColumn("void", NP_("codes", "Void"), 5, right=True),
        GridColumn("unusable", N_("Too late"), 8, right=True),
        GridColumn("low_at", N_("Low at"), 6, right=True),
    )
    FILTERS: ClassVar[tuple[Field, ...]] = ()
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "add_codes", N_("add codes"), id="pools.add"),
        Binding("delete", "void", N_("void the code"), id="pools.void"),
    ]

    def count(self, filters: Mapping[str, Any]) -> Answered:
        """All pools; those that are low are marked, and said."""
        found = pools()
        low = [one for one in found if one.low]
        said = []
        if not found:
            said.append(_("There are no vendor codes yet. n adds the first ones, a receipt brings them, import too."))
        elif low:
            text = ngettext("{number} pool is low: {products}.", "{number} pools are low: {products}.", len(low))
            said.append(text.format(number=len(low), products=", ".join(one.name for one in low[:5])))
        return Answered([_row(one) for one in found], said)

    def behind(self, key: Any, column: str) -> tuple[ListDefinition, Condition] | None:
        """The codes of a pool, of the state that the column counts."""
        return CODES, codes_of(key, _STATES.get(column, ""))

    def ask(self) -> None:
        """Count anew; there is nothing to narrow it by."""
        work = partial(self.count, {})
        shell_of(self).gateway.ask(self, "figures", work, self._came, self._failed)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There are no filters; codes are added and made void by who may edit licences."""
        match action:
            case "filters":
                return False
            case "add_codes":
                return True if shell_of(self).actor.may(EDIT_LICENCES) else None
            case "void":
                table = self.table
                here = table is not None and table.has_focus and table.cursor_id is not None
                return True if here and shell_of(self).actor.may(EDIT_LICENCES) else None
        return super().check_action(action, parameters)

    def on_record_table_opened(self, event: Opened) -> None:
        """A code has no card: enter opens the licence that it was taken for."""
        event.prevent_default()
        work = partial(CODES.links["licence"], event.record_id)
        shell_of(self).gateway.ask(self, "licence", work, self._show_licence, self._failed)

    def _show_licence(self, licence: RecordRef | None) -> None:
        if licence is None:
            self.app.notify(_("This code was not taken for a licence."), timeout=4)
        else:
            shell_of(self).open_record(licence)

    # More codes

    def action_add_codes(self) -> None:
        """Add codes to the pool under the cursor; where there is none, to that of a product that is asked for."""
        here = self.figures.here
        if here is not None:
            self._ask_codes((here[0].key, here[0].cells[0], here[0].cells[1]))
            return
        self._pick_product()

    def _pick_product(self) -> None:
        find = partial(candidates, "product")
        picker = RecordPicker(
            _("Codes of which product?"), shell_of(self).gateway, find, placeholder=_("a part of its name or code")
        )
        self.app.push_screen(picker, self._ask_codes)

    def _ask_codes(self, product: Candidate | None) -> None:
        if product is None:
            return
        shell = shell_of(self)
        block = BlockOf(
            _("Codes: {product}").format(product=product[1]),
            _("A code on a line; they wait in the pool and are taken the oldest first."),
            partial(check_codes, product[0]),
            partial(_add, shell.actor, product[0]),
            fields=tuple(one for one in _ABOUT if not one.permission or shell.actor.may(one.permission)),
            references=References(shell.gateway, candidates, partial(may_make, shell.actor)),
        )
        self.app.push_screen(NumberBlock(block), self._added)

    def _added(self, number: int | None) -> None:
        if number:
            text = ngettext("{number} code is in the pool.", "{number} codes are in the pool.", number)
            self.app.notify(f"{text.format(number=number)} {_('u takes it back.')}")
            self.ask()

    def action_void(self) -> None:
        """Make the code under the cursor void."""
        table = self.table
        if table is not None and table.cursor_id is not None:
            prompt = _("Why is this code not to be given to anybody?")
            dialog = AskText(_("Void the code"), prompt, check=_with_reason)
            self.app.push_screen(dialog, partial(self._void, table.cursor_id))

    def _void(self, code: int, reason: str | None) -> None:
        if reason is not None:
            shell = shell_of(self)
            shell.gateway.write(self, partial(void_code, shell.actor, code, reason), self._voided, self._refused)

    def _voided(self, _changed: bool) -> None:
        self.app.notify(_("Noted. u takes it back."))
        self.ask()

    def _refused(self, error: Exception) -> None:
        if not isinstance(error, DomainError):
            raise error
        self.app.notify(str(error), severity="warning", timeout=10)


def _row(pool: Pool) -> FigureRow:
    numbers = (pool.available, pool.taken, pool.void, pool.unusable)
    counted = (cell_text(number, "integer", {}) if number else "" for number in numbers[1:])
    low_at = "" if pool.low_at is None else cell_text(pool.low_at, "integer", {})
    return FigureRow(
        pool.product, (pool.name, pool.code, cell_text(pool.available, "integer", {}), *counted, low_at), pool.low
    )


def _add(actor: Actor, product: int, numbers: Numbers, values: Mapping[str, Any]) -> int:
    codes = [one.number for one in numbers]
    return all_taken(
        add_codes(actor, product, codes, values.get("source", ""), values.get("cost"), values.get("usable_until"))
    )


def _with_reason(text: str) -> None:
    if not text.strip():
        raise RuleBroken("reason", _("The reason is missing."), _("Say why, in a few words."))
