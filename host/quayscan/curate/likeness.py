"""How alike are spectra? Every row of one library against every row of another, with a few matrix products."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..library import Library
from ..match.prepared import Group, IndexArray, groups_of, unit
from ..match.screen import SHIFT_STEPS
from ..preprocess.envelope import band_part
from ..preprocess.grid import WINDOW, BoolArray, FloatArray
from ..preprocess.projection import background_basis, project_out


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Rows:
    """Rows of one coverage: where they are, (K, 951) values and roots of the band part, (951,) mask."""

    rows: IndexArray
    values: FloatArray
    roots: FloatArray
    mask: BoolArray


def likeness(queries: Library, references: Library) -> FloatArray:
    """(K, M) cosines, -1 to 1: the smaller of that on intensities and that on square roots of the band part.

    Each is the best over the axis shifts that `quayscan.match` allows, the background projected out of both sides:
    the screen of a match, for many spectra at once.
    """
    linear = np.full((len(queries), len(references)), -1.0)
    root = linear.copy()
    for rows in _by_coverage(queries):
        for group in groups_of(references):
            at = np.ix_(rows.rows, group.rows)
            linear[at], root[at] = _best(rows, group)
    return np.minimum(linear, root)


def _by_coverage(library: Library) -> list[_Rows]:
    ranges, which = np.unique(library.coverage, axis=0, return_inverse=True)
    return [_rows(library, np.flatnonzero(which.reshape(-1) == at)) for at in range(len(ranges))]


def _rows(library: Library, rows: IndexArray) -> _Rows:
    values = np.asarray(library.spectra[rows], dtype=np.float64)
    mask = library.masks(rows[:1])[0]
    return _Rows(rows=rows, values=values, roots=np.sqrt(band_part(values, mask)), mask=mask)


def _best(rows: _Rows, group: Group) -> tuple[FloatArray, FloatArray]:
    """The two cosines of all rows with all of a group, each the best over the shifts."""
    windows = [slice(WINDOW.start + step, WINDOW.stop + step) for step in SHIFT_STEPS]
    joint = group.mask & np.all([rows.mask[window] for window in windows], axis=0)
    whole = np.array_equal(joint, group.mask)
    linear_unit = group.linear_unit if whole else unit(project_out(group.linear, joint))
    root_unit = group.root_unit if whole else unit(project_out(group.root, joint))
    linear = [_cosines(rows.values[:, window] * joint, linear_unit, joint) for window in windows]
    root = [_cosines(rows.roots[:, window] * joint, root_unit, joint) for window in windows]
    return np.max(linear, axis=0), np.max(root, axis=0)


def _cosines(values: FloatArray, units: FloatArray, joint: BoolArray) -> FloatArray:
    """(K, M). The units hold no background, so that only the length of the values needs it taken out."""
    inside = values @ background_basis(joint)
    squared = np.einsum("kn,kn->k", values, values) - np.einsum("kb,kb->k", inside, inside)
    length = np.sqrt(np.maximum(squared, 1e-12 * np.maximum(np.max(squared), 1e-300)))
    cosines: FloatArray = (values @ units.T) / length[:, None]
    return cosines
