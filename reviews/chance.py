"""Is a difference between stars larger than chance would make it? Plain statistics, checked against tables."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from math import erfc, exp, pi, sqrt

from community.threads.ranking import wilson_lower_bound

LEAST_EXPECTED = 5
"""Below that in any cell the chi-squared distribution fits badly (Cochran 1954), and shuffling takes its place."""
SHUFFLES = 5_000


@dataclass(frozen=True)
class Finding:
    """`p`: how often chance alone makes a difference at least as large. `name`: of the test, for who checks it."""

    p: float
    name: str


def wilson_interval(part: int, whole: int) -> tuple[float, float]:
    """The 95 % interval of a share, as two shares. (0, 1) where there is nothing to share."""
    if not whole:
        return 0.0, 1.0
    return wilson_lower_bound(part, whole), 1 - wilson_lower_bound(whole - part, whole)


def same_shares(groups: Sequence[tuple[int, int]]) -> Finding | None:
    """Have all groups one share? `groups` are (yes, no). None where all said yes, all said no, or there is one group.

    Pearson's chi-squared test of homogeneity; where a cell is expected to hold fewer than 5, the same statistic with
    its distribution found by shuffling (5,000 times, always the same ones).
    """
    groups = [group for group in groups if sum(group)]
    yes, no = sum(g[0] for g in groups), sum(g[1] for g in groups)
    if len(groups) < 2 or not yes or not no:
        return None
    observed = _chi_squared([g[0] for g in groups], [sum(g) for g in groups])
    if min(yes, no) * min(map(sum, groups)) / (yes + no) >= LEAST_EXPECTED:
        return Finding(chi_squared_tail(observed, len(groups) - 1), "chi-squared test of homogeneity")
    return Finding(_by_shuffling(observed, groups), "permutation test of the chi-squared statistic")


def same_waits(groups: Sequence[Sequence[float]]) -> Finding | None:
    """Do all groups wait alike? Kruskal and Wallis's test on ranks, of groups of at least 5; None without two such."""
    groups = [group for group in groups if len(group) >= LEAST_EXPECTED]
    values = sorted((value, place) for place, group in enumerate(groups) for value in group)
    if len(groups) < 2 or values[0][0] == values[-1][0]:
        return None
    ranks, ties, seen, count = [0.0] * len(groups), 0, 0, len(values)
    for _, run in groupby(values, key=lambda pair: pair[0]):
        same = list(run)
        ties += len(same) ** 3 - len(same)
        for _, place in same:
            ranks[place] += seen + (len(same) + 1) / 2
        seen += len(same)
    squares = sum(rank**2 / len(group) for rank, group in zip(ranks, groups, strict=True))
    statistic = (12 / (count * (count + 1)) * squares - 3 * (count + 1)) / (1 - ties / (count**3 - count))
    return Finding(chi_squared_tail(statistic, len(groups) - 1), "Kruskal–Wallis test")


def _chi_squared(yes: Sequence[int], sizes: Sequence[int]) -> float:
    share = sum(yes) / sum(sizes)
    return sum((y - n * share) ** 2 / (n * share * (1 - share)) for y, n in zip(yes, sizes, strict=True))


def chi_squared_tail(x: float, freedom: int) -> float:
    """The chi-squared distribution's tail beyond `x`, for 1 to 4 degrees of freedom: closed forms."""
    x = max(x, 0.0)
    normal, tail = erfc(sqrt(x / 2)), exp(-x / 2)
    return {1: normal, 2: tail, 3: normal + sqrt(2 * x / pi) * tail, 4: tail * (1 + x / 2)}[freedom]


def _by_shuffling(observed: float, groups: Sequence[tuple[int, int]]) -> float:
    """Deal the rarer answer out at random; how often the statistic gets as large. Never 0 (Phipson and Smyth 2010)."""
    sizes = [sum(group) for group in groups]
    rare = min(sum(g[0] for g in groups), sum(g[1] for g in groups))
    ends = [sum(sizes[: place + 1]) for place in range(len(sizes))]
    dice, as_large = random.Random(20_240_822), 0
    for _ in range(SHUFFLES):
        dealt = [0] * len(sizes)
        for card in dice.sample(range(ends[-1]), rare):
            dealt[next(place for place, end in enumerate(ends) if card < end)] += 1
        as_large += _chi_squared(dealt, sizes) >= observed - 1e-9
    return (as_large + 1) / (SHUFFLES + 1)
