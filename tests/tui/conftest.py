"""The shell by its pilot."""

from tests.quick_pilot import quick_pilot

__all__ = ["quick_pilot"]
