"""Exact binomial bounds."""

from __future__ import annotations

from scipy.stats import beta


def clopper_pearson(hits: int, trials: int, confidence: float = 0.95) -> tuple[float, float]:
    """Two-sided exact interval of a rate (C. J. Clopper, E. S. Pearson, Biometrika 26 (1934) 404-413)."""
    tail = (1 - confidence) / 2
    low = float(beta.ppf(tail, hits, trials - hits + 1)) if hits else 0.0
    high = float(beta.ppf(1 - tail, hits + 1, trials - hits)) if hits < trials else 1.0
    return low, high


def at_most(hits: int, trials: int, confidence: float = 0.95) -> float:
    """One-sided exact upper bound of a rate."""
    return float(beta.ppf(confidence, hits + 1, trials - hits)) if hits < trials else 1.0


def at_least(hits: int, trials: int, confidence: float = 0.95) -> float:
    """One-sided exact lower bound of a rate."""
    return float(beta.ppf(1 - confidence, hits, trials - hits + 1)) if hits else 0.0


def stated(hits: int, trials: int) -> str:
    """ "3/61 (4.9 %, at most 12.2 %)"."""
    if not trials:
        return "0/0"
    return f"{hits}/{trials} ({hits / trials:.2%}, at most {at_most(hits, trials):.2%})"
