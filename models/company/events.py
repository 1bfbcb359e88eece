"""What our own company's area tells the others."""

from __future__ import annotations

from dataclasses import dataclass

from models.events import Event


@dataclass(frozen=True, slots=True)
class CompanyFounded(Event):
    """The first company and operator were made: areas write what a new company begins with."""
