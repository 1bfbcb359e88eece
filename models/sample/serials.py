"""Serial numbers after a product's pattern: one after the other, each once, and none looks like its neighbour."""

from __future__ import annotations

from functools import cache
from math import gcd, prod
from random import Random

_DECIMAL, _HEXADECIMAL = "0123456789", "0123456789ABCDEF"
# Without letters that are read for others (I, J, O, Q).
_LETTERS = "ABCDEFGHKLMNPRSTUVWXYZ"
_LARGEST_CHUNK = 5_000
_ALPHABETS = {"9": _DECIMAL, "X": _HEXADECIMAL, "A": _LETTERS, "*": _LETTERS + _DECIMAL}


def literal(text: str) -> str:
    """Text as it stands for itself in a pattern."""
    return "".join("\\" + sign if sign in _ALPHABETS or sign == "\\" else sign for sign in text)


class Serials:
    """All numbers of a pattern in an order that a seed decides.

    The n-th number is a bijection of n within the pattern's space (a multiplication, then two steps of a Feistel
    network over a split of the space), so nothing has to be remembered to give no number twice.
    """

    def __init__(self, pattern: str, random: Random) -> None:
        self._chunks = _chunks(pattern)
        sizes = [len(chunk) for chunk in self._chunks]
        self._low = prod(sizes[len(sizes) // 2 :])
        self._high = prod(sizes[: len(sizes) // 2])
        self._space = self._low * self._high
        self._factor = self._space * 618 // 1000 | 1
        while gcd(self._factor, self._space) > 1:
            self._factor += 2
        self._offset = random.randrange(self._space)
        self._mixers = random.getrandbits(40) | 1, random.getrandbits(40) | 1
        self._given = 0

    def next(self) -> str:
        """The next number."""
        if self._given >= self._space:
            raise ValueError("every number of this pattern is given")
        high, low = divmod((self._given * self._factor + self._offset) % self._space, self._low)
        self._given += 1
        low = (low + (high * self._mixers[0] >> 17)) % self._low
        high = (high + (low * self._mixers[1] >> 17)) % self._high
        return self._written(high * self._low + low)

    def _written(self, value: int) -> str:
        signs = []
        for chunk in self._chunks:
            value, digit = divmod(value, len(chunk))
            signs.append(chunk[digit])
        return "".join(signs)


@cache
def _chunks(pattern: str) -> list[list[str]]:
    """The pattern in pieces, each with all that it can be."""
    chunks = [[""]]
    signs = iter(pattern)
    for sign in signs:
        alphabet = next(signs) if sign == "\\" else _ALPHABETS.get(sign, sign)
        if len(chunks[-1]) * len(alphabet) > _LARGEST_CHUNK:
            chunks.append([""])
        chunks[-1] = [begun + letter for begun in chunks[-1] for letter in alphabet]
    return chunks
