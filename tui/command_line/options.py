"""What a command is run with: common options, variables, the configuration file, and the database that these name."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from models.language import LOCALE_DIRECTORY, _, current_language, language_of_environment, use_language
from tui.places import CONFIG, DATA, folder

if TYPE_CHECKING:
    from models.actor import Actor
    from models.database import DatabaseURL
    from models.opening import Migrated
    from tui.settings import Problem, Settings

DATABASE_VARIABLE = "TURBOFLY_DATABASE"
OPERATOR_VARIABLE = "TURBOFLY_OPERATOR"
_CONFIG_VARIABLE = "TURBOFLY_CONFIG"
PROGRAM = "turbofly"
_NO_CATALOGUE = "messages"


@dataclass
class Invocation:
    """One run of a command."""

    environment: Mapping[str, str] = field(default_factory=lambda: os.environ)
    database: str | None = None
    operator: str | None = None
    debug: bool = False

    @cached_property
    def configuration(self) -> tuple[Settings | None, tuple[Problem, ...]]:
        """The configuration file's settings and what is wrong in it; None without such a file."""
        # The settings are not even imported where there is no file, which is the usual case.
        if not self.environment.get(_CONFIG_VARIABLE) and not os.path.exists(f"{folder(CONFIG)}/turbofly.toml"):
            return None, ()
        from tui.settings import load_settings

        return load_settings(self.environment)

    def setting(self, name: str) -> str | None:
        """A setting of the configuration file, None where it is not set."""
        settings = self.configuration[0]
        return None if settings is None else getattr(settings, name)

    def speak(self) -> None:
        """Use the language of the configuration file, else that of the locale."""
        speak(self.setting("language") or language_of_environment())

    def problems(self) -> tuple[Problem, ...]:
        """What is wrong in the configuration file, told in the language that the file itself or an option chose."""
        if not self.configuration[1]:
            return ()
        from tui.settings import load_settings

        return load_settings(self.environment)[1]

    @property
    def stated_database(self) -> str | None:
        """The database that somebody named, by option, variable or configuration file."""
        return self.database or self.environment.get(DATABASE_VARIABLE) or self.setting("database")

    @property
    def url(self) -> DatabaseURL:
        """The database to work with; raises ``DatabaseUnusable`` for an address that is none."""
        from models.database import DatabaseURL, choose_driver

        stated = self.stated_database
        url = DatabaseURL.parse(stated) if stated else DatabaseURL.of_path(default_database())
        # Before any other module of models: those import peewee, which takes all drivers that there are.
        choose_driver(url)
        return url

    @property
    def login(self) -> str | None:
        """The operator asked for; None for the one bound to the system's login."""
        return self.operator or self.environment.get(OPERATOR_VARIABLE) or self.setting("operator")

    def open(self) -> Migrated | None:
        """Open the database to read and write."""
        url = self.url
        from models.opening import open_database

        migrated = open_database(url)
        self._heed_signals()
        return migrated

    def open_for_reading(self) -> None:
        """Open the database for a command that only reads: what writing needs is not loaded."""
        url = self.url
        from models.opening import open_for_reading

        open_for_reading(url)
        self._heed_signals()

    @staticmethod
    def _heed_signals() -> None:
        from models.base import database
        from models.database import heed_signals

        heed_signals(database)

    def actor(self, permission: str) -> Actor:
        """The operator, who has the right; raises ``NotAllowed``. The database is open."""
        from models.company.identity import actor_for

        actor = actor_for(self.login, PROGRAM)
        actor.require(permission)
        return actor


def default_database() -> Path:
    """Where the database is when nobody says otherwise."""
    return Path(folder(DATA), "turbofly.db")


def speak(language: str) -> None:
    """Use a language in this process, for click's own messages too: those ask gettext, which asks the environment."""
    import gettext

    use_language(language)
    if current_language() == "en":
        gettext.textdomain(_NO_CATALOGUE)
        return
    os.environ["LANGUAGE"] = language
    gettext.bindtextdomain(PROGRAM, LOCALE_DIRECTORY)
    gettext.textdomain(PROGRAM)


def stop_asking_outside_a_terminal(question: str) -> None:
    """Refuse to ask where nobody can answer."""
    import sys

    import click

    if not sys.stdin.isatty():
        raise click.UsageError(question + " " + _("Say so by an option: there is no terminal to ask on."))
