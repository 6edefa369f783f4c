"""The screen: two cosines against every reference, one matrix product each, at every allowed axis shift."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..library import Library
from ..preprocess import Features
from ..preprocess.grid import BoolArray, FloatArray
from ..preprocess.projection import project_out
from .options import MatchOptions
from .prepared import Group, groups_of, unit
from .shifts import SHIFT_STEPS, stacked_shifts


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Screen:
    """Best cosine of each reference over the shifts, and the shift in grid steps at which it was found.

    Attributes
    ----------
    cosine, cosine_sqrt : (M,) -1 to 1, on intensities and on square roots of the band part.
    steps, steps_sqrt : (M,) grid steps.
    """

    cosine: FloatArray
    cosine_sqrt: FloatArray
    steps: NDArray[np.intp]
    steps_sqrt: NDArray[np.intp]


def screen(features: Features, library: Library) -> Screen:
    """Cosines of the query against all references, background projected out of both sides."""
    shape = (len(library), SHIFT_STEPS.size)
    linear, root = np.zeros(shape), np.zeros(shape)
    mask = stacked_shifts(features.mask).all(axis=0)
    shifted = stacked_shifts(features.values)
    shifted_root = stacked_shifts(np.sqrt(features.bands))
    for group in groups_of(library):
        joint = mask & group.mask
        linear[group.rows] = _units(group, joint, root=False) @ unit(project_out(shifted, joint)).T
        root[group.rows] = _units(group, joint, root=True) @ unit(project_out(shifted_root, joint)).T
    return Screen(
        cosine=linear.max(axis=1),
        cosine_sqrt=root.max(axis=1),
        steps=SHIFT_STEPS[linear.argmax(axis=1)],
        steps_sqrt=SHIFT_STEPS[root.argmax(axis=1)],
    )


def _units(group: Group, joint: BoolArray, *, root: bool) -> FloatArray:
    """Unit rows of the references; computed anew where the query lacks a part of the window."""
    if np.array_equal(joint, group.mask):
        return group.root_unit if root else group.linear_unit
    return unit(project_out(group.root if root else group.linear, joint))


def shortlist(
    found: Screen, options: MatchOptions, substance_of: Callable[[int], str], rows: NDArray[np.intp] | None = None
) -> NDArray[np.intp]:
    """Rows to judge, without repeats, in row order.

    Of each cosine the rows of its best `screen_top` substances (several lots of one count as one), and every
    row that all but ties with the best.

    Parameters
    ----------
    substance_of : the substance of a row. rows : (K,) those that may be chosen; all by default.
    """
    rows = np.arange(found.cosine.size) if rows is None else rows
    best = [_best_rows(cosine, rows, options, substance_of) for cosine in (found.cosine, found.cosine_sqrt)]
    return np.unique(np.concatenate(best))


def _best_rows(
    cosine: FloatArray, rows: NDArray[np.intp], options: MatchOptions, substance_of: Callable[[int], str]
) -> NDArray[np.intp]:
    order = rows[np.argsort(-cosine[rows], kind="stable")[: options.screen_most]]
    seen: set[str] = set()
    for count, row in enumerate(order):
        seen.add(substance_of(int(row)))
        if len(seen) > options.screen_top and cosine[row] < cosine[order[0]] - options.screen_tie:
            return order[:count]
    return order
