"""Workers for the tests of ``confined``: what well-behaved and ill-behaved parsers do."""

import os
import signal
import sys
import time
from collections.abc import Iterator

from importers.confined_child import Refused


def counting(most: int) -> Iterator[object]:
    yield from ({"number": number, "text": "ё\n"} for number in range(most))


def refusing() -> Iterator[object]:
    yield "first"
    raise Refused("It is \x1b[31mred.")


def breaking() -> Iterator[object]:
    yield from ()
    raise ValueError("odd byte")


def greedy() -> Iterator[object]:
    hoard = []
    while True:
        hoard.append(bytearray(10 << 20))
        yield len(hoard)


def looping() -> Iterator[object]:
    while True:
        pass
    yield None


def silent() -> Iterator[object]:
    # Waits for a signal that does not come: no processor time is used.
    signal.pause()
    yield None


def dying() -> Iterator[object]:
    yield 1
    os._exit(7)


def talking_without_end() -> Iterator[object]:
    yield "x" * (2 << 20)


def telling_its_process() -> Iterator[object]:
    yield os.getpid()
    while True:
        yield None


def telling_its_surroundings() -> Iterator[object]:
    yield {"path": sys.path, "isolated": bool(sys.flags.isolated), "clock": time.time() > 0}


def answering(job: bytes) -> bytes:
    """A worker of the nursery: answers the job read backwards, unless the job says otherwise."""
    if job == b"loop":
        while True:
            pass
    if job == b"hoard":
        return bytes(1 << 30)
    if job == b"die":
        os._exit(7)
    if job == b"crash":
        os.kill(os.getpid(), signal.SIGSEGV)
    if job == b"boast":
        return bytes(2 << 20)
    if job == b"raise":
        raise ValueError("odd byte")
    if job == b"wait":
        signal.pause()
    return str(os.getpid()).encode()[::-1] if job == b"pid" else job[::-1]


def reading(job: bytes) -> bytes:
    """A reader of messages that some messages break."""
    from importers.mail_reader import answer

    plainly = b'"plainly": true' in job
    if b"DESTROY" in job or (b"BREAK" in job and not plainly):
        os._exit(7)
    while b"LOOP" in job and not plainly:
        pass
    return answer(job)
