"""The bands, drawn, recognise raw spectra of other instruments: the measured proof of the tables."""

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter1d

from quayscan_spectra import identity_group, references, resolve, synthesise
from quayscan_spectra.build.background import spline_basis
from quayscan_spectra.build.read_spectra import read_enlighten

pytestmark = pytest.mark.needs_shared_data

Array = NDArray[np.float64]
GRID = np.arange(400.0, 1801.0, 2.0)
FINE = np.arange(340.0, 1861.0)
SHIFTS = range(-8, 9)
SIGMA_CM1 = 4.0
BACKGROUND = np.linalg.qr(spline_basis(GRID, 1400.0 / 11))[0]


def direction(curve: Array, shift: float = 0.0) -> Array:
    """Unit vector of a curve on FINE, smoothed, moved, without what 14 splines follow."""
    values = np.interp(GRID - shift, FINE, gaussian_filter1d(curve, SIGMA_CM1))
    values -= BACKGROUND @ (BACKGROUND.T @ values)
    return np.asarray(values / np.linalg.norm(values))


@pytest.fixture(scope="module")
def drawn() -> dict[str, Array]:
    return {
        one.substance: np.array([direction(synthesise(one, FINE), shift) for shift in SHIFTS]) for one in references()
    }


def best(path: Path, drawn: dict[str, Array]) -> str:
    spectrum = read_enlighten(path, path.name)
    query = direction(np.interp(FINE, spectrum.shift_cm1, spectrum.counts))
    return max(drawn, key=lambda substance: float((drawn[substance] @ query).max()))


@pytest.mark.parametrize("folder", ["raw-785x", "instruments/WP-00391-785nm", "instruments/WP-00338-785nm"])
def test_every_spectrum_of_a_substance_it_holds_is_named_right(
    shared_data: Path, drawn: dict[str, Array], folder: str
) -> None:
    wrong = {}
    off_library = {"AmmoniumChloride", "AmmoniumNitrate", "SodiumPerchlorate"}
    not_pure = {"AcetonitrileToluene", "Glucose100gperL"}
    for path in sorted((shared_data / "spectra" / folder).glob("*.csv")):
        stem = path.stem.rsplit("-", 1)[0] if folder.startswith("instruments") else path.stem
        if stem in off_library | not_pure:
            continue
        found = best(path, drawn)
        if found not in identity_group(resolve(stem)):
            wrong[path.name] = found
    assert wrong == {}
