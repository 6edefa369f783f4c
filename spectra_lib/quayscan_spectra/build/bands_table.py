"""Makes `bands.csv`: bands fitted to the library's spectra, and published band tables."""

from pathlib import Path

from .catalogue import LIBRARY_FILES, OFF_LIBRARY, PUBLISHED
from .fit_bands import BandFit, fit_bands
from .samples import relative_heights
from .sources import LIBRARY, RETRIEVED
from .write_table import read_rows, write_table

COLUMNS = (
    "substance",
    "shift_cm1",
    "fwhm_cm1",
    "eta",
    "height",
    "grade",
    "source",
    "licence",
    "instrument",
    "laser_nm",
    "phase",
    "retrieved",
    "note",
)
DEFAULT_FWHM_CM1 = 10.0
"""Width given to a published band whose source states none: a usual width at a handheld's resolution."""
DEFAULT_ETA = 0.5
NO_WIDTH = f"width not stated: {DEFAULT_FWHM_CM1:g} cm-1 assumed"
NO_HEIGHT = "height not stated: the same for each assumed"
MIN_BANDS = 3

Row = dict[str, str]


def measured_rows(fit: BandFit, shared: Row) -> list[Row]:
    """One row a fitted band; `shared` holds the columns that are the same for all."""
    numbers = zip(fit.shift_cm1, fit.fwhm_cm1, fit.eta, fit.height, strict=True)
    return [
        {
            **shared,
            "shift_cm1": f"{shift:.2f}",
            "fwhm_cm1": f"{fwhm:.2f}",
            "eta": f"{eta:.2f}",
            "height": f"{height:.3f}",
        }
        for shift, fwhm, eta, height in numbers
    ]


def _measured(data: Path, phases: dict[str, str]) -> list[Row]:
    rows: list[Row] = []
    for stem, substance in LIBRARY_FILES.items():
        spectrum = LIBRARY.read(data, f"{stem}.csv")
        fit = relative_heights(fit_bands(spectrum.shift_cm1, spectrum.counts))
        shared = {
            "substance": substance,
            "grade": "measured",
            "source": spectrum.path,
            "licence": LIBRARY.licence,
            "instrument": spectrum.instrument,
            "laser_nm": f"{spectrum.laser_nm:g}",
            "phase": phases[substance],
            "retrieved": RETRIEVED,
            "note": "fitted; widths include the instrument's resolution",
        }
        rows += measured_rows(fit, shared)
    return rows


def _laser(stated: str) -> str:
    """The laser as a number, else "not stated" (a standard of several laboratories names no single one)."""
    return stated if stated.replace(".", "", 1).isdigit() else "not stated"


def published_rows(facts: list[Row], substance: str) -> list[Row]:
    """The published bands of one substance; empty heights and all widths take the stated defaults."""
    given = [row for row in facts if row["basis"] == "published table" and "do not ship" not in row["licence"]]
    has_heights = all(row["rel_intensity"] for row in given)
    note = NO_WIDTH if has_heights else f"{NO_WIDTH}; {NO_HEIGHT}"
    heights = [float(row["rel_intensity"]) if has_heights else 100.0 for row in given]
    inside = [h for h, row in zip(heights, given, strict=True) if 400.0 <= float(row["shift_cm1"]) <= 1800.0]
    return [
        {
            "substance": substance,
            "shift_cm1": f"{float(row['shift_cm1']):.2f}",
            "fwhm_cm1": f"{DEFAULT_FWHM_CM1:.2f}",
            "eta": f"{DEFAULT_ETA:.2f}",
            "height": f"{100.0 * height / max(inside):.3f}",
            "grade": "published",
            "source": row["source"],
            "licence": row["licence"],
            "instrument": row["instrument"] or "not stated",
            "laser_nm": _laser(row["laser_nm"]),
            "phase": row["phase"],
            "retrieved": row["retrieved"],
            "note": note,
        }
        for row, height in zip(given, heights, strict=True)
    ]


def _published(facts: list[Row]) -> list[Row]:
    rows: list[Row] = []
    for name, substance in PUBLISHED.items():
        found = published_rows([row for row in facts if row["substance"] == name], substance)
        if len(found) < MIN_BANDS:
            raise ValueError(f"{name}: {len(found)} published bands, at least {MIN_BANDS} are needed")
        rows += found
    return rows


def build_bands(data: Path, out: Path) -> None:
    """Write `bands.csv` into `out`, which must already hold `substances.csv`."""
    phases = {row["id"]: row["state"] for row in read_rows(out / "substances.csv")}
    rows = _measured(data, phases) + _published(read_rows(data / "bands" / "bands.csv"))
    rows = [row for row in rows if row["substance"] not in OFF_LIBRARY]
    write_table(out / "bands.csv", COLUMNS, sorted(rows, key=lambda row: (row["substance"], float(row["shift_cm1"]))))
