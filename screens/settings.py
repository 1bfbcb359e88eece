"""The settings: the operator's own, kept in his configuration file, and those of the whole company."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from models.company.actions import change_setting
from models.company.permissions import ADMINISTER
from models.company.settings import SETTINGS, checked_setting, setting
from models.errors import DomainError
from models.language import LANGUAGES, N_, _
from models.text import shown
from screens.kit.dialogs import AskText, PickOne
from screens.kit.themes import AUTOMATIC, LOOKS
from screens.list_body import Body
from screens.shell import shell_of

if TYPE_CHECKING:
    from textual import events

_LANGUAGE_NAMES = {"en": "English", "ru": "Русский"}
_LOOK_NAMES = {AUTOMATIC: N_("as the terminal"), **{look.name: look.title for look in LOOKS}}
_FLAGS = frozenset({"ascii", "notifications"})
_ON_OFF = {"1": N_("yes"), "": N_("no")}


@dataclass(frozen=True, slots=True)
class OwnSetting:
    """One of the operator's own settings: its title and its values with their names (msgids)."""

    name: str
    title: str
    values: Mapping[str, str]


OWN_SETTINGS = (
    OwnSetting("language", N_("Language"), {code: _LANGUAGE_NAMES[code] for code in LANGUAGES}),
    OwnSetting("theme", N_("Colours"), _LOOK_NAMES),
    OwnSetting("ascii", N_("Frames and marks in ASCII only"), _ON_OFF),
    OwnSetting("notifications", N_("Reminders as notifications of the terminal"), _ON_OFF),
)


class SettingsPane(OptionList, Body):
    """All settings, one a line; enter changes the one under the cursor."""

    DEFAULT_CSS = """
    SettingsPane {
        height: 1fr;
        border: none;
        padding: 0;
        background: transparent;
        text-wrap: nowrap;
        text-overflow: ellipsis;
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "select", N_("change"), id="settings.change"),
        Binding("j", "cursor_down", N_("next"), show=False, id="settings.next"),
        Binding("k", "cursor_up", N_("previous"), show=False, id="settings.previous"),
    ]

    def __init__(self) -> None:
        super().__init__(compact=True, markup=False, id="pane-settings")
        self._company: dict[str, str] = {}
        self._at: list[OwnSetting | str | None] = []

    def on_mount(self) -> None:
        """Read the company's settings; the operator's own are at hand."""
        self.hear(frozenset({"setting"}))
        self.focus()

    def on_unmount(self) -> None:
        """Nothing is wanted any more."""
        shell_of(self).gateway.drop(self)

    def on_resize(self, event: events.Resize) -> None:
        """Lines are as wide as the screen."""
        self._draw()

    def hear(self, kinds: frozenset[str]) -> None:
        """Somebody changed a setting."""
        if "setting" in kinds:
            shell_of(self).gateway.ask(self, "settings", _company_settings, self._came, self._failed)

    def speak_again(self) -> None:
        """The language changed."""
        self._draw()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Ask for the new value."""
        event.stop()
        chosen = self._at[event.option_index]
        if isinstance(chosen, OwnSetting):
            choices = [(value, _(title)) for value, title in chosen.values.items()]
            self.app.push_screen(PickOne[str](_(chosen.title), choices), partial(self._own_chosen, chosen.name))
        elif chosen is not None:
            self._ask_company(chosen)

    def _own_chosen(self, name: str, value: str | None) -> None:
        if value is not None:
            shell_of(self).keep_setting(name, bool(value) if name in _FLAGS else value)
            self._draw()

    def _ask_company(self, name: str) -> None:
        kind, title = SETTINGS[name], _(SETTINGS[name].title)
        if not shell_of(self).actor.may(ADMINISTER):
            self.app.notify(_("Only a director changes the settings of the company."), severity="warning", timeout=6)
        elif kind.allowed is not None:
            choices = [(value, _(text)) for value, text in kind.allowed.items()]
            self.app.push_screen(PickOne[str](title, choices), partial(self._company_chosen, name))
        else:
            dialog = AskText(title, "", value=self._company.get(name, ""), check=partial(checked_setting, name))
            self.app.push_screen(dialog, partial(self._company_chosen, name))

    def _company_chosen(self, name: str, value: str | None) -> None:
        if value is not None:
            shell = shell_of(self)
            work = partial(change_setting, shell.actor, name, value)
            shell.gateway.write(self, work, lambda _changed: self.hear(frozenset({"setting"})), self._failed)

    def _came(self, settings: dict[str, str]) -> None:
        self._company = settings
        self._draw()

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, DomainError):
            raise error
        self.app.notify(str(error), severity="warning", timeout=10)

    def _draw(self) -> None:
        at = self.highlighted
        rows = list(self._rows())
        self._at = [setting for setting, _text in rows]
        self.clear_options()
        self.add_options([Option(text, disabled=setting is None) for setting, text in rows])
        self.highlighted = 1 if at is None else min(at, len(rows) - 1)

    def _rows(self) -> list[tuple[OwnSetting | str | None, Content]]:
        width = min(58, max(24, self.size.width - 20))
        own = shell_of(self).own_settings()
        rows: list[tuple[OwnSetting | str | None, Content]] = [(None, _heading(_("Yours")))]
        for mine in OWN_SETTINGS:
            rows.append((mine, _row(_(mine.title), _own_value(mine, own[mine.name]), width)))
        rows += [(None, Content("")), (None, _heading(_("The whole company's")))]
        for name, kind in SETTINGS.items():
            value = self._company.get(name, "")
            rows.append((name, _row(_(kind.title), _((kind.allowed or {}).get(value, value)), width)))
        return rows


def _company_settings() -> dict[str, str]:
    return {name: setting(name) for name in SETTINGS}


def _own_value(mine: OwnSetting, value: Any) -> str:
    code = ("1" if value else "") if isinstance(value, bool) else str(value)
    return _(mine.values.get(code, code))


def _heading(text: str) -> Content:
    return Content.styled(f" {shown(text)}", "bold $accent")


def _row(title: str, value: str, width: int) -> Content:
    return Content.assemble(f"   {shown(title)[:width].ljust(width)}  ", (shown(value), "bold"))
