"""click's commands, groups and options, in the operator's language: help texts are English msgids until they are shown.

A group imports a command's module when the command is wanted, so that ``turbofly key`` loads nothing of the others.
"""

from __future__ import annotations

import copy
import functools
import importlib
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import click

from models.language import N_, NN_, _

Decorated = TypeVar("Decorated", bound=Callable[..., Any])

CLICK_MESSAGES = (
    N_("Usage:"), N_("Options"), N_("Commands"), N_("Error: {message}"), N_("Try '{command} {option}' for help."),
    N_("No such option {name!r}."), N_("No such command {name!r}."), N_("Missing command."), N_("Missing argument"),
    N_("Missing option"), N_("Missing parameter"),
    NN_("Option {name!r} requires an argument.", "Option {name!r} requires {nargs} arguments."),
    NN_("{value!r} is not {choice}.", "{value!r} is not one of {choices}."),
    NN_("Got unexpected extra argument ({args})", "Got unexpected extra arguments ({args})"),
    NN_("Did you mean {possibility}?", "(Did you mean one of: {possibilities}?)"),
    N_("Choose from:\n\t{choices}"),
    N_("Option {name!r} does not take a value."), N_("Invalid value: {message}"),
    N_("Invalid value for {param_hint}: {message}"), N_("{value!r} is not a valid {number_type}."),
    N_("{value} is not in the range {range}."), N_("Show this message and exit."), N_("default: {default}"),
    N_("required"), N_("Aborted!"), N_("(DEPRECATED) {text}"), N_("file"), N_("directory"), N_("path"),
    N_("{name} {filename!r} does not exist."), N_("{name} {filename!r} is a directory."),
    N_("{name} {filename!r} is not readable."), N_("Error: invalid input"),
)  # fmt: skip
"""Messages of click's own, which its gettext finds in our catalogue."""


class Option(click.Option):
    """An option whose help is a msgid."""

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        translated = copy.copy(self)
        translated.help = _(self.help) if self.help else ""
        return click.Option.get_help_record(translated, ctx)


class Spoken(click.Command):
    """A command whose help is a msgid."""

    def get_short_help_str(self, limit: int = 45) -> str:
        """The first sentence of the help."""
        sentence = (_(self.help) if self.help else "").partition("\n")[0].partition(". ")[0]
        return sentence.rstrip(".")

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """``--help``, in the language that is spoken by now: click makes it before ``--lang`` was read."""
        found = super().get_help_option(ctx)
        if found is not None:
            found.help = _("Show this message and exit.")
        return found

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(_(self.help) if self.help else "")


class Command(Spoken):
    """A command of ours."""


class Commands(Spoken, click.Group):
    """A group that knows its commands by name and by the module and attribute where each stands."""

    def __init__(self, *args: Any, table: Mapping[str, str] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._table = dict(table or {})

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All names, in the order of the table."""
        return [*self._table, *self.commands]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of a name, imported now."""
        if cmd_name not in self._table:
            return super().get_command(ctx, cmd_name)
        module, _colon, attribute = self._table[cmd_name].partition(":")
        found: click.Command = getattr(importlib.import_module(module), attribute)
        return found


option = functools.partial(click.option, cls=Option)
command = functools.partial(click.command, cls=Command)
group = functools.partial(click.group, cls=Commands)


def json_option(function: Decorated) -> Decorated:
    """``--json``: the answer as JSON, and nothing else, on standard output."""
    return option("--json", "as_json", is_flag=True, help=N_("Print JSON, and nothing else, on standard output."))(
        function
    )


def limit_option(function: Decorated) -> Decorated:
    """``--limit``: how many answers at most."""
    return option(
        "--limit", type=click.IntRange(min=1), default=50, show_default=True, help=N_("Print at most so many.")
    )(function)
