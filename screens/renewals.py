"""What ends in the next 30, 60 or 90 days, by client, with one key for a renewal quote; and a calendar of all ends."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from models.clock import today
from models.company.permissions import EDIT_SALES
from models.errors import DomainError
from models.kinds import RecordRef
from models.language import N_, _, ngettext
from models.licensing.renewals import WHATS, ClientRenewals, RenewalItem, What, expiry_days, renewal_quote, renewals
from models.text import shown
from screens.figures_body import PATIENCE_SECONDS
from screens.kit.cells import cell_text
from screens.kit.chart import heat
from screens.kit.dialogs import PickOne
from screens.kit.glyphs import glyphs
from screens.list_body import Body
from screens.own_company import ask_company
from screens.renewal_table import RenewalTable
from screens.shell import shell_of

if TYPE_CHECKING:
    from textual.app import ComposeResult

_PERIODS = (30, 60, 90)
_CHOICES: tuple[What | None, ...] = (None, "licence", "maintenance")
_WEEKS = 26
_ROOM_FOR_CALENDAR = 26
"""So many lines high the list has to be for the calendar to stand below it without being asked for."""
_MONTHS = (
    N_("Jan"), N_("Feb"), N_("Mar"), N_("Apr"), N_("May"), N_("Jun"), N_("Jul"), N_("Aug"), N_("Sep"), N_("Oct"),
    N_("Nov"), N_("Dec"),
)  # fmt: skip
_WEEKDAYS = (N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun"))
_STEPS = (1, 2, 4, 10)
"""From how many ends on a day has the next darker shade."""


class RenewalsBody(Vertical, Body):
    """What ends, by client."""

    KINDS: ClassVar[frozenset[str]] = frozenset({"licence", "client", "product", "interaction", "document"})
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "quote", N_("renewal quote"), id="renewals.quote"),
        Binding("t", "period", N_("30, 60, 90 days"), id="renewals.period"),
        Binding("w", "what", N_("licences, maintenance"), id="renewals.what"),
        Binding("v", "calendar", N_("calendar"), id="renewals.calendar"),
    ]
    DEFAULT_CSS = """
    RenewalsBody {
        & > .renewals--head { height: 1; padding: 0 2; color: $text-muted; }
        & > .renewals--calendar { height: auto; padding: 0 2; border-top: solid $border-blurred; display: none; }
    }
    """

    def __init__(self, tab: str) -> None:
        super().__init__(id=f"pane-{tab}")
        self.days = _PERIODS[0]
        self.what: What | None = None
        self.lines = RenewalTable()
        self._found: list[ClientRenewals] = []
        self._wants_calendar: bool | None = None

    def compose(self) -> ComposeResult:
        """What is listed, the lines, the calendar."""
        yield Static("", classes="renewals--head", markup=False)
        yield self.lines
        yield Static("", classes="renewals--calendar", markup=False)

    def on_mount(self) -> None:
        """Read."""
        self.lines.focus()
        self.ask()

    def ask(self) -> None:
        """Read anew what ends."""
        first = today()
        work = partial(renewals, first, first + dt.timedelta(days=self.days), what=self.what)
        shell_of(self).gateway.ask(self, "figures", work, self._came, self._failed)
        self.set_timer(PATIENCE_SECONDS, self._say_it_takes_long)
        last = _monday(first) + dt.timedelta(days=7 * _WEEKS - 1)
        kept = partial(expiry_days, first, last, self.what or "licence")
        shell_of(self).gateway.ask(self, "calendar", kept, self._show_calendar, self._failed)

    def _say_it_takes_long(self) -> None:
        if shell_of(self).gateway.is_asked(self, "figures"):
            self.query_one(".renewals--head", Static).update(Content(_("Counting…")))

    def _came(self, found: list[ClientRenewals]) -> None:
        self._found = found
        self._say()
        self.lines.show(found)
        self.screen.refresh_bindings()

    def _say(self) -> None:
        number = sum(len(one.items) for one in self._found)
        what = _("licences and maintenance") if self.what is None else _(WHATS[self.what])
        said = ngettext("{what}, {days} days: {number} ends", "{what}, {days} days: {number} end", number)
        text = said.format(what=what, days=self.days, number=cell_text(number, "integer", {}))
        clients = ngettext("{number} client", "{number} clients", len(self._found)).format(
            number=cell_text(len(self._found), "integer", {})
        )
        self.query_one(".renewals--head", Static).update(Content(shown(f"{text}, {clients}")))
        nothing = ngettext("Nothing ends within {days} day.", "Nothing ends within {days} days.", self.days)
        more = _("t shows more days.")
        self.lines.empty_text = f"{nothing.format(days=self.days)} {more}"

    def _failed(self, error: Exception) -> None:
        reason = str(error) if isinstance(error, DomainError) else f"{type(error).__name__}: {error}"
        self.app.notify(_("It cannot be read: {reason}").format(reason=reason), severity="warning", timeout=10)

    # The calendar

    def _show_calendar(self, days: dict[dt.date, int]) -> None:
        drawn = glyphs(self.app).shades
        lines = calendar_lines(days, today(), drawn)
        self.query_one(".renewals--calendar", Static).update(Content("\n".join(lines)))
        self._share()

    def _share(self) -> None:
        fits = self.size.height >= _ROOM_FOR_CALENDAR
        calendar = self.query_one(".renewals--calendar", Static)
        calendar.display = fits if self._wants_calendar is None else self._wants_calendar

    def on_resize(self) -> None:
        """The calendar stands where there is room."""
        self._share()

    def action_calendar(self) -> None:
        """Show the calendar, or no longer."""
        self._wants_calendar = not self.query_one(".renewals--calendar", Static).display
        self._share()

    # Keys

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A quote is made by who may sell, for a client."""
        if action == "quote":
            return True if self.lines.here is not None and shell_of(self).actor.may(EDIT_SALES) else None
        return True

    def action_period(self) -> None:
        """The next longer period; after the longest the shortest."""
        self.days = _PERIODS[(_PERIODS.index(self.days) + 1) % len(_PERIODS)]
        self.ask()

    def action_what(self) -> None:
        """Licences, their maintenance, or both."""
        self.what = _CHOICES[(_CHOICES.index(self.what) + 1) % len(_CHOICES)]
        self.ask()

    def action_quote(self) -> None:
        """One quote for what is marked of the client under the cursor; for all of it where nothing is."""
        here = self.lines.here
        if here is None:
            return
        items = self.lines.marked_of(here.client)
        whats = [what for what in WHATS if any(item.what == what for item in items)]
        if len(whats) == 1:
            self._quote(here.client, items, whats[0])
            return
        choices = [(what, f"{_(WHATS[what])}: {sum(item.what == what for item in items)}") for what in whats]
        picker = PickOne[What](_("A quote for which?"), choices)
        self.app.push_screen(picker, partial(self._quote, here.client, items))

    def _quote(self, client: ClientRenewals, items: list[RenewalItem], what: What | None) -> None:
        if what is not None:
            ids = [item.licence_id for item in items if item.what == what]
            ask_company(self.screen, partial(self._write_quote, client.client_id, ids, what))

    def _write_quote(self, client: int, ids: list[int], what: What, company: int | None) -> None:
        shell = shell_of(self)
        work = partial(renewal_quote, shell.actor, client, ids, what, company)
        shell.gateway.write(self, work, self._quoted, self._refused)

    def _quoted(self, quote: int) -> None:
        self.lines.marks = frozenset()
        self.app.notify(_("A quote is made. u takes it back."))
        shell_of(self).open_record(RecordRef("document", quote))

    def _refused(self, error: Exception) -> None:
        if not isinstance(error, DomainError):
            raise error
        self.app.notify(str(error), severity="warning", timeout=15)

    def on_renewal_table_opened(self) -> None:
        """The client, or the licence."""
        if self.lines.here is not None:
            shell_of(self).open_record(self.lines.here.ref)

    def on_renewal_table_moved(self) -> None:
        """Something may be done now."""
        self.screen.refresh_bindings()

    # What the screen asks

    def hear(self, changed: frozenset[str]) -> None:
        """Records changed: read anew."""
        if changed & self.KINDS:
            self.ask()

    def record_here(self) -> RecordRef | None:
        """The client or licence under the cursor: a contact is logged with it."""
        return None if self.lines.here is None else self.lines.here.ref

    def enter(self) -> None:
        """The tab is shown again."""
        self.lines.focus()

    def speak_again(self) -> None:
        """The language changed."""
        self.ask()


