"""The looks of the program: quiet, one accent; colour carries meaning only, and a mark or a word says it too.

``16`` and everything under ``NO_COLOR`` use the terminal's own colours, whatever the operator made of them.
"""

from collections.abc import Mapping
from typing import NamedTuple

from rich.console import Console
from textual.theme import Theme

from models.language import N_


class Look(NamedTuple):
    """A theme to choose: ``name`` is what the configuration file calls it, ``title`` an English msgid."""

    name: str
    title: str
    theme: Theme


_ANSI_VARIABLES = {
    "ansi-background": "ansi_default",
    "ansi-foreground": "ansi_default",
    "border": "ansi_blue",
    "border-blurred": "ansi_bright_black",
    "block-cursor-foreground": "ansi_black",
    "block-cursor-background": "ansi_cyan",
    "block-cursor-text-style": "bold",
    "footer-key-foreground": "ansi_cyan",
    "input-cursor-background": "ansi_default",
    "input-cursor-foreground": "ansi_default",
    "input-cursor-text-style": "reverse",
    "input-selection-background": "ansi_cyan",
    "input-selection-foreground": "ansi_black",
    "screen-selection-background": "ansi_cyan",
    "screen-selection-foreground": "ansi_black",
    "scrollbar": "ansi_bright_black",
    "scrollbar-hover": "ansi_white",
    "scrollbar-active": "ansi_cyan",
    "scrollbar-background": "ansi_default",
    "scrollbar-background-hover": "ansi_default",
    "scrollbar-background-active": "ansi_default",
}

DARK = Look(
    "dark",
    N_("dark"),
    Theme(
        name="turbofly-dark",
        primary="#5fafd7",
        secondary="#5fafd7",
        accent="#5fafd7",
        warning="#d7af5f",
        error="#e06c75",
        success="#87af87",
        foreground="#d0d0d0",
        background="#1c1c1c",
        surface="#1c1c1c",
        panel="#303030",
        variables={
            "border": "#5f5f5f",
            "border-blurred": "#444444",
            "block-cursor-text-style": "none",
            "block-cursor-foreground": "#ffffff",
            "block-cursor-background": "#005f87",
            "footer-key-foreground": "#5fafd7",
        },
    ),
)
LIGHT = Look(
    "light",
    N_("light"),
    Theme(
        name="turbofly-light",
        dark=False,
        primary="#005f87",
        secondary="#005f87",
        accent="#005f87",
        warning="#875f00",
        error="#af0000",
        success="#005f00",
        foreground="#1c1c1c",
        background="#ffffff",
        surface="#ffffff",
        panel="#e4e4e4",
        variables={
            "border": "#9e9e9e",
            "border-blurred": "#c6c6c6",
            "block-cursor-text-style": "none",
            "block-cursor-foreground": "#000000",
            "block-cursor-background": "#afd7ff",
            "footer-key-foreground": "#005f87",
        },
    ),
)
SIXTEEN = Look(
    "16",
    N_("16 colours"),
    Theme(
        name="turbofly-16",
        ansi=True,
        primary="ansi_cyan",
        secondary="ansi_cyan",
        accent="ansi_cyan",
        warning="ansi_yellow",
        error="ansi_red",
        success="ansi_green",
        foreground="ansi_default",
        background="ansi_default",
        surface="ansi_default",
        panel="ansi_default",
        boost="ansi_default",
        variables=_ANSI_VARIABLES,
    ),
)

LOOKS = (DARK, LIGHT, SIXTEEN)
AUTOMATIC = "auto"
CHOICES = (AUTOMATIC, *(look.name for look in LOOKS))
"""What the setting ``theme`` may say."""


def look_for(choice: str, environment: Mapping[str, str]) -> Look:
    """The look to start with.

    ``auto`` is dark, or 16 colours where the terminal has no more. Under ``NO_COLOR`` (https://no-color.org)
    it is always the one of 16 colours, of which Textual then leaves out the colours.
    """
    if "NO_COLOR" in environment:
        return SIXTEEN
    for look in LOOKS:
        if look.name == choice:
            return look
    colours = Console(force_terminal=True, _environ=environment).color_system
    return DARK if colours in ("256", "truecolor") else SIXTEEN


def after(theme_name: str) -> Look:
    """The look that follows the one whose theme has this name, round and round."""
    names = [look.theme.name for look in LOOKS]
    position = names.index(theme_name) + 1 if theme_name in names else 0
    return LOOKS[position % len(LOOKS)]
