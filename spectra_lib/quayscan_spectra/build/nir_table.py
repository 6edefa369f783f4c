"""Makes `nir_bands.csv` and the bench's near-infrared samples, with one fitter, from different operators."""

from pathlib import Path

from quayscan_spectra.substances import substance

from .nir_fit import NirFit, fit_nir
from .nir_sources import (
    INSTRUMENT,
    LAMP,
    LICENCE,
    REFERENCE_OPERATORS,
    SAMPLE_OPERATORS,
    file_substances,
    operator_means,
    source_of,
)
from .sources import RETRIEVED
from .write_table import write_table

_TERMS = ("term", "position_nm", "width_nm", "depth_au")
_ORIGIN = ("source", "licence", "instrument", "lamp")
COLUMNS = ("substance", *_TERMS, "grade", *_ORIGIN, "phase", "retrieved", "note")
SAMPLE_COLUMNS = (*_TERMS, *_ORIGIN, "basis")
NOTE = "fitted between 944 and 1676 nm, holds between 960 and 1650; widths include the instrument's resolution"

Row = dict[str, str]


def term_rows(fit: NirFit) -> list[Row]:
    """One row a continuum point (its width is empty), then one a band."""
    points = zip(fit.continuum_nm, fit.continuum_au, strict=True)
    rows = [dict(zip(_TERMS, ("continuum", f"{at:.2f}", "", f"{au:.5f}"), strict=True)) for at, au in points]
    bands = zip(fit.position_nm, fit.width_nm, fit.depth_au, strict=True)
    return rows + [
        dict(zip(_TERMS, ("band", f"{at:.2f}", f"{width:.2f}", f"{depth:.5f}"), strict=True))
        for at, width, depth in bands
    ]


def _fitted(data: Path, stem: str, operators: tuple[int, ...], shared: Row) -> list[Row]:
    origin = {"source": source_of(stem, operators), "licence": LICENCE, "instrument": INSTRUMENT, "lamp": LAMP}
    return [{**row, **origin, **shared} for row in term_rows(fit_nir(*operator_means(data, stem, operators)))]


def build_nir(data: Path, out: Path) -> None:
    """Write `nir_bands.csv` into `out`: the references, from operators 01 to 05."""
    rows: list[Row] = []
    for stem, identifier in file_substances().items():
        shared = {"substance": identifier, "grade": "measured", "retrieved": RETRIEVED, "note": NOTE}
        shared["phase"] = substance(identifier).state
        rows += _fitted(data, stem, REFERENCE_OPERATORS, shared)
    write_table(out / "nir_bands.csv", COLUMNS, rows)


def build_nir_samples(data: Path, out: Path) -> None:
    """Write one table a sample into `out`: the bench's powders, from operators 06 to 10."""
    for stem, identifier in file_substances().items():
        rows = _fitted(data, stem, SAMPLE_OPERATORS, {"basis": "fitted"})
        write_table(out / f"{identifier}.csv", SAMPLE_COLUMNS, rows)
