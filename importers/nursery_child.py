"""The other side of ``nursery``: a process that loads a parser once, and forks readers that work within limits.

It is run as a file by a fresh interpreter. A reader takes jobs and answers them one by one; when one takes too much
processor time the kernel ends the reader in the middle, and the number of answers tells which job it was.
"""

import array
import importlib
import json
import os
import resource
import signal
import socket
import struct
import sys
from collections.abc import Callable
from typing import Any, NoReturn

_LENGTH = struct.Struct(">I")
MEMORY = b"memory"
"""The answer to a job that took too much memory."""


def main() -> int:
    """Load the worker, then fork a reader for each pair of pipes that comes in; tell how readers ended."""
    control = socket.socket(fileno=int(sys.argv[1]))
    job = json.loads(_line(control))
    sys.path[:] = job["path"]
    module, function = job["worker"].split(":")
    work = getattr(importlib.import_module(module), function)
    control.sendall(b"\n")
    while (request := control.recvmsg(64, socket.CMSG_SPACE(2 * _LENGTH.size)))[0]:
        if request[0] == b"fork":
            control.sendall(b"%d\n" % _fork(control, _descriptors(request[1]), work, job))
        else:
            control.sendall(b"%d\n" % _ending(int(request[0])))
    return 0


def _line(control: socket.socket) -> bytes:
    line = b""
    while not line.endswith(b"\n"):
        piece = control.recv(1 << 16)
        if not piece:
            sys.exit(0)
        line += piece
    return line


def _descriptors(ancillary: list[Any]) -> list[int]:
    found = array.array("i")
    for _level, _kind, data in ancillary:
        found.frombytes(data)
    return list(found)


def _ending(reader: int) -> int:
    """End a reader that may still run; how it ended: minus the signal, or its exit status."""
    try:
        os.kill(reader, signal.SIGKILL if _is_alive(reader) else 0)
        return os.waitstatus_to_exitcode(os.waitpid(reader, 0)[1])
    except (ProcessLookupError, ChildProcessError):
        return 0


def _is_alive(reader: int) -> bool:
    """Whether it has not ended; what has ended waits to be asked how."""
    waited = os.waitid(os.P_PID, reader, os.WEXITED | os.WNOHANG | os.WNOWAIT)
    return waited is None


def _fork(control: socket.socket, pipes: list[int], work: Callable[[bytes], bytes], job: dict[str, Any]) -> int:
    reader = os.fork()
    if reader:
        for pipe in pipes:
            os.close(pipe)
        return reader
    control.close()
    _read(pipes[0], pipes[1], work, job)


def _read(jobs: int, answers: int, work: Callable[[bytes], bytes], job: dict[str, Any]) -> NoReturn:
    """Answer jobs until there are no more, each within its limits."""
    status = 1
    try:
        _limit_memory(job["memory"])
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        with open(jobs, "rb") as source, open(answers, "wb") as sink:
            while len(length := source.read(_LENGTH.size)) == _LENGTH.size:
                data = source.read(_LENGTH.unpack(length)[0])
                signal.setitimer(signal.ITIMER_PROF, job["seconds"])
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
    sys.exit(main())
