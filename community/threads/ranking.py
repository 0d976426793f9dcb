"""How sure the votes make us that a post helps."""

from math import sqrt

Z = 1.96


def wilson_lower_bound(positive: int, total: int) -> float:
    """The lower end of the 95 % interval of the helpful share (Wilson 1927): 9 of 10 is .5958. 0 without votes."""
    if not total:
        return 0.0
    share = positive / total
    margin = Z * sqrt((share * (1 - share) + Z * Z / (4 * total)) / total)
    bound = (share + Z * Z / (2 * total) - margin) / (1 + Z * Z / total)
    return min(1.0, max(0.0, bound))
