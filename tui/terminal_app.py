"""How the program treats the terminal and the keyboard, whatever it shows: safe output, both layouts, failures."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.app import App
from textual.binding import Binding, BindingType
from textual.events import Event, Key, Paste
from textual.filter import LineFilter
from textual.notifications import SeverityLevel

from models.language import N_, _
from models.text import shown, shown_lines
from screens.kit.clipboard import give_to_tmux
from screens.kit.glyphs import ASCII, UNICODE
from screens.kit.keymap import key_label, key_name, twin_of
from screens.kit.safety import SafeLines
from screens.kit.themes import LOOKS, Look, look_for
from tui.crash import Failure, record
from tui.notifications import notification
from tui.tidying import Tidying
from tui.typed_ahead import TypedAhead

if TYPE_CHECKING:
    from rich.console import RenderableType
    from textual.driver import Driver

    from tui.settings import Settings


class TerminalApp(App[None]):
    """A Textual app through which nothing from outside speaks to the terminal."""

    ENABLE_COMMAND_PALETTE = False

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f5", "redraw", N_("draw the screen again"), show=False, id="app.redraw"),
        Binding("ctrl+q", "quit", N_("leave the program"), show=False, priority=True, id="app.quit"),
    ]

    def __init__(self, settings: Settings) -> None:
        look = look_for(settings.theme, os.environ)
        self._safe_lines = SafeLines(ascii=settings.ascii)
        super().__init__(ansi_color=look.theme.ansi or None)
        self.glyphs = ASCII if settings.ascii else UNICODE
        self.draft_keepers: set[Callable[[], None]] = set()
        self.failed = False
        self._typed_ahead = TypedAhead(self, self.is_opening)
        self._tidying = Tidying(self)
        self.uses_notifications = settings.notifications
        self._begin_with(look)
        self.set_keymap({name: ",".join(map(key_name, keys.split(","))) for name, keys in settings.keymap.items()})

    def _begin_with(self, look: Look) -> None:
        """Put the look on before anything is parsed; setting ``theme`` would parse all styles three times (30 ms)."""
        for one in LOOKS:
            self.register_theme(one.theme)
        self.set_reactive(TerminalApp.theme, look.theme.name)
        self.set_class(look.theme.dark, "-dark-mode")
        self.set_class(not look.theme.dark, "-light-mode")
        self.stylesheet.set_variables(self.get_css_variables())

    def on_ready(self) -> None:
        """The first screen is drawn."""
        if not self.is_headless:
            self._tidying.begin()

    # ── Looks

    def put_on(self, look: Look) -> None:
        """Show other colours from now on; under NO_COLOR none at all."""
        self.ansi_color = True if self.no_color else None
        self.theme = look.theme.name

    def draw_in_ascii(self, only: bool) -> None:
        """Draw frames and marks in ASCII only, or not."""
        # A new filter, since Textual remembers what each filter made of a line.
        self._safe_lines = SafeLines(ascii=only)
        self.glyphs = ASCII if only else UNICODE
        for widget in self.screen.walk_children(with_self=True):
            widget.notify_style_update()
        self.refresh(layout=True)

    def action_redraw(self) -> None:
        """Draw everything again: a message of the system may have been written over the screen."""
        # Textual gives its driver to nobody; what it would send again, the driver remembers as shown.
        forget = getattr(self._driver, "forget_screen", None)
        if forget is not None:
            forget()
        self.screen.refresh(layout=True)

    # ── Keys

    async def on_event(self, event: Event) -> None:
        """Read a key of the Cyrillic layout as its Latin twin, unless it is typed as text or bound itself."""
        if not isinstance(event, Key | Paste) or event.is_forwarded:
            await super().on_event(event)
            return
        if not self.screen_stack:
            # A key typed behind the one that left the program: the last screen is gone already.
            return
        self._tidying.key_came()
        if not self._typed_ahead.keeps(event):
            target = self.focused or self.screen
            await super().on_event(self._latin(event) if isinstance(event, Key) else event)
            self._typed_ahead.handled(target, event)

    @property
    def keys_wait(self) -> bool:
        """Whether keys wait that were typed faster than the screen follows."""
        return self._typed_ahead.waits

    def is_opening(self, patience: float) -> bool:
        """Whether what the next key is for waits for its first records, for less than ``patience`` seconds by now."""
        return False

    def _latin(self, event: Key) -> Key:
        twin = twin_of(event.key)
        if twin is None:
            return event
        focused = self.focused
        nodes = () if focused is None else focused.ancestors_with_self
        if any(node.check_consume_key(event.key, event.character) for node in nodes):
            return event
        active = self.screen.active_bindings
        return Key(twin, None) if twin in active and event.key not in active else event

    def get_key_display(self, binding: Binding) -> str:
        """How a key is written in the bottom line and in the help."""
        return binding.key_display or key_label(binding.key, self.glyphs)

    def action_help_quit(self) -> None:
        """What ctrl+c does where there is nothing to copy."""
        self.notify(_("ctrl+q leaves the program."))

    # ── Output

    def get_driver_class(self) -> type[Driver]:
        """On a terminal, the driver that sends only the cells that change."""
        from tui.thrifty_driver import thrifty

        return thrifty(super().get_driver_class())

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Textual's filters, and the one that lets nothing speak to the terminal."""
        return [*super().get_line_filters(), self._safe_lines]

    def notify(
        self,
        message: str,
        *,
        title: str = "",
        severity: SeverityLevel = "information",
        timeout: float | None = None,
        markup: bool = False,
    ) -> None:
        """Show a message in the corner; never read as markup, whatever ``markup`` says."""
        super().notify(shown_lines(message), title=shown(title), severity=severity, timeout=timeout, markup=False)

    def copy_to_clipboard(self, text: str) -> None:
        """Copy to the operator's own clipboard, over SSH and inside tmux too."""
        super().copy_to_clipboard(text)
        give_to_tmux(text)

    def notify_terminal(self, title: str, body: str) -> None:
        """Have the terminal notify the operator, where it is known to do so and he has not switched it off."""
        sequence = notification(title, body, os.environ) if self.uses_notifications else ""
        # As with the clipboard, Textual's own way to the terminal is its driver.
        if sequence and self._driver is not None and not self.is_headless:
            self._driver.write(sequence)

    # ── Leaving

    async def action_quit(self) -> None:
        """Leave; what is half typed is kept as drafts."""
        self.save_drafts()
        self.exit()

    def leave(self) -> None:
        """Leave because the process was told to; any thread may call this."""
        self.call_later(self.action_quit)

    def save_drafts(self) -> None:
        """Have every form save what is half typed; one that fails does not keep the others from it."""
        for keep in list(self.draft_keepers):
            try:
                keep()
            except Exception as error:
                record(error, "saving a draft")

    def panic(self, *renderables: RenderableType) -> None:
        """Leave after a failure, with the short message only; Textual would show the details."""
        self.failed = True
        failures = [one for one in renderables if isinstance(one, Failure)]
        super().panic(*(failures or [Failure(record(RuntimeError("the terminal cannot be read any more")))]))

    def _handle_exception(self, error: Exception) -> None:
        """Textual has no public place for this: its own way prints local variables, which hold clients' data."""
        if self.failed:
            record(error, "after the failure before")
            return
        self.save_drafts()
        failure = Failure(record(error, f"screen {type(self.screen).__name__ if self.screen_stack else '?'}"))
        failure.__cause__ = error
        super()._handle_exception(failure)
