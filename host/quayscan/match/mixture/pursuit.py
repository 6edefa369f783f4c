"""Nonnegative pursuit: components are added while one stands out of what the others leave, and dropped again.

Several combinations are followed at once. A component that no longer stands out beside a later one goes (backtracking),
and the likeliest combination wins: an added component must pay for itself.

After the idea of greedy pursuit stopped at the noise, with alternatives: SPIE 9824, 10.1117/12.2241834.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

from ...library import Library
from ...preprocess.grid import MAX_SHIFT_STEPS, BoolArray
from ..kept import Kept
from .fit import WALL, Fit, Part, Problem, fit, part
from .options import MixtureOptions, ShapeError
from .scan import Scan, scan
from .shape import Shape, library_shape

GroupOf = Callable[[str], frozenset[str]]
"""Identity group of a substance, itself among its members."""

Key = frozenset[tuple[int, int]]

MOST_BEHIND_WALL = 1
"""A second content behind a wall was named wrongly in 10 of 85 trials: what the first one's shape errs by, undimmed by
an error of the wall."""


MOST_PARTS = 48
"""Parts kept for each library: 1 MB each."""

MOST_SHAPES = 1024
"""Shapes kept for each library: 18 MB."""

_SHAPES: Kept[tuple[int, int], Shape] = Kept(MOST_SHAPES)
_PARTS: Kept[tuple[int, int, ShapeError], Part] = Kept(MOST_PARTS)


def library_part(library: Library, row: int, steps: int, error: ShapeError) -> Part:
    """A reference of a library at a shift, with the covariance of its error; those asked for last are kept."""
    shape = _SHAPES.get(library, (row, steps), lambda: library_shape(library, row, steps))
    return _PARTS.get(library, (row, steps, error), lambda: part(row, steps, shape, error))


@dataclass(slots=True, kw_only=True, eq=False)
class Pursuit:
    """One query against one library; remembers the parts and fits that it has made.

    Attributes
    ----------
    allowed : (M,) bool, rows that may be components. laser_nm : the query's excitation; None when not known.
    """

    query: Problem
    library: Library
    options: MixtureOptions
    group_of: GroupOf
    allowed: BoolArray
    laser_nm: float | None = None
    _parts: dict[tuple[int, int], Part] = field(default_factory=dict)
    _fits: dict[Key, Fit] = field(default_factory=dict)
    _scans: dict[Key, Scan] = field(default_factory=dict)

    def part(self, row: int, steps: int) -> Part:
        """A reference of the library at a shift."""
        key = (row, steps)
        if key not in self._parts:
            self._parts[key] = library_part(self.library, row, steps, self.options.shape)
        return self._parts[key]

    def fit(self, parts: Sequence[Part], start: Sequence[float]) -> Fit:
        """The fit of a set of parts."""
        key = key_of(parts)
        if key not in self._fits:
            self._fits[key] = fit(self.query, parts, start)
        return self._fits[key]

    def grow(self, starts: Sequence[Fit]) -> Fit:
        """The likeliest combination that can be reached from the starts, less what does not stand the final test."""
        followed = _likeliest(starts, self.options.beam)
        best = followed[0]
        while followed:
            longer = _likeliest((one for start in followed for one in self._extended(start)), self.options.beam)
            longer = _likeliest(map(self.pruned, longer), self.options.beam)
            if not longer or longer[0].unlikelihood > best.unlikelihood - self._price():
                break
            best = longer[0]
            followed = [one for one in longer if len(one.parts) >= len(best.parts)]
        return self.settled(best)

    def settled(self, found: Fit) -> Fit:
        """Less the components that do not stand out by the limit of the whole, the weakest first.

        Only the whole is tested so: while components are still missing, what they leave would hide the others.
        """
        while len(found.parts) > 1:
            margins = {
                at: self.score(found, at) / self.limit(found) for at, one in enumerate(found.parts) if one.row != WALL
            }
            worst = min(margins, key=lambda at: margins[at])
            if margins[worst] >= 1.0:
                break
            found = self.without(found, worst)
        return found

    def score(self, found: Fit, at: int) -> float:
        """By how many standard deviations a component stands out of what the others leave."""
        return float(self.scan(self.without(found, at)).score[found.parts[at].row])

    def limit(self, found: Fit) -> float:
        """Standard deviations by which a component must stand out; more where the whole still fits poorly."""
        if has_wall(found):
            return self.options.wall_significance
        least = self.options.significance if len(found.parts) <= 2 else self.options.later
        return self.doubt(found) * least * float(max(found.chi, 1.0) ** self.options.strictness)

    def doubt(self, found: Fit) -> float:
        """Factor on what a component must show beside the main one, whose errors look like small components."""
        main = found.parts[int(np.argmax(found.amounts))]
        return 1.0 if main.row == WALL else self.options.doubt(self.library.references[main.row], self.laser_nm)

    def _price(self) -> float:
        """By how much a further component must make the whole likelier, in twice the log likelihood."""
        return self.options.significance**2 / 2.0

    def _extended(self, start: Fit) -> list[Fit]:
        most = MOST_BEHIND_WALL if has_wall(start) else self.options.most
        if sum(one.row != WALL for one in start.parts) >= most:
            return []
        shown = self.scan(start)
        longer = []
        for row in self.best_rows(shown, self.strangers(start.parts)):
            added = self.part(row, int(shown.steps[row]))
            longer.append(self.fit((*start.parts, added), (*start.amounts, shown.amount(row))))
        return longer

    def scan(self, start: Fit) -> Scan:
        """The matched filter of what a fit leaves, near the axis shift of its components."""
        key = key_of(start.parts)
        if key not in self._scans:
            self._scans[key] = scan(start, self.library, self.query.mask, shifts_near(start))
        return self._scans[key]

    def best_rows(self, shown: Scan, allowed: BoolArray) -> list[int]:
        """Rows that stand out most, at least by the significance."""
        score = np.where(allowed, shown.score, -np.inf)
        order = np.argsort(-score, kind="stable")[: self.options.tried]
        return [int(row) for row in order if score[row] >= self.options.significance]

    def strangers(self, parts: Sequence[Part]) -> BoolArray:
        """(M,) bool, False for references of a substance that is among the parts, or cannot be told from one."""
        names: set[str] = set()
        for one in parts:
            if one.row != WALL:
                names |= self.group_of(self.library.references[one.row].substance)
        taken = np.array([reference.substance in names for reference in self.library.references])
        result: BoolArray = self.allowed & ~taken
        return result

    def pruned(self, found: Fit) -> Fit:
        """Without the components that do not stand out beside the others."""
        while len(found.parts) > 1:
            weak = [at for at, one in enumerate(found.parts) if one.row != WALL and not self.holds(found, at)]
            if not weak:
                return found
            worst = min(weak, key=lambda at: found.amounts[at] / found.deviations[at])
            found = self.without(found, worst)
        return found

    def without(self, found: Fit, at: int) -> Fit:
        """The fit less one of its parts."""
        parts = [one for place, one in enumerate(found.parts) if place != at]
        return self.fit(parts, list(np.delete(found.amounts, at)))

    def holds(self, found: Fit, at: int) -> bool:
        """Whether a component is large enough, and the combination likelier with it than without."""
        if found.shares[at] < self.options.least_share * self.doubt(found):
            return False
        return self.without(found, at).unlikelihood > found.unlikelihood + self._price()


def _likeliest(fits: Iterable[Fit], count: int) -> list[Fit]:
    """The likeliest few, best first."""
    return sorted(fits, key=lambda one: one.unlikelihood)[:count]


def key_of(parts: Sequence[Part]) -> Key:
    """What tells one set of parts from another."""
    return frozenset((one.row, one.steps) for one in parts)


def shifts_near(found: Fit) -> tuple[int, ...]:
    """Grid steps around the axis shift of the components, which one instrument's share."""
    own = [(one.steps, amount) for one, amount in zip(found.parts, found.amounts, strict=True) if one.row != WALL]
    if not own:
        return tuple(range(-MAX_SHIFT_STEPS, MAX_SHIFT_STEPS + 1))
    middle = round(sum(steps * amount for steps, amount in own) / sum(amount for _, amount in own))
    return tuple(step for step in range(middle - 1, middle + 2) if abs(step) <= MAX_SHIFT_STEPS)


def has_wall(found: Fit) -> bool:
    """Whether a wall's own scan is among the parts."""
    return any(one.row == WALL for one in found.parts)
