"""Where the measured spectra come from: folder of the development data, repository, commit, licence."""

from dataclasses import dataclass
from pathlib import Path

from .read_spectra import Measured, read_bwspec, read_enlighten

RETRIEVED = "2026-11"


@dataclass(frozen=True, slots=True, kw_only=True)
class Collection:
    """A folder of spectra under `spectra/` with the repository that it was published in.

    `resolution_cm1` is the instrument's own line width (FWHM) where lamp lines of the same unit tell it, else 0.
    """

    folder: str
    origin: str
    licence: str = "MIT"
    resolution_cm1: float = 0.0

    def read(self, data: Path, name: str) -> Measured:
        """Read one file of the collection; its path in the tables names the repository and commit."""
        path = data / "spectra" / self.folder / name
        reader = read_bwspec if path.suffix == ".txt" else read_enlighten
        return reader(path, f"{self.origin}, {self.folder}/{name}")


LIBRARY = Collection(folder="library-785", origin="github WasatchPhotonics/ENLIGHTEN@0e98896")
RAW = Collection(folder="raw-785x", origin="github WasatchPhotonics/ENLIGHTEN@8282a7fa")
INSTRUMENTS = Collection(folder="instruments", origin="github WasatchPhotonics/KnowItAllWrapper@c3a25c7")
BWTEK = Collection(
    folder="calibration/bwtek-785",
    origin="github h2020charisma/ramanchada2@7e6573b",
    resolution_cm1=4.3,  # median width of its 11 strongest neon lines between 690 and 1470 cm-1
)
