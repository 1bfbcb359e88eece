"""A mail server for the tests: pymap in its own process, before it a front that speaks TLS and can cut the line."""

from __future__ import annotations

import contextlib
import imaplib
import os
import pwd
import shutil
import socket
import ssl
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

USER, PASSWORD = "demouser", "demopass"
_PATIENCE_SECONDS = 30.0


def why_not() -> str:
    """Why there can be no server; empty where there can."""
    return "" if shutil.which("openssl") else "there is no openssl to make certificates with"


@contextlib.contextmanager
def server() -> Iterator[int]:
    """Run pymap; gives its port on this machine, where it speaks without TLS."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    program = [
        sys.executable,
        "-c",
        "import pymap.main; pymap.main.main()",
        "--host",
        "127.0.0.1",
        "--port",
        str(port),
        "--no-tls",
    ]
    with subprocess.Popen(
        [*program, "dict", "--demo-data"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        try:
            _wait_for(port)
            yield port
        finally:
            process.kill()


def _wait_for(port: int) -> None:
    end = time.monotonic() + _PATIENCE_SECONDS
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.02)


def certificate(folder: Path, name: str = "localhost") -> tuple[Path, Path]:
    """A certificate that proves a name to whoever trusts it, and its key."""
    certificate, key = folder / f"{name}.pem", folder / f"{name}.key"
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={name}"]
    further = ["-addext", f"subjectAltName=DNS:{name}", "-keyout", str(key), "-out", str(certificate)]
    subprocess.run([*command, *further], check=True, capture_output=True)
    return certificate, key


@dataclass
class Front:
    """Takes connections by TLS and hands them on; cuts each after ``most`` bytes from the server, where that is set."""

    server_port: int
    context: ssl.SSLContext
    most: int | None = None
    asked: list[bytes] = field(default_factory=list)
    """What clients have sent, piece by piece."""
    _listener: socket.socket = field(default_factory=socket.socket)

    def __enter__(self) -> Front:
        self._listener.bind(("127.0.0.1", 0))
        self._listener.listen()
        threading.Thread(target=self._serve, daemon=True).start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._listener.close()

    @property
    def port(self) -> int:
        return int(self._listener.getsockname()[1])

    def _serve(self) -> None:
        while True:
            try:
                plain, _address = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._hand_on, args=(plain,), daemon=True).start()

    def _hand_on(self, plain: socket.socket) -> None:
        with (
            contextlib.suppress(OSError),
            self.context.wrap_socket(plain, server_side=True) as client,
            socket.create_connection(("127.0.0.1", self.server_port)) as inner,
        ):
            threading.Thread(target=self._back, args=(inner, client), daemon=True).start()
            while data := client.recv(65536):
                self.asked.append(data)
                inner.sendall(data)

    def _back(self, inner: socket.socket, client: ssl.SSLSocket) -> None:
        left = self.most
        with contextlib.suppress(OSError):
            while data := inner.recv(4096):
                if left is not None:
                    data = data[:left]
                    left -= len(data)
                client.sendall(data)
                if left == 0:
                    client.shutdown(socket.SHUT_RDWR)
                    return


@contextlib.contextmanager
def as_another_program(port: int) -> Iterator[imaplib.IMAP4]:
    """A client of the server that is not ours: it puts messages there, and makes folders anew."""
    client = imaplib.IMAP4("127.0.0.1", port)
    client.login(USER, PASSWORD)
    yield client
    client.logout()


def why_no_dovecot() -> str:
    """Why Dovecot cannot be started; empty where it can."""
    if _dovecot() is None:
        return "no Dovecot is installed"
    return "" if os.geteuid() == 0 else "Dovecot is started by root here"


def _dovecot() -> str | None:
    return shutil.which("dovecot", path=f"{os.environ.get('PATH', '')}:/usr/sbin")


@contextlib.contextmanager
def dovecot(folder: Path, certificate: Path, key: Path) -> Iterator[int]:
    """Run Dovecot with one user and Maildirs in a folder; gives its port, where it speaks TLS."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    mail, run = folder / "mail", folder / "run"
    mail.mkdir()
    run.mkdir()
    owner = pwd.getpwnam("nobody")
    os.chown(mail, owner.pw_uid, owner.pw_gid)
    configuration = folder / "dovecot.conf"
    configuration.write_text(
        f"""
base_dir = {run}
state_dir = {run}
log_path = {folder}/log
protocols = imap
listen = 127.0.0.1
ssl = required
ssl_cert = <{certificate}
ssl_key = <{key}
mail_location = maildir:{mail}/%u
first_valid_uid = 1
first_valid_gid = 1
passdb {{
  driver = static
  args = password={PASSWORD}
}}
userdb {{
  driver = static
  args = uid={owner.pw_uid} gid={owner.pw_gid} home={mail}/%u
}}
service imap-login {{
  inet_listener imap {{
    port = 0
  }}
  inet_listener imaps {{
    port = {port}
    ssl = yes
  }}
}}
""",
        encoding="utf-8",
    )
    program = _dovecot()
    assert program is not None
    with subprocess.Popen([program, "-F", "-c", str(configuration)]) as process:
        try:
            _wait_for(port)
            yield port
        finally:
            process.terminate()
