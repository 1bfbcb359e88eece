"""Random fragments of what keys and licences are known by: three to twelve characters of a number, name or product."""

from __future__ import annotations

import random
from pathlib import Path

from benchmarks.workshop import Workshop
from models.text import fold

SHORTEST, LONGEST = 3, 12
_FIELDS = """
    SELECT l.number, k.number, c.name, l.name, p.name FROM licence l JOIN client c ON c.id = l.client_id
    JOIN product p ON p.id = l.product_id LEFT JOIN protection_key k ON k.id = l.key_id WHERE l.id = ?
"""


def fragments(workshop: Workshop, database: Path, count: int, seed: int = 7) -> list[str]:
    """So many fragments, each of a random field of a random licence; the same for the same seed."""
    chance = random.Random(seed)
    ((highest,),) = workshop.select(database, "SELECT max(id) FROM licence")
    found: list[str] = []
    while len(found) < count:
        for fields in workshop.select(database, _FIELDS, chance.randint(1, highest)):
            text = chance.choice([field for field in fields if field])
            length = chance.randint(SHORTEST, LONGEST)
            start = chance.randint(0, max(0, len(text) - length))
            fragment = text[start : start + length].strip()
            if len(fold(fragment)) >= SHORTEST:
                found.append(fragment)
    return found