def _monday(day: dt.date) -> dt.date:
    return day - dt.timedelta(days=day.weekday())


def calendar_lines(days: dict[dt.date, int], first: dt.date, shades: str) -> list[str]:
    """Half a year from a day on: a column for each week, a line for each day of the week; the more, the darker."""
    monday = _monday(first)
    weeks = [monday + dt.timedelta(days=7 * week) for week in range(_WEEKS)]
    rows = [
        [_level(days, week + dt.timedelta(days=weekday), first) for week in weeks] for weekday in range(7)
    ]  # fmt: skip
    drawn = heat(rows, shades)
    labels = [_(name) for name in _WEEKDAYS]
    width = max(len(label) for label in labels)
    legend = [f"{shades[0]} 0", *(f"{shade} {_upward(level)}" for level, shade in enumerate(shades[1:]))]
    return [
        " " * (width + 1) + _months(weeks),
        *(f"{label.ljust(width)} {line}" for label, line in zip(labels, drawn, strict=True)),
        _("ends on a day: {legend}").format(legend="   ".join(legend)),
    ]


def _level(days: dict[dt.date, int], day: dt.date, first: dt.date) -> int:
    """How dark a day is; -1 for one that is past."""
    return -1 if day < first else sum(days.get(day, 0) >= step for step in _STEPS)


def _upward(level: int) -> str:
    least = _STEPS[level]
    most = _STEPS[level + 1] - 1 if level + 1 < len(_STEPS) else None
    return f"{least}+" if most is None else str(least) if most == least else f"{least}–{most}"


def _months(weeks: list[dt.date]) -> str:
    """The names of the months above the weeks in which they begin."""
    line = ""
    for column, week in enumerate(weeks):
        if (column == 0 or week.day <= 7) and len(line) <= column * 2:
            line = line.ljust(column * 2) + _(_MONTHS[week.month - 1]) + " "
    return line
