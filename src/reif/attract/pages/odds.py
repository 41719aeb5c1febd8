"""What numbers of trials and successes say about rates, after Bayes: Beta posteriors under a flat prior.

Everything is computed on one grid of rates by the trapezoid rule: no sampling, no table, the same answer each time.
For arms with the posterior densities f and distributions F, the chance that arm i is the best is the integral of
f_i times the product of the other F; what choosing i costs on average is E[max] - E[i], with E[max] the integral of
1 minus the product of all F.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass

FINE, COARSE = (8, 500), (40, 300)
"""Standard deviations to both sides of the mean, and how many points: near it, and where rare rates have long tails."""


@dataclass(frozen=True)
class Odds:
    """Of one arm: its rate (mean of the posterior), the interval that holds it with 95 %, the chance to be the best,
    and how much rate one loses on average by taking it (expected loss)."""

    rate: float
    low: float
    high: float
    best: float
    loss: float


@dataclass(frozen=True)
class Difference:
    """How much more one arm brings than another: the middle and the interval that holds it with 95 %."""

    middle: float
    low: float
    high: float


class Posterior:
    """Beta(1 + successes, 1 + failures)."""

    def __init__(self, trials: int, successes: int) -> None:
        successes = min(max(successes, 0), max(trials, 0))
        self.a, self.b = 1.0 + successes, 1.0 + trials - successes
        whole = self.a + self.b
        self.mean = self.a / whole
        self.deviation = math.sqrt(self.a * self.b / (whole * whole * (whole + 1.0)))
        self._scale = math.lgamma(whole) - math.lgamma(self.a) - math.lgamma(self.b)

    def grid(self) -> list[float]:
        made = []
        for width, points in (FINE, COARSE):
            low = max(0.0, self.mean - width * self.deviation)
            high = min(1.0, self.mean + width * self.deviation)
            made += [low + (high - low) * n / (points - 1) for n in range(points)]
        return made

    def density(self, x: float) -> float:
        if x <= 0.0 or x >= 1.0:
            at_edge = (self.a == 1.0 and x <= 0.0) or (self.b == 1.0 and x >= 1.0)
            return math.exp(self._scale) if at_edge else 0.0
        return math.exp(self._scale + (self.a - 1.0) * math.log(x) + (self.b - 1.0) * math.log1p(-x))


def odds(arms: Sequence[tuple[int, int]]) -> list[Odds]:
    """(trials, successes) of each arm; successes beyond the trials count as all of them."""
    posteriors = [Posterior(*arm) for arm in arms]
    grid = sorted({0.0, 1.0, *(x for p in posteriors for x in p.grid())})
    densities = [[p.density(x) for x in grid] for p in posteriors]
    sums = [cumulated(grid, d) for d in densities]
    together = [math.prod(column) for column in zip(*sums, strict=True)]
    most = integral(grid, [1.0 - share for share in together])
    return [
        Odds(
            rate=p.mean,
            low=quantile(grid, sums[i], 0.025),
            high=quantile(grid, sums[i], 0.975),
            best=integral(grid, _best(densities[i], sums, i)),
            loss=max(0.0, most - p.mean),
        )
        for i, p in enumerate(posteriors)
    ]


def difference(one: tuple[int, int], other: tuple[int, int]) -> Difference:
    """How much more `one` brings than `other`."""
    first, second = Posterior(*one), Posterior(*other)
    grid = sorted({0.0, 1.0, *first.grid(), *second.grid()})
    density = [second.density(x) for x in grid]
    below = cumulated(grid, [first.density(x) for x in grid])

    def at_most(gap: float) -> float:
        return integral(grid, [d * _read(grid, below, x + gap) for x, d in zip(grid, density, strict=True)])

    spread = 8 * math.hypot(first.deviation, second.deviation)
    middle = first.mean - second.mean
    return Difference(
        middle, _solve(at_most, 0.025, middle - spread, middle), _solve(at_most, 0.975, middle, middle + spread)
    )


def unlikely(counted: Sequence[int], weights: Sequence[float]) -> float:
    """How often chance alone splits as unevenly as this, or more (chi-square test of the sample ratio)."""
    whole, parts = sum(counted), sum(weights)
    if not whole or len(counted) < 2:
        return 1.0
    expected = [whole * w / parts for w in weights]
    square = sum((n - e) ** 2 / e for n, e in zip(counted, expected, strict=True) if e)
    return _upper_gamma((len(counted) - 1) / 2, square / 2)


def integral(grid: Sequence[float], values: Sequence[float]) -> float:
    return sum((grid[n] - grid[n - 1]) * (values[n] + values[n - 1]) / 2 for n in range(1, len(grid)))


def cumulated(grid: Sequence[float], density: Sequence[float]) -> list[float]:
    """The distribution of a density, scaled so that it ends at one."""
    sums = [0.0]
    for n in range(1, len(grid)):
        sums.append(sums[-1] + (grid[n] - grid[n - 1]) * (density[n] + density[n - 1]) / 2)
    whole = sums[-1] or 1.0
    return [value / whole for value in sums]


def quantile(grid: Sequence[float], sums: Sequence[float], share: float) -> float:
    n = min(max(bisect_left(sums, share), 1), len(grid) - 1)
    gap = sums[n] - sums[n - 1]
    return grid[n - 1] + (grid[n] - grid[n - 1]) * ((share - sums[n - 1]) / gap if gap else 0.0)


def _best(density: Sequence[float], sums: Sequence[Sequence[float]], arm: int) -> list[float]:
    others = [s for n, s in enumerate(sums) if n != arm]
    return (
        [d * math.prod(column) for d, column in zip(density, zip(*others, strict=True), strict=True)]
        if others
        else list(density)
    )


def _read(grid: Sequence[float], sums: Sequence[float], x: float) -> float:
    if x <= grid[0]:
        return 0.0
    if x >= grid[-1]:
        return 1.0
    n = bisect_left(grid, x)
    return sums[n - 1] + (sums[n] - sums[n - 1]) * (x - grid[n - 1]) / (grid[n] - grid[n - 1])


def _solve(rising: Callable[[float], float], share: float, low: float, high: float) -> float:
    for _round in range(30):
        middle = (low + high) / 2
        if rising(middle) < share:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def _upper_gamma(s: float, x: float) -> float:
    """Q(s, x), the regularised upper incomplete gamma function (series below s + 1, continued fraction above)."""
    if x <= 0:
        return 1.0
    front = math.exp(-x + s * math.log(x) - math.lgamma(s))
    if x < s + 1:
        term = total = 1.0 / s
        for n in range(1, 500):
            term *= x / (s + n)
            total += term
        return max(0.0, 1.0 - total * front)
    b, c, d = x + 1 - s, 1e300, 1.0 / (x + 1 - s)
    h = d
    for n in range(1, 500):
        step = -n * (n - s)
        b += 2
        d = 1.0 / (step * d + b)
        c = b + step / c
        h *= c * d
    return front * h
