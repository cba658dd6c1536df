"""Timing in one run: the work, and a yardstick beside it."""

import gc
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Measured:
    """How long a piece of work took, against a yardstick and a goal if it has one; seconds."""

    work: str
    seconds: float
    yardstick: str
    yardstick_seconds: float
    goal_seconds: float | None

    def __str__(self) -> str:
        ratio = self.seconds / self.yardstick_seconds
        goal = "no goal"
        if self.goal_seconds is not None:
            is_met = "met" if self.seconds <= self.goal_seconds else "NOT MET"
            goal = f"goal {_shown(self.goal_seconds)} {is_met}"
        return (
            f"{self.work:<64} {_shown(self.seconds)}  {goal:<26}"
            f"{ratio:>9.2f} × {self.yardstick} ({_shown(self.yardstick_seconds)})"
        )


def least(perform: Callable[[], object], *, runs: int = 7) -> float:
    """The least of several runs, in seconds of the clock."""
    times = []
    for _ in range(runs):
        gc.collect()
        began = time.perf_counter()
        perform()
        times.append(time.perf_counter() - began)
    return min(times)


def _shown(seconds: float) -> str:
    return f"{seconds * 1000:9.3f} ms" if seconds < 1 else f"{seconds:9.3f} s "
