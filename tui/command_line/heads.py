"""The head of the audit trail as it was last written down: beside the database, and in the operator's state folder.

A trail whose end is cut off is whole in itself; only what somebody remembered of it tells. Two places, since who can
cut the one may not reach the other.
"""

from __future__ import annotations

import json
import os
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from models.language import _
from tui.places import STATE, folder

if TYPE_CHECKING:
    from models.checking import WrittenHead
    from models.database import DatabaseURL


def _places(url: DatabaseURL) -> list[Path]:
    name = url.text if url.path is None else os.path.abspath(url.path)
    in_state = Path(folder(STATE), "heads", sha256(name.encode()).hexdigest()[:32] + ".json")
    beside = [] if url.path is None else [url.path.with_name(url.path.name + ".head")]
    return [*beside, in_state]


def heads_written_down(url: DatabaseURL) -> list[WrittenHead]:
    """What was written down of the database's trail; what cannot be read is left out."""
    from models.checking import WrittenHead

    found = []
    for place in _places(url):
        try:
            noted = json.loads(place.read_text(encoding="utf-8"))
            found.append(WrittenHead(int(noted["seq"]), str(noted["hash"]), str(place)))
        except (OSError, ValueError, KeyError, TypeError):
            continue
    return found


def write_head_down(url: DatabaseURL) -> None:
    """Write down where the trail of the open database ends now. A folder that may not be written to is left out."""
    from models import audit
    from tui.command_line.errors import say

    seq, hash_ = audit.head()
    written = 0
    for place in _places(url):
        try:
            place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            unfinished = place.with_name(place.name + ".unfinished")
            unfinished.write_text(json.dumps({"seq": seq, "hash": hash_}), encoding="utf-8")
            unfinished.replace(place)
            written += 1
        except OSError:
            continue
    if not written:
        say(_("The end of the audit trail could not be written down anywhere: the next check cannot compare it."))
