"""Where the tests write: in memory where there is room, since what they write is to be read again at once or never."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

_IN_MEMORY = Path("/dev/shm")
_ROOM_BYTES = 2 * 1024**3


def quick_folder() -> Path | None:
    """A folder in memory; None where there is none, or no room."""
    if not os.access(_IN_MEMORY, os.W_OK | os.X_OK) or shutil.disk_usage(_IN_MEMORY).free < _ROOM_BYTES:
        return None
    return _IN_MEMORY
