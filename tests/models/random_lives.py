"""Random sequences of actions, each on a database that is as new: what the stateful tests of several areas share."""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import RuleBasedStateMachine, run_state_machine_as_test

from models.writing import Actor
from tests.models.emptied import empty_again

# Making a failing life shorter takes many minutes: SHRINK=1 asks for it.
_PHASES = [phase for phase in Phase if phase is not Phase.shrink or os.environ.get("SHRINK")]

short_and_long = pytest.mark.parametrize("size", ["short", pytest.param("long", marks=pytest.mark.proof)])
"""Some short lives always, the same each time; many long ones (LIVES says how many) where there is time."""


class RandomLife(RuleBasedStateMachine):
    """What operators may do in any order, and what has to hold after every step."""

    by: Actor
    """Who does it all."""

    def __init__(self) -> None:
        empty_again()
        super().__init__()


def live(life: type[RandomLife], by: Actor, size: str, *, short: tuple[int, int] = (5, 25)) -> None:
    """Live such lives on the database of the test; ``short`` says how many short ones, of how many steps."""
    examples, steps = short if size == "short" else (int(os.environ.get("LIVES", "150")), 60)

    life.by = by
    run_state_machine_as_test(
        life,
        settings=settings(
            max_examples=examples, stateful_step_count=steps, deadline=None, derandomize=size == "short",
            suppress_health_check=list(HealthCheck), phases=_PHASES,
        ),
    )  # fmt: skip
