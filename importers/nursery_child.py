"""The other side of ``nursery``: a process that loads a parser once, and forks readers that work within limits.

It is run as a file by a fresh interpreter, or by a copy of the program made early. A reader takes jobs and answers them
one by one; when one takes too much processor time the kernel ends the reader in the middle, and the number of answers
tells which job it was.
"""

import array
import gc
import importlib
import os
import resource
import signal
import socket
import struct
import sys
import time
from collections.abc import Callable
from typing import Any, NoReturn

_LENGTH = struct.Struct(">I")
# A reader whose pipe was closed is about to end: it has so many pauses to do it.
_PATIENCE = 200
_PAUSE_SECONDS = 0.005
# Who writes what readers have read, and whoever sits at a screen, goes first.
_STEP_BACK = 10
MEMORY = b"memory"
"""The answer to a job that took too much memory."""


def main() -> NoReturn:
    """Be told which worker it is, and where modules are; then obey."""
    control = socket.socket(fileno=os.dup(0))
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    worker, *sys.path[:] = _told(control).decode("utf-8", "surrogateescape").split("\0")
    obey(control, worker)


def obey(control: socket.socket, worker: str) -> NoReturn:
    """Load the worker, then fork a reader for each pair of pipes that comes in; tell how readers ended."""
    module, function = worker.split(":")
    work = getattr(importlib.import_module(module), function)
    # What is loaded by now is there to stay: readers share it, and do not look through it for garbage.
    gc.freeze()
    control.sendall(b"\n")
    readers: set[int] = set()
    while (request := control.recvmsg(64, socket.CMSG_SPACE(2 * _LENGTH.size)))[0]:
        what, *about = request[0].split()
        if what == b"fork":
            made = _fork(control, _descriptors(request[1]), work, int(about[0]), float(about[1]))
            readers.add(made)
            control.sendall(b"%d\n" % made)
        else:
            readers.discard(int(about[0]))
            control.sendall(b"%d\n" % _ending(int(about[0]), at_once=what == b"end"))
    for one in readers:
        _ending(one, at_once=True)
    # Nothing is left to be ended in order.
    os._exit(0)


def _told(control: socket.socket) -> bytes:
    """The worker and the places of modules, their length before them."""
    told = bytearray()
    while len(told) < _LENGTH.size or len(told) < _LENGTH.size + _LENGTH.unpack_from(told)[0]:
        piece = control.recv(1 << 16)
        if not piece:
            sys.exit(0)
        told += piece
    return bytes(told[_LENGTH.size :])


def _descriptors(ancillary: list[Any]) -> list[int]:
    found = array.array("i")
    for _level, _kind, data in ancillary:
        found.frombytes(data)
    return list(found)


def _ending(reader: int, *, at_once: bool) -> int:
    """How a reader ended, minus the signal or its exit status; one that does not end by itself is ended."""
    patience = 0 if at_once else _PATIENCE
    try:
        while patience and os.waitid(os.P_PID, reader, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None:
            time.sleep(_PAUSE_SECONDS)
            patience -= 1
        os.kill(reader, signal.SIGKILL)
        return os.waitstatus_to_exitcode(os.waitpid(reader, 0)[1])
    except (ProcessLookupError, ChildProcessError):
        return 0


def _fork(control: socket.socket, pipes: list[int], work: Callable[[bytes], bytes], memory: int, seconds: float) -> int:
    reader = os.fork()
    if reader:
        for pipe in pipes:
            os.close(pipe)
        return reader
    control.close()
    _read(pipes[0], pipes[1], work, memory, seconds)


def _read(jobs: int, answers: int, work: Callable[[bytes], bytes], memory: int, seconds: float) -> NoReturn:
    """Answer jobs until there are no more, each within its limits."""
    status = 1
    try:
        os.nice(_STEP_BACK)
        _limit_memory(memory)
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        with open(jobs, "rb") as source, open(answers, "wb") as sink:
            while len(length := source.read(_LENGTH.size)) == _LENGTH.size:
                data = source.read(_LENGTH.unpack(length)[0])
                signal.setitimer(signal.ITIMER_PROF, seconds)
                answer = _answer(work, data)
                signal.setitimer(signal.ITIMER_PROF, 0)
                sink.write(_LENGTH.pack(len(answer)) + answer)
                sink.flush()
        status = 0
    finally:
        os._exit(status)


def _answer(work: Callable[[bytes], bytes], data: bytes) -> bytes:
    try:
        return work(data)
    except MemoryError:
        return MEMORY


def _limit_memory(growth: int) -> None:
    """Let the reader grow by so many bytes beyond what it is made with."""
    try:
        with open("/proc/self/statm", encoding="ascii") as file:
            pages = int(file.read().split()[0])
    except OSError:
        return  # no Linux: the other systems do not hold a limit of address space
    most = pages * resource.getpagesize() + growth
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    resource.setrlimit(resource.RLIMIT_AS, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


if __name__ == "__main__":
    main()
