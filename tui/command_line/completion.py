"""``turbofly completion``: the script that completes commands and options in a shell."""

from __future__ import annotations

import click

from models.language import N_
from tui.command_line.options import PROGRAM
from tui.command_line.spoken import command as make_command

SHELLS = ("bash", "zsh", "fish")


@make_command(
    "completion",
    help=N_(
        'Print the script that completes commands and options. For bash add to ~/.bashrc: eval "$(turbofly completion'
        ' bash)"; for zsh the same in ~/.zshrc; for fish: turbofly completion fish >'
        " ~/.config/fish/completions/turbofly.fish"
    ),
)
@click.argument("shell", type=click.Choice(SHELLS))
@click.pass_context
def command(context: click.Context, shell: str) -> None:
    from click.shell_completion import get_completion_class

    from tui.command_line.running import COMPLETION_VARIABLE

    found = get_completion_class(shell)
    assert found is not None
    click.echo(found(context.find_root().command, {}, PROGRAM, COMPLETION_VARIABLE).source())
