"""When the program itself fails: a short message for the operator, the details in a log that only he can read.

Local variables are written nowhere, since they hold clients' data; what looks like a secret is blanked.
"""

from __future__ import annotations

import os
import re
import sys
import threading
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from models.language import _

if TYPE_CHECKING:
    from rich.text import Text

CRASHED = 70
"""The exit status after a failure of the program itself (EX_SOFTWARE of sysexits.h)."""

_LARGEST_LOG_BYTES = 1_000_000
_BLANK = "***"
_NAMED_SECRET = r"""(?ix)
    \b ([\w-]*(?:password|passwd|pwd|passphrase|token|secret|api[_-]?key|credential|authorization)[\w-]*)
    (["']? \s* [=:] \s* (?:(?:bearer|basic)\s+)?)
    (?: "(?:[^"\\]|\\.)*" | '(?:[^'\\]|\\.)*' | [^\s,;&)}\]]+ )"""
_URL_SECRET = r"(?i)\b([a-z][a-z0-9+.-]*://[^\s/:@'\"]*):[^\s'\"]*@(?=[^\s@])"


class Incident(NamedTuple):
    """A failure that was written down: its number, and the file with the details (None when that failed too)."""

    number: str
    log: Path | None

    def __str__(self) -> str:
        said = _("TurboFly has failed and had to stop. Nothing that was saved is lost. Incident {number}.").format(
            number=self.number
        )
        return said if self.log is None else f"{said}\n{_('Details: {path}').format(path=self.log)}"


class Failure(Exception):
    """The failure as Textual is told of it: its console text is the short message and nothing else."""

    def __init__(self, incident: Incident) -> None:
        super().__init__(f"incident {incident.number}")
        self.incident = incident

    def __rich__(self) -> Text:
        from rich.text import Text

        return Text(str(self.incident))


def blank_secrets(text: str) -> str:
    """The text with the values of passwords, tokens and the like, and the passwords in URLs, blanked."""
    text = re.sub(_URL_SECRET, rf"\1:{_BLANK}@", text)
    return re.sub(_NAMED_SECRET, rf"\1\2{_BLANK}", text)


def log_path() -> Path:
    """Where failures are written down."""
    import platformdirs

    return platformdirs.user_state_path("turbofly") / "crash.log"


def record(error: BaseException, where: str = "") -> Incident:
    """Write a failure down; ``where`` is the program's own name of the place. Never raises."""
    import platform
    import traceback

    now = datetime.now(UTC)
    number = f"{now:%y%m%d-%H%M%S}-{os.urandom(2).hex()}"
    trace = "".join(traceback.format_exception(error))
    entry = (
        f"=== incident {number} · {now:%Y-%m-%d %H:%M:%S} UTC\n"
        f"Python {platform.python_version()} · {platform.platform()} · terminal {os.environ.get('TERM', '?')}\n"
        f"{where}\n{blank_secrets(trace)}\n"
    )
    path = log_path()
    try:
        _append(path, entry)
    except OSError:
        return Incident(number, None)
    return Incident(number, path)


def _append(path: Path, entry: str) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if path.exists() and path.stat().st_size > _LARGEST_LOG_BYTES:
        path.replace(path.with_suffix(".log.1"))
    descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_NOFOLLOW, 0o600)
    with open(descriptor, "w", encoding="utf-8", errors="backslashreplace") as log:
        os.fchmod(descriptor, 0o600)
        log.write(entry)


def record_thread_failures() -> None:
    """From now on a failure in a background thread is written down instead of printed over the screen."""

    def write_down(failure: threading.ExceptHookArgs) -> None:
        if failure.exc_value is not None and failure.exc_type is not SystemExit:
            record(failure.exc_value, f"thread {failure.thread.name if failure.thread else '?'}")

    threading.excepthook = write_down


def say(incident: Incident) -> None:
    """Tell the operator, on the terminal that is his again."""
    print(incident, file=sys.stderr)
