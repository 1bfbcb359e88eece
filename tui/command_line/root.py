"""The command ``turbofly`` itself: the common options, and which module holds which command."""

from __future__ import annotations

import click

from models.language import LANGUAGES, N_
from tui.command_line.options import PROGRAM, Invocation, speak
from tui.command_line.spoken import Option, group, option

COMMANDS = {
    name: f"tui.command_line.{module}:command"
    for name, module in (
        ("key", "key"),
        ("find", "find"),
        ("show", "show"),
        ("attach", "attach"),
        ("files", "files"),
        ("init", "init"),
        ("demo", "demo"),
        ("import", "import_"),
        ("export", "export"),
        ("print", "print_"),
        ("remind", "remind"),
        ("report", "report"),
        ("backup", "backup"),
        ("restore", "restore"),
        ("check", "check"),
        ("undo", "undo"),
        ("operator", "operator"),
        ("migrate", "migrate"),
        ("serve", "serve"),
        ("completion", "completion"),
    )
}


def _speak(_context: click.Context, _parameter: click.Parameter, language: str | None) -> None:
    if language:
        speak(language)


def _print_version(context: click.Context, _parameter: click.Parameter, wanted: bool) -> None:
    if wanted and not context.resilient_parsing:
        from importlib.metadata import version

        click.echo(f"{PROGRAM} {version(PROGRAM)}")
        context.exit()


@group(
    PROGRAM,
    table=COMMANDS,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    help=N_(
        "Clients, products, licences and protection keys of a dealer. Without a command it opens the terminal"
        " interface."
    ),
)
@option(
    "--database",
    metavar="URL",
    help=N_("The database: a path, sqlite:///… or postgresql://….  [variable: TURBOFLY_DATABASE]"),
)
@option(
    "--operator",
    metavar="LOGIN",
    help=N_("Work as this operator; another than oneself takes a director.  [variable: TURBOFLY_OPERATOR]"),
)
@option(
    "--lang",
    type=click.Choice(LANGUAGES),
    is_eager=True,
    expose_value=False,
    callback=_speak,
    help=N_("The language, instead of the locale's."),
)
@option("--debug", is_flag=True, help=N_("Show where an error comes from."))
@click.option(
    "--version",
    cls=Option,
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_print_version,
    help=N_("Print the version."),
)
@click.pass_context
def turbofly(context: click.Context, database: str | None, operator: str | None, debug: bool) -> int | None:
    invocation: Invocation = context.obj
    invocation.database, invocation.operator, invocation.debug = database, operator, debug
    for problem in invocation.problems():
        from tui.command_line.errors import say

        say(str(problem))
    if context.invoked_subcommand is not None:
        return None
    from tui.command_line.program import open_program

    return open_program(invocation)
