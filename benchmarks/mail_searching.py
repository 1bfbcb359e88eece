"""Searching the archive of a medium company for two words, the newest first: inside the program, and as a process
beside ``notmuch search`` and ``mu find`` over the same letters."""

from __future__ import annotations

import json
import random
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from zstandard import ZstdDecompressor

from benchmarks import letters
from benchmarks.measured import Line
from benchmarks.timing import Took, in_turns, percentile, process
from benchmarks.workshop import PROJECT, Workshop

PAIRS = 500
ALL_LETTERS = 1_000_000
_WORD = re.compile(r"[а-яёa-z]{4,}", re.IGNORECASE)
_RUN = """
import json, sys, time
from models.database import DatabaseURL
from models.opening import open_for_reading

open_for_reading(DatabaseURL.parse(sys.argv[1]))
from models.mail.lists import MESSAGES
from models.search.queries import find
from models.table_listing import TableListing

ways = {
    "find": lambda text: find(text, "message", 50),
    "list of messages": lambda text: TableListing.of(MESSAGES).with_filter(text).page(0, 50),
}
pairs = json.load(sys.stdin)
took = {}
for name, way in ways.items():
    way(pairs[0])
    best = []
    for pair in pairs:
        times = []
        for _round in range(3):
            start = time.perf_counter()
            way(pair)
            times.append((time.perf_counter() - start) * 1000)
        best.append(min(times))
    took[name] = best
print(json.dumps(took))
"""


def measure(workshop: Workshop) -> Iterator[Line]:
    """The times of random pairs of words inside the program; of a pair that is in many letters, as processes."""
    database = workshop.sample(workshop.import_scale)
    ((messages,),) = workshop.select(database, "SELECT count(*) FROM message")
    asked = pairs(workshop, PAIRS)
    for way, inside in _inside(workshop, asked).items():
        for percent, aim in ((50, ""), (95, "≤ 5 ms")):
            what = f"two words in {messages:,} messages, {way}, {percent}th percentile"
            yield Line(what, "ms", percentile(inside, percent), aim=aim)
    folder = letters.of_sample(workshop, ALL_LETTERS)
    words = asked[0]
    command: list[str | Path] = [
        workshop.programs / "turbofly",
        "--database",
        database,
        "find",
        "--kind",
        "message",
        *words.split(),
    ]
    trials: dict[str, Callable[[], Took]] = {"ours": partial(process, command, workshop.environment)}
    for peer in letters.peers(workshop, folder):
        peer.index()
        trials[peer.name] = partial(peer.search, words)
    times = in_turns(trials, workshop.rounds)
    if len(times) == 1:
        yield Line("turbofly find, two words, by the clock", "ms", times["ours"].wall)
    for name in (name for name in times if name != "ours"):
        peer_is = f"{name}, the same words, up to 50 messages"
        yield Line("turbofly find, two words, by the clock", "ms", times["ours"].wall, times[name].wall, peer_is)


def _inside(workshop: Workshop, asked: list[str]) -> dict[str, list[float]]:
    finished = subprocess.run(
        [sys.executable, "-c", _RUN, str(workshop.sample(workshop.import_scale))],
        cwd=PROJECT, env=workshop.environment, input=json.dumps(asked), stdout=subprocess.PIPE, text=True, check=True,
    )  # fmt: skip
    took: dict[str, list[float]] = json.loads(finished.stdout)
    return took


def pairs(workshop: Workshop, count: int, seed: int = 7) -> list[str]:
    """Two words of one random letter each time, the same for the same seed."""
    chance, unpacker = random.Random(seed), ZstdDecompressor()
    database = workshop.sample(workshop.import_scale)
    ((highest,),) = workshop.select(database, "SELECT max(message_id) FROM message_text")
    found: list[str] = []
    while len(found) < count:
        number = chance.randint(1, highest)
        for (compressed,) in workshop.select(
            database, "SELECT compressed FROM message_text WHERE message_id = ?", number
        ):
            words = sorted(set(_WORD.findall(unpacker.decompress(compressed).decode())))
            if len(words) > 1:
                found.append(" ".join(chance.sample(words, 2)))
    return found
