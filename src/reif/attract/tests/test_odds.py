"""The integrals agree with throwing dice a hundred thousand times, and with what is known in closed form."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reif.attract.pages.odds import difference, odds, unlikely

CASES = [
    [(0, 0), (0, 0)],
    [(100, 10), (100, 14)],
    [(10, 1), (1_000_000, 50_000)],
    [(5000, 200), (5000, 260), (4000, 150)],
    [(3, 3), (3, 0)],
    [(100, 0), (120, 0)],
    [(1000, 0), (900, 1)],
    [(800, 40), (800, 41), (800, 39), (800, 44), (800, 30)],
]
DRAWS = 100_000


@pytest.mark.parametrize("arms", CASES)
def test_chance_loss_and_interval_are_those_of_monte_carlo(arms):
    draw, best, loss = Random(7), [0] * len(arms), [0.0] * len(arms)
    drawn = [[] for _ in arms]
    for _ in range(DRAWS):
        rates = [draw.betavariate(1 + k, 1 + n - k) for n, k in arms]
        most = max(rates)
        best[rates.index(most)] += 1
        for i, rate in enumerate(rates):
            loss[i] += most - rate
            drawn[i].append(rate)
    widest = max(max(d) - min(d) for d in drawn)
    for i, said in enumerate(odds(arms)):
        spread = sorted(drawn[i])
        width = spread[-1] - spread[0]
        assert said.best == pytest.approx(best[i] / DRAWS, abs=0.006)
        assert said.loss == pytest.approx(loss[i] / DRAWS, abs=0.003 * widest)
        assert said.low == pytest.approx(spread[int(DRAWS * 0.025)], abs=0.02 * width)
        assert said.high == pytest.approx(spread[int(DRAWS * 0.975)], abs=0.02 * width)


def test_a_uniform_posterior_is_known_in_closed_form():
    one, other = odds([(0, 0), (0, 0)])
    assert (one.rate, one.best) == pytest.approx((0.5, 0.5), abs=1e-6)
    assert other.loss == pytest.approx(1 / 6, abs=1e-4)
    assert (one.low, one.high) == pytest.approx((0.025, 0.975), abs=1e-3)


def test_the_difference_is_that_of_monte_carlo():
    draw = Random(3)
    gaps = sorted(draw.betavariate(261, 4741) - draw.betavariate(201, 4801) for _ in range(DRAWS))
    said = difference((5000, 260), (5000, 200))
    assert said.low == pytest.approx(gaps[int(DRAWS * 0.025)], abs=2e-4)
    assert said.high == pytest.approx(gaps[int(DRAWS * 0.975)], abs=2e-4)


@given(st.lists(st.tuples(st.integers(0, 5000), st.integers(0, 5000)), min_size=2, max_size=5))
def test_chances_add_up_and_nothing_leaves_its_bounds(arms):
    said = odds([(max(a, b), min(a, b)) for a, b in arms])
    assert sum(one.best for one in said) == pytest.approx(1, abs=0.01)
    for one in said:
        assert -1e-9 <= one.best <= 1.001
        assert one.loss >= 0
        assert 0 <= one.low <= one.rate <= one.high <= 1 or one.rate < 0.001
    assert max(said, key=lambda one: one.best).loss <= min(one.loss for one in said) + 0.05


def test_more_successes_than_trials_count_as_all_of_them():
    assert odds([(3, 9), (3, 1)]) == odds([(3, 3), (3, 1)])


@pytest.mark.parametrize(
    ("counted", "weights", "chance"),
    [
        ([500, 500], [1, 1], 1.0),
        ([520, 480], [1, 1], 0.2059),
        ([600, 400], [1, 1], 2.54e-10),
        ([100, 210, 90], [1, 2, 1], 0.4724),
    ],
)
def test_the_chance_of_a_split_is_that_of_the_chi_square_test(counted, weights, chance):
    assert unlikely(counted, weights) == pytest.approx(chance, rel=0.01)
