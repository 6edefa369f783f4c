"""The tables of computed references: `computed.csv`, one row a molecule, and `computed_bands.csv`, one row a band."""

from pathlib import Path

from .bands import Band
from .character import character_text
from .computed import ComputedBands
from .write_rows import read_rows, write_rows

COLUMNS = (
    "id",
    "substance",
    "smiles",
    "charge",
    "model",
    "atoms",
    "method",
    "versions",
    "conformers",
    "imaginary_cm1",
    "doubt",
    "cpu_seconds",
    "made",
    "source",
    "licence",
)
BAND_COLUMNS = (
    "id",
    "shift_cm1",
    "height",
    "position_sd_cm1",
    "intensity_factor_sd",
    "harmonic_cm1",
    "activity",
    "depolarisation",
    "character",
)
_SOURCE = "computed by quayscan_spectra.insilico from the structure"
_LICENCE = "MIT"


def _row(one: ComputedBands) -> dict[str, str]:
    return {
        "id": one.id,
        "substance": one.substance,
        "smiles": one.smiles,
        "charge": str(one.charge),
        "model": one.model,
        "atoms": str(one.atoms),
        "method": one.method,
        "versions": one.versions,
        "conformers": one.conformers,
        "imaginary_cm1": "; ".join(f"{value:.0f}" for value in one.imaginary_cm1) or "none",
        "doubt": one.doubt,
        "cpu_seconds": f"{one.cpu_seconds:.0f}",
        "made": one.made.isoformat(),
        "source": _SOURCE,
        "licence": _LICENCE,
    }


def band_row(identifier: str, one: Band) -> dict[str, str]:
    """A band as the table writes it."""
    return {
        "id": identifier,
        "shift_cm1": f"{one.shift_cm1:.1f}",
        "height": f"{one.height:.3f}",
        "position_sd_cm1": f"{one.position_sd_cm1:g}",
        "intensity_factor_sd": f"{one.intensity_factor_sd:g}",
        "harmonic_cm1": f"{one.harmonic_cm1:.1f}",
        "activity": f"{one.activity:.3f}",
        "depolarisation": f"{one.depolarisation:.3f}",
        "character": character_text(one.character),
    }


def add(tables: Path, one: ComputedBands) -> None:
    """Puts a finished molecule into both tables of a folder, in the place of an older one of the same id."""
    kept = [row for row in read_rows(tables / "computed_bands.csv") if row["id"] != one.id]
    write_rows(tables / "computed_bands.csv", BAND_COLUMNS, [*kept, *(band_row(one.id, band) for band in one.bands)])
    kept = [row for row in read_rows(tables / "computed.csv") if row["id"] != one.id]
    write_rows(tables / "computed.csv", COLUMNS, [*kept, _row(one)])
