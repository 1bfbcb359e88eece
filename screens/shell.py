"""What the application round the screens does for them; ``tui.app`` is it, tests may give another."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Protocol, cast

if TYPE_CHECKING:
    from textual.dom import DOMNode

    from exporters.printing.mailing import Office
    from models.kinds import RecordRef
    from models.writing import Actor
    from screens.kit.drafts import Drafts
    from screens.kit.frame import FrameFacts
    from screens.kit.gateway import Gateway
    from screens.section import FrameScreen


class Shell(Protocol):
    """The part of the application that screens may use beyond what every Textual app has."""

    @property
    def gateway(self) -> Gateway:
        """The way to everything that takes longer than 10 ms."""

    @property
    def operator(self) -> str:
        """The login of who works here."""

    @property
    def actor(self) -> Actor:
        """Who works here, with his rights: what every action of models wants first."""

    @property
    def office(self) -> Office:
        """The company's templates and mail server, for what is printed and mailed."""

    @property
    def drafts(self) -> Drafts:
        """What this operator typed and did not save."""

    @property
    def draft_keepers(self) -> set[Callable[[], None]]:
        """What saves half-typed text when the program must leave; a form adds its own and takes it out again."""

    def own_settings(self) -> Mapping[str, object]:
        """The operator's own settings as they are in effect: ``language``, ``theme``, ``ascii``, ``notifications``."""

    def keep_setting(self, name: str, value: object) -> None:
        """Change one of the operator's own settings, now and for the next time."""

    def attend(self, screen: FrameScreen) -> None:
        """A screen was mounted and wants to hear what changes."""

    def forget(self, screen: FrameScreen) -> None:
        """A screen is gone."""

    def frame_facts(self) -> FrameFacts:
        """What the top line says now."""

    def open_record(self, ref: RecordRef) -> None:
        """Show a record's card and remember it in the history."""

    def go_back(self) -> None:
        """One step back: what ``esc`` does."""


def shell_of(node: DOMNode) -> Shell:
    """The application that a screen or widget runs in."""
    return cast(Shell, node.app)
