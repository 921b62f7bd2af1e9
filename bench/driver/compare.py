"""Runs contenders in turn, A B C A B C, so that a drift of the machine hits all alike, and prints medians and ratios."""

import sys
from dataclasses import dataclass
from statistics import median
from typing import Callable

from measure import GIB, Cost, run


@dataclass(frozen=True)
class Contender:
    name: str
    # Given a round's number, what to run.
    command: Callable
    # Given a round's number and the cost, undoes what was done; raises when the result is not what was asked for.
    finish: Callable = lambda number, cost: None


@dataclass(frozen=True)
class Target:
    text: str
    value: float
    limit: float

    def __str__(self):
        return f"{'OK    ' if self.value <= self.limit else 'MISSED'}  {self.text}: {self.value:.2f} (target: {self.limit:g} at most)"


class Comparison:
    def __init__(self, title, total_bytes, contenders, scratch, runs, prepare=lambda: None, runner=run):
        self.title, self.total_bytes, self.names = title, total_bytes, [contender.name for contender in contenders]
        self.costs = {name: [] for name in self.names}
        for number in range(runs):
            for contender in contenders:
                prepare()
                progress(f"{title}: run {number + 1} of {runs}, {contender.name}")
                cost = runner(contender.command(number), scratch)
                contender.finish(number, cost)
                self.costs[contender.name].append(cost)

    def median(self, name, what):
        return median(what(cost) for cost in self.costs[name])

    def ratio(self, name, floor, what):
        """The median of the ratios within each round, not the ratio of the medians."""
        return median(what(cost) / what(against) for cost, against in zip(self.costs[name], self.costs[floor]))

    def cpu_per_gib(self, name):
        return self.median(name, cpu) * GIB / self.total_bytes

    def peak(self, name):
        return max(cost.peak_mib for cost in self.costs[name])

    def print(self, floors):
        heads = ["", "wall s", "CPU s", "CPU s/GiB", "peak MiB"]
        heads += [f"{what} x {floor}" for floor in floors for what in ("wall", "CPU")]
        print_table(self.title, heads, [
            [name, f"{self.median(name, wall):.2f}", f"{self.median(name, cpu):.2f}", f"{self.cpu_per_gib(name):.2f}", f"{self.peak(name):.0f}"]
            + [f"{self.ratio(name, floor, what):.2f}" for floor in floors for what in (wall, cpu)]
            for name in self.names])


def wall(cost: Cost):
    return cost.wall


def cpu(cost: Cost):
    return cost.cpu


def print_table(title, heads, rows):
    print(f"\n{title}\n")
    widths = [max(len(row[i]) for row in [heads, *rows]) for i in range(len(heads))]
    for row in (heads, ["-" * width for width in widths], *rows):
        cells = [row[0].ljust(widths[0])] + [cell.rjust(width) for cell, width in zip(row[1:], widths[1:])]
        print("| " + " | ".join(cells) + " |")
    print(flush=True)


def progress(text):
    print(f"bench: {text}", file=sys.stderr, flush=True)
