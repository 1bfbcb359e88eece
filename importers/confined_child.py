"""The child's side of ``confined``: takes one job, limits itself, runs the worker, writes its values as JSON lines.

It is run as a file by a fresh interpreter, and imports nothing of the program before the limits hold.
"""

import importlib
import json
import resource
import sys
from typing import Any


class Refused(Exception):
    """A worker's way to say, in words for the operator, why it does not read a file."""


def _limit(kind: int, most: int) -> None:
    """Lower a limit; one that is already lower stays."""
    hard = resource.getrlimit(kind)[1]
    allowed = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(kind, (allowed, hard))


def main() -> int:
    """Run the job that stands on standard input."""
    job = json.loads(sys.stdin.buffer.read())
    limits = job["limits"]
    if sys.platform != "darwin":  # whose kernel knows no limit of address space
        _limit(resource.RLIMIT_AS, limits["memory"])
    _limit(resource.RLIMIT_CPU, limits["processor_seconds"])
    _limit(resource.RLIMIT_CORE, 0)
    sys.path[:] = job["path"]
    module, function = job["worker"].split(":")
    out = sys.stdout.buffer
    try:
        worker = getattr(importlib.import_module(module), function)
        for value in worker(**job["arguments"]):
            out.write(_line({"value": value}))
            out.flush()
    except BrokenPipeError:
        return 1
    except MemoryError:
        out.write(_line({"memory": True}))
    except Exception as error:
        out.write(_line(_verdict(error)))
    out.flush()
    return 0


def _verdict(error: Exception) -> dict[str, Any]:
    # This file runs as __main__, the worker imports the class under its module's name.
    if type(error).__name__ == Refused.__name__:
        return {"refused": str(error)}
    return {"broken": f"{type(error).__name__}: {error}"[:300]}


def _line(message: dict[str, Any]) -> bytes:
    return json.dumps(message, ensure_ascii=True, separators=(",", ":")).encode() + b"\n"


if __name__ == "__main__":
    sys.exit(main())
