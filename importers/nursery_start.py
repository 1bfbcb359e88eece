"""The process that readers are forked from, started: so light to load that it can be among the first things done."""

import os
import socket
import sys
from typing import NoReturn

_CHILD = os.path.join(os.path.dirname(os.path.abspath(__file__)), "nursery_child.py")
_LENGTH_BYTES = 4
_begun: dict[str, tuple[int, socket.socket]] = {}


def begin(worker: str) -> None:
    """Start the process of a worker that will be wanted soon: it loads its libraries while ours are loaded.

    It is a copy of this one where there can be one, and has what is loaded by now.
    """
    _begun[worker] = _copied(worker) if _has_one_thread() else _started(worker)


def take(worker: str) -> tuple[int, socket.socket]:
    """The id of a process that loads ``module:function`` or has it loaded, and the socket that it obeys."""
    return _begun.pop(worker, None) or _started(worker)


def _started(worker: str) -> tuple[int, socket.socket]:
    ours, theirs = socket.socketpair()
    # -I: neither the working directory nor the environment decides what it imports. Its first file is the socket.
    nothing = [(os.POSIX_SPAWN_OPEN, file, os.devnull, os.O_WRONLY, 0) for file in (1, 2)]
    process = os.posix_spawn(
        sys.executable,
        [sys.executable, "-I", _CHILD],
        os.environ,
        file_actions=[(os.POSIX_SPAWN_DUP2, theirs.fileno(), 0), *nothing],
        setsid=True,
    )
    theirs.close()
    told = "\0".join([worker, *sys.path]).encode("utf-8", "surrogateescape")
    ours.sendall(len(told).to_bytes(_LENGTH_BYTES, "big") + told)
    return process, ours


def _has_one_thread() -> bool:
    """Whether this process may be copied: a lock that another thread holds would stay held in the copy for ever."""
    try:
        return len(os.listdir("/proc/self/task")) == 1
    except OSError:
        return False


def _copied(worker: str) -> tuple[int, socket.socket]:
    ours, theirs = socket.socketpair()
    process = os.fork()
    if process:
        theirs.close()
        return process, ours
    _be_child(ours, theirs, worker)


def _be_child(ours: socket.socket, theirs: socket.socket, worker: str) -> NoReturn:
    try:
        os.setsid()
        ours.close()
        nothing = os.open(os.devnull, os.O_RDWR)
        for file in (0, 1, 2):
            os.dup2(nothing, file)
        from importers import nursery_child

        nursery_child.obey(theirs, worker)
    finally:
        os._exit(1)
