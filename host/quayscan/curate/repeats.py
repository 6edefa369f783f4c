"""Repeats of one substance on one instrument become one entry: their mean, and how far they differ."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from ..library import GridRow, Reference
from ..preprocess.envelope import band_part
from ..preprocess.grid import WINDOW, FloatArray
from .doubts import source_of

SHOWN_SOURCES = 8


def repeats_of(references: Sequence[Reference], alone: Iterable[int]) -> list[list[int]]:
    """Rows that belong together, in order of their first one.

    Repeats share substance, name, instrument and laser. Rows in `alone` are joined with nothing.
    """
    kept_apart = set(alone)
    groups: dict[tuple[object, ...], list[int]] = {}
    for row, one in enumerate(references):
        key: tuple[object, ...] = (one.substance, one.name, one.provenance["instrument"], one.provenance["laser_nm"])
        groups.setdefault((row,) if row in kept_apart else key, []).append(row)
    return list(groups.values())


def joined(rows: Sequence[GridRow], references: Sequence[Reference]) -> tuple[GridRow, Reference]:
    """One entry from the repeats of a substance; a single one stays as it is.

    Each is scaled to the same height of its highest band in the matching window before the mean is taken; what is
    not covered by all is left out. The repeatability is the standard deviation of the band parts between repeats,
    its root mean square over the window, as a share of that height.
    """
    if len(rows) == 1:
        return rows[0], references[0]
    mask = np.logical_and.reduce([row.mask for row in rows])
    values = np.stack([row.values for row in rows]) * mask
    height = np.max(band_part(values, mask)[:, WINDOW], axis=1, keepdims=True)
    scaled = values / np.where(height > 0, height, 1.0)
    mean: FloatArray = scaled.mean(axis=0) * float(np.median(height))
    spread = np.std(band_part(scaled, mask)[:, WINDOW][:, mask[WINDOW]], axis=0, ddof=1)
    return GridRow(values=mean, mask=mask), _named(references, float(np.sqrt(np.mean(spread**2))))


def _named(references: Sequence[Reference], repeatability: float) -> Reference:
    first = references[0]
    sources = [source_of(one) for one in references]
    more = f" and {len(sources) - SHOWN_SOURCES} more" if len(sources) > SHOWN_SOURCES else ""
    provenance = {
        **first.provenance,
        "source": ", ".join(sources[:SHOWN_SOURCES]) + more,
        "repeats": str(len(references)),
        "repeatability": f"{repeatability:.4f} of the highest band",
    }
    return Reference(
        substance=first.substance, name=first.name, grade=first.grade, origin=first.origin, provenance=provenance
    )
