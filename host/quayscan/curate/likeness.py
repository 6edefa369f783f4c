"""How alike are spectra? Every row of one library against every row of another, with a few matrix products."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ..library import Library
from ..match.prepared import Group, IndexArray, groups_of, unit
from ..match.shifts import SHIFT_STEPS
from ..preprocess.envelope import band_part
from ..preprocess.grid import WINDOW, BoolArray, FloatArray
from ..preprocess.projection import background_basis

PIECE_ROWS = 8
ON_ONE_THREAD = 250_000
"""Multiplications of one product; OpenBLAS starts threads from 262,144, which then wait for each other."""

ASKED = 0.75
"""Nothing is decided about pairs that are less alike than this."""

TINY = 1e-12


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Rows:
    """A library's rows of one coverage: where they are, (K, 951) values and roots of the band part, (951,) mask."""

    rows: IndexArray
    values: FloatArray
    roots: FloatArray
    mask: BoolArray


def rows_of(library: Library) -> tuple[Rows, ...]:
    """The library's spectra as they are asked about: by coverage, with what a shift brings into the window."""
    ranges, which = np.unique(library.coverage, axis=0, return_inverse=True)
    return tuple(_rows(library, np.flatnonzero(which.reshape(-1) == at)) for at in range(len(ranges)))


def likeness(queries: Sequence[Rows], references: Library) -> FloatArray:
    """(K, M) cosines, -1 to 1: the smaller of that on intensities and that on square roots of the band part.

    Each is the best over the axis shifts that `quayscan.match` allows, the background projected out of both sides:
    the screen of a match, for many spectra at once. Where the second is under 0.75, the first is not looked at.
    """
    return _over_shifts(queries, groups_of(references), SHIFT_STEPS, len(references))


def own_likeness(rows: Sequence[Rows]) -> FloatArray:
    """(M, M) likeness of a library's rows with each other."""
    groups = [_group(one) for one in rows]
    upward = _over_shifts(rows, groups, SHIFT_STEPS[SHIFT_STEPS >= 0], sum(one.rows.size for one in rows))
    return np.maximum(upward, upward.T)


def _rows(library: Library, rows: IndexArray) -> Rows:
    values: FloatArray = library.spectra[rows].astype(np.float64)
    mask = library.masks(rows[:1])[0]
    return Rows(rows=rows, values=values, roots=np.sqrt(band_part(values, mask)), mask=mask)


def _group(rows: Rows) -> Group:
    linear, root, mask = rows.values[:, WINDOW], rows.roots[:, WINDOW], rows.mask[WINDOW]
    return Group(
        rows=rows.rows,
        mask=mask,
        linear=linear,
        root=root,
        linear_unit=_units(linear, mask),
        root_unit=_units(root, mask),
    )


def _over_shifts(queries: Sequence[Rows], groups: Sequence[Group], steps: IndexArray, columns: int) -> FloatArray:
    """(K, columns); -1 for the rows of no group: computed references are like nothing here."""
    found = np.full((sum(rows.rows.size for rows in queries), columns), -1.0)
    for rows in queries:
        for group in groups:
            found[np.ix_(rows.rows, group.rows)] = _best(rows, group, steps)
    return found


def _best(rows: Rows, group: Group, steps: IndexArray) -> FloatArray:
    """The smaller of the two cosines of all rows with all of a group, each the best over the shifts."""
    windows = [slice(WINDOW.start + step, WINDOW.stop + step) for step in steps]
    joint = group.mask & np.all([rows.mask[window] for window in windows], axis=0)
    whole = np.array_equal(joint, group.mask)
    root_unit = group.root_unit if whole else _units(group.root, joint)
    best: FloatArray = np.max([_cosines(rows.roots[:, window], root_unit, joint) for window in windows], axis=0)
    row, column = np.nonzero(best >= ASKED)
    linear_unit = (group.linear_unit if whole else _units(group.linear, joint))[column]
    linear = [_pairwise(rows.values[:, window], row, linear_unit, joint) for window in windows]
    best[row, column] = np.minimum(best[row, column], np.max(linear, axis=0))
    return best


def _cosines(values: FloatArray, units: FloatArray, joint: BoolArray) -> FloatArray:
    """(K, M). The units hold no background, so that only the length of the values needs it taken out."""
    masked = values * joint
    cosines: FloatArray = _products(masked, units) / _lengths(masked, joint)
    return cosines


def _pairwise(values: FloatArray, row: IndexArray, units: FloatArray, joint: BoolArray) -> FloatArray:
    """(P,) cosines of the chosen rows of (K, 701) values with (P, 701) units, one each."""
    masked = values * joint
    cosines: FloatArray = np.einsum("pn,pn->p", masked[row], units) / _lengths(masked, joint)[row, 0]
    return cosines


def _units(values: FloatArray, joint: BoolArray) -> FloatArray:
    """(K, 701) rows without background, of length 1."""
    masked, basis = values * joint, background_basis(joint)
    return unit(masked - _products(_products(masked, basis.T), basis))


def _lengths(values: FloatArray, joint: BoolArray) -> FloatArray:
    """(K, 1) lengths of (K, 701) rows without their background."""
    inside = _products(values, background_basis(joint).T)
    squared = np.einsum("kn,kn->k", values, values) - np.einsum("kb,kb->k", inside, inside)
    lengths: FloatArray = np.sqrt(np.maximum(squared, TINY * np.max(squared, initial=TINY)))
    return lengths[:, None]


def _products(left: FloatArray, right: FloatArray) -> FloatArray:
    """(K, M) inner products of (K, N) and (M, N) rows, in pieces that stay on one thread (see `match.ridge`)."""
    filled = np.concatenate([left, np.zeros((-left.shape[0] % PIECE_ROWS, left.shape[1]))])
    pieces = filled.reshape(-1, PIECE_ROWS, left.shape[1])
    columns = max(ON_ONE_THREAD // (PIECE_ROWS * left.shape[1]), 1)
    products = [np.matmul(pieces, right[at : at + columns].T) for at in range(0, right.shape[0], columns)]
    whole: FloatArray = np.concatenate(products, axis=2).reshape(filled.shape[0], -1)
    return whole[: left.shape[0]]
