"""Tests of importers/."""
