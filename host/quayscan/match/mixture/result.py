"""`Unmixed`: what a spectrum is made of, and what it would have shown."""

from __future__ import annotations

from dataclasses import dataclass

from ...library import Grade
from ...preprocess.grid import FloatArray
from .options import MixtureOptions


@dataclass(frozen=True, slots=True, kw_only=True)
class Ingredient:
    """One component.

    Attributes
    ----------
    entry : row in the library. substance, name, grade : as the reference says.
    share, low, high : share of net band area among all components, and its range.
    deviations : by how many standard deviations its amount differs from 0.
    shift_cm1 : the query's axis minus the reference's.
    rivals : rows that cannot be told from it here.
    """

    entry: int
    substance: str
    name: str
    grade: Grade
    share: float
    low: float
    high: float
    deviations: float
    shift_cm1: float
    rivals: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class WallShare:
    """Share of the wall's own scan in the net band area, and its range."""

    share: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Unmixed:
    """The likeliest combination for one spectrum.

    Attributes
    ----------
    ingredients : largest share first. wall : of the wall, where one was measured.
    chi : chi-square a point that it leaves, against noise and the shapes' own errors.
    wall_chi : the same of the wall alone.
    score : of the sum, as `Evidence.score`.
    limits : (M,) share above which each row of the library would have been seen beside it; 1 where unknown.
    """

    ingredients: tuple[Ingredient, ...]
    wall: WallShare | None
    chi: float
    wall_chi: float | None
    score: float
    limits: FloatArray

    def explains(self, options: MixtureOptions, score: float, *, packed: bool) -> bool:
        """Whether the combination explains the whole spectrum: no more is left than shapes err by.

        Parameters
        ----------
        score : what a single substance must reach. packed : whether a container is among the components.
        """
        least = options.score if packed else options.parts_score
        most = options.chi if packed or self.score >= options.sure_score else options.parts_chi
        return self.score >= max(score, least) and self.chi <= most

    def explains_contents(self, options: MixtureOptions) -> bool:
        """Whether what is found behind the wall leaves no more than its own shape errs by."""
        if self.wall_chi is None:
            return False
        return self.chi <= min(1.0 + options.wall_credit * self.wall_chi, options.wall_most)

    def hidden(self, options: MixtureOptions) -> bool:
        """Whether the wall alone leaves nothing to be named."""
        return not self.ingredients and self.wall_chi is not None and self.wall_chi <= options.wall_alone
