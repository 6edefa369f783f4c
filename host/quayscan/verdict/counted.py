"""The false-alarm rate of a mixture, and of what lies behind a wall: counted, and said with the verdict."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..match.conformal import MOST_RATE
from ..match.mixture import MixtureOptions, counted_rate
from ..match.mixture.false_alarms import Rule
from ..match.prepared import compared_rows
from .decide import NO_RATE
from .verdict import FalseAlarm

if TYPE_CHECKING:
    from .mixture_rules import MixtureRules

WHAT = {"mixture": "a part of it", "wall": "the contents"}


def false_alarm_of(rule: Rule, rules: MixtureRules) -> FalseAlarm | None:
    """The rate that a rule keeps; None where other constants were used than those that it was counted with."""
    if rules.options != MixtureOptions() or not rules.single.calibrated:
        return None
    counted = counted_rate(rule, shipped=rules.library.seal.shipped)
    entries = int(compared_rows(rules.library).size)
    return FalseAlarm(
        rate=counted.rate(entries),
        asked=rules.single.rate,
        smallest=counted.smallest(entries),
        p_value=None,
        n=counted.n,
        entries=entries,
        substances=counted.substances,
        trials=rule,
    )


def too_often(kept: FalseAlarm | None) -> bool:
    """Whether a rule names what is not there so often with so large a library that it must not speak."""
    return kept is not None and kept.rate > MOST_RATE


def rate_words(kept: FalseAlarm | None) -> str:
    """What the rate says, for the officer."""
    if kept is None:
        return NO_RATE
    return (
        f"If the library lacks {WHAT[kept.trials]}, something else is named instead in {kept.rate:.0%} of samples"
        f" (n {kept.n}, {kept.substances} substances)."
    )
