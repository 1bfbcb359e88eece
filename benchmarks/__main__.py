"""``python -m benchmarks [NAME…]``: measure, and print a table of ours, the peer and the ratio. Nothing passes or
fails by the clock."""

from __future__ import annotations

import argparse
import importlib
import sys
from pathlib import Path

from benchmarks.measured import Line, table
from benchmarks.workshop import PROJECT, Workshop

BENCHMARKS = {
    "key": ("benchmarks.look_up", "turbofly key FRAGMENT as a whole process"),
    "query": ("benchmarks.queries", "the look-up's query alone, on SQLite and on PostgreSQL"),
    "start": ("benchmarks.starting", "from the start of the process to the list of keys"),
    "walk": ("benchmarks.walking", "bytes and time per key press in that list, and its memory"),
    "clients": ("benchmarks.clients", "likely duplicates of a client, and merging the largest one"),
    "timeline": ("benchmarks.timelines", "the timeline of a client with ten thousand events"),
    "sales": ("benchmarks.selling", "the funnel, the journal of documents, issuing an invoice of 50 lines"),
    "licensing": ("benchmarks.licensing", "large cards, shipments of 200 licences, replacing a key, taking codes"),
    "import": ("benchmarks.importing", "importing licences, and saving meanwhile"),
    "mail": (
        "benchmarks.mail_importing",
        "importing mail beside notmuch and mu, and saving and pressing keys meanwhile",
    ),
    "search": ("benchmarks.mail_searching", "two words in the archive of mail, beside notmuch and mu"),
}
SCALES = ("small", "medium", "large")


def main(arguments: list[str] | None = None) -> int:
    """Run the benchmarks that are named, or all."""
    given = _parser().parse_args(arguments)
    workshop = Workshop(
        given.folder,
        given.scale,
        given.import_scale,
        rounds=given.rounds,
        postgresql=not given.no_postgresql,
        mail=given.mail,
        python=given.python,
    )
    lines: list[Line] = []
    for name in given.names or BENCHMARKS:
        module, what = BENCHMARKS[name]
        print(f"{name}: {what} …", file=sys.stderr, flush=True)
        lines.extend(importlib.import_module(module).measure(workshop))
    print(table(lines))
    return 0


def _parser() -> argparse.ArgumentParser:
    said = "\n".join(f"  {name:<10}{what}" for name, (_module, what) in BENCHMARKS.items())
    parser = argparse.ArgumentParser(
        "python -m benchmarks",
        description=f"Measure TurboFly beside its peers:\n{said}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("names", nargs="*", choices=[[], *BENCHMARKS], metavar="NAME", help="which; without, all")
    parser.add_argument("--scale", choices=SCALES, default="large", help="the large company (default: large)")
    parser.add_argument(
        "--import-scale", choices=SCALES, default="medium", help="the company whose licences are imported"
    )
    parser.add_argument("--rounds", type=int, default=15, help="how often each thing is timed (default: 15)")
    parser.add_argument("--folder", type=Path, default=PROJECT / "build" / "bench", help="where the samples are kept")
    parser.add_argument("--mail", type=Path, help="a folder of messages to import, SpamAssassin's for one")
    parser.add_argument(
        "--python",
        default=sys.executable,
        help="the interpreter of the environment whose programs are timed (default: the one that runs this)",
    )
    parser.add_argument("--no-postgresql", action="store_true", help="leave PostgreSQL out")
    return parser


if __name__ == "__main__":
    sys.exit(main())
