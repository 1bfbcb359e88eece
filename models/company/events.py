"""What our own company's area tells the others."""

from __future__ import annotations

from typing import NamedTuple


class CompanyFounded(NamedTuple):
    """The first company and operator were made: areas write what a new company begins with."""
