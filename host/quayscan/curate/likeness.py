"""How alike are spectra? Every row of one library against every row of another, with a few matrix products."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from ..library import Library
from ..match.prepared import Group, IndexArray, groups_of, unit
from ..match.shifts import SHIFT_STEPS, Scalar
from ..preprocess.envelope import band_part
from ..preprocess.grid import WINDOW, WINDOW_POINTS, BoolArray, FloatArray
from ..preprocess.projection import background_basis

PIECE_COLUMNS = 16
ON_ONE_THREAD = 250_000
"""Multiplications of one product; OpenBLAS starts threads from 262,144, which then wait for each other."""

ASKED = 0.75
"""Nothing is decided about pairs that are less alike than this."""

SINGLE = 1e-4
"""More than a cosine of roots is off in single precision: 2e-6 at most in the development data."""

TINY = 1e-12

Real = TypeVar("Real", np.float32, np.float64)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Rows:
    """A library's rows of one coverage.

    Attributes
    ----------
    rows : (K,) where they are. mask : (951,) grid points with data.
    values, roots : (K, 951) values, and square roots of the band part; 0 where masked.
    """

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
    the screen of a match, for many spectra at once. Where the second is under 0.75, the first is not looked at, and
    the second is of single precision.
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
    """The smaller of the two cosines of all rows with all of a group, each the best over the shifts.

    All roots are compared in single precision; what something is decided about is computed again in double.
    """
    joint = group.mask & np.all(_shifted(rows.mask, steps), axis=0)
    whole = np.array_equal(joint, group.mask)
    units = group.root_unit if whole else _units(group.root, joint)
    lengths = _lengths(rows.roots, joint, steps)
    products = _products(_shifted(rows.roots.astype(np.float32), steps), units.astype(np.float32))
    best: FloatArray = np.max(products / lengths[..., None], axis=0)
    row, column = np.nonzero(best >= ASKED - SINGLE)
    asked, at = np.unique(row, return_inverse=True)
    root = _pairwise(rows.roots[row], units[column], lengths[:, row], steps)
    likest, to = np.unique(column, return_inverse=True)
    units = group.linear_unit[likest] if whole else _units(group.linear[likest], joint)
    lengths = _lengths(rows.values[asked], joint, steps)
    best[row, column] = np.minimum(root, _pairwise(rows.values[row], units[to], lengths[:, at], steps))
    return best


def _shifted(values: NDArray[Scalar], steps: IndexArray) -> NDArray[Scalar]:
    """(S, ..., 701) views of (..., 951) values, a window for each of S shifts in a row."""
    windows = sliding_window_view(values, WINDOW_POINTS, axis=-1)[..., WINDOW.start + steps[0] :, :]
    return np.moveaxis(windows[..., : steps.size, :], -2, 0)


def _pairwise(values: FloatArray, units: FloatArray, lengths: FloatArray, steps: IndexArray) -> FloatArray:
    """(P,) best cosines of (P, 951) values, (S, P) long in their windows, with (P, 701) units, one each."""
    best: FloatArray = np.max(np.einsum("spn,pn->sp", _shifted(values, steps), units) / lengths, axis=0)
    return best


def _units(values: FloatArray, joint: BoolArray) -> FloatArray:
    """(K, 701) rows without background, of length 1."""
    masked, basis = values * joint, background_basis(joint)
    return unit(masked - _products(_products(masked, basis.T), basis))


def _lengths(values: FloatArray, joint: BoolArray, steps: IndexArray) -> FloatArray:
    """(S, K) lengths of (K, 951) values in the shifted windows, on the joint points and without their background."""
    inside = _products(_shifted(values, steps), background_basis(joint).T)
    squared = _shifted(values**2, steps) @ joint.astype(np.float64) - np.einsum("skb,skb->sk", inside, inside)
    lengths: FloatArray = np.sqrt(np.maximum(squared, TINY * np.max(squared, initial=TINY)))
    return lengths


def _products(left: NDArray[Real], right: NDArray[Real]) -> NDArray[Real]:
    """(..., K, M) inner products of (..., K, N) and (M, N) rows, in pieces that stay on one thread (`match.ridge`)."""
    whole = np.empty((*left.shape[:-1], right.shape[0]), dtype=left.dtype)
    columns = min(PIECE_COLUMNS, right.shape[0])
    rows = max(ON_ONE_THREAD // (columns * left.shape[-1]), 1)
    for row in range(0, left.shape[-2], rows):
        for at in range(0, right.shape[0], columns):
            piece = whole[..., row : row + rows, at : at + columns]
            np.matmul(left[..., row : row + rows, :], right[at : at + columns].T, out=piece)
    return whole
