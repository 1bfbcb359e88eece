"""The application shell: sections, history, live refresh; what is shown inside is the screens' matter."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar
from weakref import WeakSet

from textual.binding import Binding, BindingType
from textual.widget import Widget

from models.company.permissions import EDIT_CLIENTS, KEEP_REMINDERS
from models.errors import DomainError
from models.language import LANGUAGES, N_, _, current_language
from screens.kit.frame import FrameFacts, TopLine
from screens.kit.themes import after
from screens.section import FrameScreen
from tui.changes import POLL_SECONDS, ChangeWatch
from tui.crash import CRASHED, record, record_thread_failures, say
from tui.daily import FIRST_LOOK_SECONDS, LOOK_SECONDS, DailyWork
from tui.navigation import Records
from tui.notifications import Caller
from tui.preferences import Preferences
from tui.services import Changes, Daily, Services
from tui.signals import Leaving
from tui.terminal_app import TerminalApp

if TYPE_CHECKING:
    from textual.screen import Screen

    from exporters.printing.mailing import Office
    from models.kinds import RecordRef
    from models.writing import Actor
    from screens.kit.drafts import Drafts
    from screens.kit.gateway import Gateway


class TurboFly(TerminalApp):
    """The program on the terminal. It is the ``Shell`` that screens see."""

    TITLE = "TurboFly"
    DEFAULT_MODE = "start"
    """The mode of the first section, whose screen is Textual's default screen: no empty one is made before it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+k,colon", "find_anything", N_("find anything"), priority=True, id="app.find"),
        Binding("question_mark,f1", "help", N_("help"), id="app.help"),
        Binding("escape", "back", N_("one step back"), show=False, id="app.back"),
        Binding("alt+left", "history(-1)", N_("record seen before"), show=False, id="app.history-back"),
        Binding("alt+right", "history(1)", N_("record seen after"), show=False, id="app.history-forward"),
        Binding("u", "undo", N_("undo my last change"), show=False, id="app.undo"),
        Binding("i", "app.log_interaction", N_("log a contact"), show=False, id="app.log"),
        Binding("R", "set_reminder", N_("set a reminder"), show=False, id="app.remind"),
        Binding("exclamation_mark,f7", "due_reminders", N_("reminders due"), show=False, id="app.due"),
        *(
            Binding(str(digit), f"section({digit})", N_("another section"), show=False, id=f"app.section-{digit}")
            for digit in range(10)
        ),
        Binding("f8", "next_language", N_("other language"), show=False, id="app.language"),
        Binding("f9", "next_theme", N_("other colours"), show=False, id="app.theme"),
    ]

    def __init__(self, services: Services) -> None:
        super().__init__(services.settings)
        self.services = services
        self._key_faults: set[str] = set()
        self._attending: WeakSet[FrameScreen] = WeakSet()
        self._records = Records(self, services.openers)
        self._due = 0
        self._caller = Caller(self._toast, self.notify_terminal)
        self._changes = ChangeWatch(
            services.gateway, self, services.changes_since, self._records_changed, self._reading_failed
        )
        self._modes_of_sections = {
            section.id: self.DEFAULT_MODE if section is services.first_to_show else section.id
            for section in services.sections
        }
        self._preferences = Preferences(self)

    def _begin_daily_work(self, daily: Daily) -> None:
        work = DailyWork(self.gateway, self, daily, self._reading_failed)
        self.set_timer(FIRST_LOOK_SECONDS, work.look)
        self.set_interval(LOOK_SECONDS, work.look)

    def get_default_screen(self) -> Screen[Any]:
        """The first section. Its styles are read before any are parsed; ``MODES`` would parse all of them again."""
        screen = self.services.first_to_show.factory()
        for path in screen.css_path:
            self.stylesheet.read(path)
        return screen

    def on_mount(self) -> None:
        """Say what is wrong with the settings, and begin to look for what others change."""
        for section in self.services.sections:
            self.add_mode(self._modes_of_sections[section.id], section.factory)
        for problem in self.services.problems:
            self.notify(str(problem), severity="warning", timeout=15)
        self.call_after_refresh(self._changes.look)  # what is shown comes first
        self.set_interval(POLL_SECONDS, self._changes.look)
        if self.services.daily is not None:
            self._begin_daily_work(self.services.daily)
        if self.services.settings.keymap:
            self.screen_change_signal.subscribe(self, self._check_keys_shown)
            self.call_after_refresh(self._check_keymap)
        self.call_after_refresh(self._offer_drafts)

    def _offer_drafts(self) -> None:
        """After a lost connection or a killed program: offer what was typed and not saved."""
        if self.drafts.pending():
            from screens.card_drafts import offer_drafts

            offer_drafts(self)

    # ── What screens may ask for (screens.shell.Shell)

    def is_opening(self, patience: float) -> bool:
        """Whether the focused widget, or what it stands on, still waits for the first answer of the database."""
        places = (self.focused or self.screen).ancestors_with_self if self.screen_stack else ()
        return any(self.gateway.is_opening(place, patience) for place in places if isinstance(place, Widget))

    @property
    def gateway(self) -> Gateway:
        """The way to everything that takes longer than 10 ms."""
        return self.services.gateway

    @property
    def operator(self) -> str:
        """The login of who works here."""
        return self.services.actor.login

    @property
    def actor(self) -> Actor:
        """Who works here, with his rights: what every action of models wants first."""
        return self.services.actor

    def attending(self) -> list[FrameScreen]:
        """The screens that hear what changes."""
        return list(self._attending)

    def own_settings(self) -> Mapping[str, object]:
        """The operator's own settings as they are in effect, by name."""
        return self._preferences.values()

    def keep_setting(self, name: str, value: object) -> None:
        """Change one of the operator's own settings, now and for the next time."""
        if fault := self._preferences.keep(name, value):
            self.notify(_("The setting cannot be kept: {reason}").format(reason=fault), severity="warning", timeout=10)

    @property
    def office(self) -> Office:
        """The company's templates and mail server, for what is printed and mailed."""
        from exporters.printing.mailing import Office
        from tui.mail_accounts import smtp_server
        from tui.places import templates_folder

        return Office(templates_folder(), lambda: smtp_server(self.services.settings))

    @cached_property
    def drafts(self) -> Drafts:
        """What this operator typed and did not save."""
        from screens.kit.drafts import Drafts, drafts_folder

        return Drafts(drafts_folder(self.services.database), self.operator)

    def attend(self, screen: FrameScreen) -> None:
        """A screen wants to hear what changes."""
        self._attending.add(screen)

    def forget(self, screen: FrameScreen) -> None:
        """A screen is gone."""
        self._attending.discard(screen)

    def frame_facts(self) -> FrameFacts:
        """What the top line says now."""
        open_now = {mode: section for section, mode in self._modes_of_sections.items()}.get(self.current_mode, "")
        names = tuple(section.name for section in self.services.sections)
        return FrameFacts(names, open_now, self._due, self.operator)

    def open_record(self, ref: RecordRef) -> None:
        """Show a record's card and remember it in the history."""
        self._records.open(ref)

    def go_back(self) -> None:
        """One step back: inside the screen if it has something to leave, else to the screen below."""
        screen = self.screen
        if isinstance(screen, FrameScreen) and (screen.step_back() or not screen.may_leave()):
            return
        if len(self.screen_stack) > 1:
            self.pop_screen()

    # ── Actions

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Hide the keys of what is not there."""
        match action:
            case "find_anything":
                return self.services.find_anything is not None and not self.screen.is_modal
            case "section":
                return any(section.digit == parameters[0] for section in self.services.sections)
            case "undo":
                return self.services.undo_last is not None
            case "log_interaction":
                return self._shown_frame is not None and self.actor.may(EDIT_CLIENTS)
            case "set_reminder":
                return self._shown_frame is not None and self.actor.may(KEEP_REMINDERS)
            case "due_reminders":
                return self.actor.operator_id is not None
        return True

    def action_section(self, digit: int) -> None:
        """Show another section, as it was left."""
        for section in self.services.sections:
            if section.digit == digit:
                self.switch_mode(self._modes_of_sections[section.id])

    def on_top_line_section_chosen(self, event: TopLine.SectionChosen) -> None:
        """A section was clicked."""
        self.switch_mode(self._modes_of_sections[event.section])

    async def action_back(self) -> None:
        """What esc does."""
        self.go_back()

    def action_history(self, step: int) -> None:
        """Walk through the opened records."""
        self._records.step(step)

    def action_find_anything(self) -> None:
        """Open the one box for everything."""
        if self.services.find_anything is not None:
            self.push_screen(self.services.find_anything())

    def action_help(self) -> None:
        """Show every key that works here."""
        from screens.kit.help import Help, help_groups

        self.push_screen(Help(help_groups(self, self.screen.active_bindings.values())))

    def action_undo(self) -> None:
        """Undo the operator's last change."""
        if self.services.undo_last is not None:
            self.gateway.write(self, self.services.undo_last, self.notify, self._refused)

    @property
    def _shown_frame(self) -> FrameScreen | None:
        """The screen that is shown, below the boxes that may be open: those name its commands, too."""
        return next((screen for screen in reversed(self.screen_stack) if isinstance(screen, FrameScreen)), None)

    def _here(self) -> RecordRef | None:
        frame = self._shown_frame
        return None if frame is None else frame.record_here()

    def action_log_interaction(self) -> None:
        """Log a contact with the client that the screen is about."""
        from screens.contacts import log_interaction_at

        log_interaction_at(self, self._here())

    def action_set_reminder(self) -> None:
        """Set a reminder about the record that the screen is about."""
        from screens.contacts import set_reminder_at

        set_reminder_at(self, self._here())

    def action_due_reminders(self) -> None:
        """Show the reminders that are due."""
        from screens.due import DueReminders

        self.push_screen(DueReminders())

    def on_top_line_due_chosen(self) -> None:
        """The number of reminders was clicked."""
        self.action_due_reminders()

    def action_next_theme(self) -> None:
        """The next colours, now and for the next time."""
        look = after(self.theme)
        self.keep_setting("theme", look.name)
        self.notify(_("Colours: {name}").format(name=_(look.title)))

    def action_next_language(self) -> None:
        """The next language, at once and everywhere, and for the next time."""
        position = LANGUAGES.index(current_language()) + 1
        self.keep_setting("language", LANGUAGES[position % len(LANGUAGES)])

    # ── What comes from outside the screens

    def _records_changed(self, changes: Changes) -> None:
        self._due = changes.due
        self._caller.hear(changes.woken, changes.due, at_start=self._changes.is_first)
        for screen in list(self._attending):
            screen.records_changed(changes.kinds)
            screen.refresh_frame()

    def _toast(self, text: str, seconds: float) -> None:
        self.notify(text, severity="warning", timeout=seconds)

    def _reading_failed(self, fault: str) -> None:
        self.notify(_("The database does not answer: {fault}").format(fault=fault), severity="error", timeout=15)

    def _refused(self, error: Exception) -> None:
        if not isinstance(error, DomainError):
            raise error
        self.notify(str(error), severity="warning", timeout=15)

    def _check_keymap(self) -> None:
        from tui.key_check import bound_classes, keymap_faults

        self._tell_key_faults(keymap_faults(self.services.settings.keymap, type(self), bound_classes()))
        self._check_keys_shown(self.screen)

    def _check_keys_shown(self, screen: Screen[Any]) -> None:
        from tui.key_check import shown_faults

        overrides = self.services.settings.keymap
        screen.call_after_refresh(lambda: self._tell_key_faults(shown_faults(screen, overrides)))

    def _tell_key_faults(self, faults: list[str]) -> None:
        for fault in faults:
            if fault not in self._key_faults:
                self._key_faults.add(fault)
                self.log.warning(fault)
                self.notify(fault, severity="warning", timeout=15)


def run(services: Services) -> int:
    """Run the program on this terminal; the exit status of the process.

    0 after the operator left, 128 + the number of the signal that ended it (143 for SIGTERM, 129 for SIGHUP),
    70 after a failure of the program. The gateway is closed.
    """
    record_thread_failures()
    app = TurboFly(services)
    with Leaving(app.leave) as leaving:
        try:
            app.run()
        except Exception as error:
            app.failed = True
            say(record(error, "starting or stopping"))
    services.gateway.close()
    if leaving.signal_number is not None:
        return 128 + leaving.signal_number
    return CRASHED if app.failed else 0
