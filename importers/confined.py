"""Parsers of files from outside run in a child process with limits on memory, processor time and silence.

A parser that is led astray by its file (a bomb, a loop, a lie about its size) dies there, and the operator
reads why. Child and parent speak JSON lines, so nothing that the child says is run in the parent. The
child's side is ``confined_child``.
"""

import json
import os
import selectors
import signal
import subprocess
import sys
from collections.abc import Generator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from models.errors import RuleBroken
from models.language import N_, _
from models.text import shown

_CHILD = Path(__file__).with_name("confined_child.py")
_PIECE = 1 << 18


@dataclass(frozen=True, slots=True)
class Limits:
    """What a child may use: bytes of memory, seconds of processor time, seconds without a word, bytes of a message."""

    memory: int = 1 << 30
    processor_seconds: int = 300
    silent_seconds: float = 60.0
    message: int = 64 << 20


_TOO_MUCH_MEMORY = N_("Reading it takes more than {megabytes} MB of memory.")
_TOO_SLOW = N_("Reading it takes more than {seconds} s.")
_DIED = N_("It broke its reader ({reason}).")


def confined(
    worker: str, arguments: Mapping[str, object], *, name: str, limits: Limits | None = None
) -> Generator[Any, None, None]:
    """Run ``module:function`` in a child and yield the plain values that its generator yields.

    ``arguments`` and the values are what JSON can hold. ``name`` is the file, for messages. Raises
    ``RuleBroken`` when the worker refuses its file, exceeds a limit or dies. Closing the generator ends
    the child.
    """
    limits = limits or Limits()
    # -I: neither the working directory nor the environment decides what the child imports.
    child = subprocess.Popen(
        [sys.executable, "-I", str(_CHILD)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        close_fds=True,
    )
    try:
        job = {"path": sys.path, "worker": worker, "arguments": dict(arguments), "limits": asdict(limits)}
        _tell(child, json.dumps(job).encode())
        for line in _lines(child, limits, name):
            message = json.loads(line)
            if "refused" in message:
                raise _unreadable(name, message["refused"])
            if "memory" in message:
                raise _unreadable(name, _(_TOO_MUCH_MEMORY).format(megabytes=limits.memory >> 20))
            if "broken" in message:
                raise _unreadable(name, _(_DIED).format(reason=message["broken"]))
            yield message["value"]
    finally:
        child.kill()
        child.wait()
        if child.stdout:
            child.stdout.close()


def _tell(child: "subprocess.Popen[bytes]", job: bytes) -> None:
    assert child.stdin is not None
    with child.stdin:
        child.stdin.write(job)


def _unreadable(name: str, reason: str) -> RuleBroken:
    return RuleBroken("file", _("{file} cannot be read.").format(file=shown(name)), shown(reason))


def _lines(child: "subprocess.Popen[bytes]", limits: Limits, name: str) -> Generator[bytes, None, None]:
    """The child's messages, until it ends in order; silence and other ends raise ``RuleBroken``."""
    assert child.stdout is not None
    pipe, rest = child.stdout.fileno(), bytearray()
    with selectors.DefaultSelector() as selector:
        selector.register(pipe, selectors.EVENT_READ)
        while True:
            if not selector.select(limits.silent_seconds):
                raise _unreadable(name, _(_TOO_SLOW).format(seconds=round(limits.silent_seconds)))
            piece = os.read(pipe, _PIECE)
            if not piece:
                break
            rest += piece
            if len(rest) > limits.message:
                raise _unreadable(name, _(_TOO_MUCH_MEMORY).format(megabytes=limits.message >> 20))
            *whole, last = rest.split(b"\n")
            yield from map(bytes, whole)
            rest = last
    status = child.wait()
    if status == -signal.SIGXCPU:
        raise _unreadable(name, _(_TOO_SLOW).format(seconds=limits.processor_seconds))
    if status or rest:
        raise _unreadable(name, _(_DIED).format(reason=status))
