"""Another operator who saves a client again and again: the arguments are the database, how many saves at least, and
the process after whose end to stop (0: none), and who saves. Prints the milliseconds of each save as JSON."""

import json
import sys
import time
from pathlib import Path

from models.clients.actions import edit_client
from models.company.identity import actor_for
from models.database import DatabaseURL
from models.opening import open_database

_BETWEEN_SECONDS = 0.25


def is_running(process: int) -> bool:
    """Whether the process works still; one that has ended stays as a zombie until its parent has heard."""
    try:
        return "\nState:\tZ" not in Path(f"/proc/{process}/status").read_text(encoding="utf-8")
    except OSError:
        return False


def main() -> None:
    """Save until there is enough."""
    path, at_least, process, login = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4]
    open_database(DatabaseURL.parse(path))
    actor = actor_for(None, login)
    took: list[float] = []
    while len(took) < max(at_least, 1) or is_running(process):
        version = len(took) + 1
        start = time.perf_counter()
        edit_client(actor, 1, version, {"note": f"Called {version} times"})
        took.append((time.perf_counter() - start) * 1000)
        time.sleep(_BETWEEN_SECONDS)
    print(json.dumps(took))


if __name__ == "__main__":
    main()
