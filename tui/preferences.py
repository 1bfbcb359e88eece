"""What the operator sets for himself on the settings screen: applied at once, and kept in his configuration file."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from models.language import current_language, use_language
from screens.kit.glyphs import ASCII
from screens.kit.themes import LOOKS, look_for
from screens.section import LanguageChanged
from tui.settings import settings_path

if TYPE_CHECKING:
    from tui.app import TurboFly


class Preferences:
    """The settings that work while the program runs: ``language``, ``theme``, ``ascii``, ``notifications``."""

    def __init__(self, app: TurboFly) -> None:
        self._app = app
        self._applied: Mapping[str, Callable[[object], None]] = {
            "language": self._language,
            "theme": self._theme,
            "ascii": self._ascii,
            "notifications": self._notifications,
        }

    def values(self) -> dict[str, object]:
        """What is in effect now."""
        looks = {look.theme.name: look.name for look in LOOKS}
        theme = looks.get(self._app.theme, "auto")
        return {
            "language": current_language(),
            "theme": theme,
            "ascii": self._app.glyphs is ASCII,
            "notifications": self._app.uses_notifications,
        }

    def keep(self, name: str, value: object) -> str:
        """Put a setting into effect and into the file; returns why it could not be written, or nothing."""
        self._applied[name](value)
        return write_setting(settings_path(), name, value)

    def _language(self, code: object) -> None:
        use_language(str(code))
        for screen in self._app.attending():
            screen.post_message(LanguageChanged())

    def _theme(self, name: object) -> None:
        self._app.put_on(look_for(str(name), os.environ))

    def _ascii(self, only: object) -> None:
        self._app.draw_in_ascii(bool(only))

    def _notifications(self, wanted: object) -> None:
        self._app.uses_notifications = bool(wanted)


def write_setting(path: Path, name: str, value: object) -> str:
    """Set a top-level name in a TOML file, all else in it as it was; returns why it could not be written."""
    try:
        text = path.read_text(encoding="utf-8") if path.exists() else ""
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        temporary = path.with_name(f"{path.name}.{os.getpid()}")
        temporary.touch(mode=path.stat().st_mode & 0o777 if path.exists() else 0o600)
        temporary.write_text(with_setting(text, name, value), encoding="utf-8")
        temporary.replace(path)
    except (OSError, UnicodeDecodeError) as error:
        return str(error)
    return ""


def with_setting(text: str, name: str, value: object) -> str:
    """The TOML text with a top-level name set to a text or flag: on its line, or before the first table."""
    # TOML's basic strings are JSON's, as far as the values of settings go.
    line = f"{name} = {json.dumps(value, ensure_ascii=False)}"
    lines = text.splitlines()
    first_table = next((place for place, one in enumerate(lines) if re.match(r"\s*\[", one)), len(lines))
    own = re.compile(rf"""\s*["']?{re.escape(name)}["']?\s*=""")
    for place, one in enumerate(lines[:first_table]):
        if own.match(one):
            lines[place] = line
            return "\n".join(lines) + "\n"
    lines.insert(first_table, line)
    return "\n".join(lines) + "\n"
