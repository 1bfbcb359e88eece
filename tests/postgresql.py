"""A PostgreSQL server of the tests' own, where the machine has the programs: on a socket, as another user than root."""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from tests.scratch import quick_folder


def programs() -> Path | None:
    """The folder of ``initdb`` and ``postgres``; Debian keeps them beside the path."""
    found = shutil.which("initdb")
    if found:
        return Path(found).parent
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return installed[-1].parent if installed else None


def why_not() -> str:
    """Why there can be no server; empty where there can."""
    if programs() is None:
        return "no PostgreSQL server is installed"
    if os.geteuid() == 0 and _other_user() is None:
        return "PostgreSQL does not run as root, and there is no user postgres or nobody"
    return ""


def _other_user() -> str | None:
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name).pw_name
    return None


@contextlib.contextmanager
def server(memory: str = "64MB") -> Iterator[str]:
    """Run a server for as long as the context lasts; gives the URL of its databases, in which ``{name}`` stands for
    one. ``memory`` is what it keeps pages in."""
    folder = programs()
    assert folder is not None
    home = Path(tempfile.mkdtemp(prefix="turbofly-pg-", dir=quick_folder()))
    user = _other_user() if os.geteuid() == 0 else None
    if user:
        shutil.chown(home, user)
    home.chmod(0o755)
    data = home / "data"
    _run(user, folder / "initdb", "-D", data, "-U", "turbofly", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N")
    options = f"-k {home} -c listen_addresses='' -c fsync=off -c full_page_writes=off -c shared_buffers={memory}"
    try:
        _run(user, folder / "pg_ctl", "-D", data, "-w", "-o", options, "-l", home / "log", "start")
        yield f"postgresql://turbofly@/{{name}}?host={home}"
    finally:
        _run(user, folder / "pg_ctl", "-D", data, "-m", "immediate", "stop", check=False)
        shutil.rmtree(home, ignore_errors=True)


def restart(url: str) -> None:
    """Have the server of a database go away at once, with all its connections, and come back."""
    _control(url, "restart")


def stop(url: str) -> None:
    """Have the server of a database go away at once."""
    _control(url, "stop")


def _control(url: str, what: str) -> None:
    folder = programs()
    assert folder is not None
    home = Path(parse_qs(urlsplit(url).query)["host"][0])
    user = _other_user() if os.geteuid() == 0 else None
    _run(user, folder / "pg_ctl", "-D", home / "data", "-w", "-m", "immediate", "-l", home / "log", what)


def administer(url: str, statement: str) -> None:
    """Run one statement on the server; ``url`` has a place for the name of the database."""
    import psycopg

    with psycopg.connect(url.format(name="postgres"), autocommit=True) as connection:
        connection.execute(statement.encode())


def _run(user: str | None, *command: object, check: bool = True) -> None:
    finished = subprocess.run(
        [str(part) for part in command], user=user, cwd="/", capture_output=True, text=True, check=False
    )
    if check and finished.returncode:
        raise RuntimeError(f"{command[0]}: {finished.stdout}{finished.stderr}")
