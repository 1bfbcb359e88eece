"""Starting the terminal interface: the database first, with only the driver that it needs, then all the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.database import choose_driver

if TYPE_CHECKING:
    from models.database import DatabaseURL
    from tui.settings import Problem, Settings


def start(
    url: DatabaseURL,
    login: str | None,
    settings: Settings | None = None,
    problems: tuple[Problem, ...] = (),
    *,
    first_section: str = "today",
) -> int:
    """Open the database and run the terminal interface; the exit status of the process.

    ``login`` is the operator asked for, None for the one bound to the system's login. ``first_section`` is the id
    of the section to begin with. Raises ``DatabaseUnusable``, ``NotAllowed`` before anything is drawn.
    """
    choose_driver(url)
    from tui.assembly import run_on

    return run_on(url, login, settings, problems, first_section)
