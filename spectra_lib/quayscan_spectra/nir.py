"""Near-infrared references: absorption bands of powders over a straight continuum, 960 to 1650 nm."""

from dataclasses import dataclass
from functools import cache

import numpy as np

from .profile import Array, pseudo_voigt
from .substances import substance
from .table_rows import Row, table_rows

VALID_NM = (960.0, 1650.0)
"""Where the operators of the source agree; drawn curves mean little beyond it."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class NirReference:
    """The near-infrared bands of one substance and where they come from.

    `position_nm`, `width_nm` (full width at half maximum, of a Gaussian) and `depth_au` (absorbance at the centre)
    are (B,) float64 in order of position. The continuum, what scattering and broad absorption leave under the
    bands, is the polynomial through its points: `continuum_nm` and `continuum_au`, (P,) float64. All read-only.
    Absorbance is log10 of reference over sample signal, in diffuse reflection. `lamp` is "not stated" where the
    source names none.
    """

    substance: str
    name: str
    position_nm: Array
    width_nm: Array
    depth_au: Array
    continuum_nm: Array
    continuum_au: Array
    source: str
    licence: str
    instrument: str
    lamp: str
    retrieved: str
    note: str


def _column(rows: list[Row], name: str) -> Array:
    values = np.array([float(row[name]) for row in rows], dtype=np.float64)
    values.flags.writeable = False
    return values


def _reference(substance_id: str, rows: list[Row]) -> NirReference:
    bands = [row for row in rows if row["term"] == "band"]
    continuum = [row for row in rows if row["term"] == "continuum"]
    said = {key: rows[0][key] for key in ("source", "licence", "instrument", "lamp", "retrieved", "note")}
    return NirReference(
        substance=substance_id,
        name=substance(substance_id).name,
        position_nm=_column(bands, "position_nm"),
        width_nm=_column(bands, "width_nm"),
        depth_au=_column(bands, "depth_au"),
        continuum_nm=_column(continuum, "position_nm"),
        continuum_au=_column(continuum, "depth_au"),
        **said,
    )


@cache
def nir_references() -> tuple[NirReference, ...]:
    """Every near-infrared reference of the default library, in order of substance id, one a substance."""
    found: dict[str, list[Row]] = {}
    for row in table_rows("nir_bands"):
        found.setdefault(row["substance"], []).append(row)
    return tuple(_reference(substance_id, rows) for substance_id, rows in sorted(found.items()))


def through_points(at_nm: Array, wavelength_nm: Array) -> Array:
    """The polynomials that are 1 at one of the points (P,) and 0 at the others, on an axis (N,): (P, N)."""
    offset = wavelength_nm - at_nm[:, None]
    parts = []
    for mine, point in enumerate(at_nm):
        others = np.arange(len(at_nm)) != mine
        parts.append(np.prod(offset[others], axis=0) / np.prod(point - at_nm[others]))
    return np.array(parts, dtype=np.float64)


def synthesise_nir(reference: NirReference, wavelength_nm: Array) -> Array:
    """The reference's absorbance drawn on an axis, without noise or an instrument's response.

    Parameters
    ----------
    reference : NirReference
    wavelength_nm : (N,) float64
        Wavelength in nm, any order; the drawing holds within `VALID_NM`.

    Returns
    -------
    (N,) float64
        Absorbance: the bands over the continuum.
    """
    axis = np.asarray(wavelength_nm, dtype=np.float64)
    lines = pseudo_voigt(axis - reference.position_nm[:, None], reference.width_nm[:, None], np.zeros(1))
    continuum = reference.continuum_au @ through_points(reference.continuum_nm, axis)
    return np.asarray(reference.depth_au @ lines + continuum, dtype=np.float64)
