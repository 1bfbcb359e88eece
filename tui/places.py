"""Where the program keeps its own files: the operator's folders for configuration, data and state.

They are those of platformdirs; on Linux they are told from the variables of the XDG specification directly, since
platformdirs alone would take a tenth of the time in which ``turbofly key`` has to answer.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path

CONFIG, DATA, STATE = "config", "data", "state"
_NAME = "turbofly"
_XDG: Mapping[str, tuple[str, str]] = {
    CONFIG: ("XDG_CONFIG_HOME", "~/.config"),
    DATA: ("XDG_DATA_HOME", "~/.local/share"),
    STATE: ("XDG_STATE_HOME", "~/.local/state"),
}


def folder(purpose: str) -> str:
    """The folder of one of ``CONFIG``, ``DATA``, ``STATE``; it need not exist yet."""
    if sys.platform != "linux":
        import platformdirs

        return str(getattr(platformdirs, f"user_{purpose}_dir")(_NAME))
    variable, usual = _XDG[purpose]
    return os.path.join(os.environ.get(variable, "").strip() or os.path.expanduser(usual), _NAME)


def templates_folder() -> Path:
    """Where a company's own templates of printed forms are looked for."""
    return Path(folder(CONFIG), "templates")
