"""Real spectra keep their bands: what is removed from 255 files was looked at, pixel by pixel."""

from pathlib import Path

import pytest

from quayscan.formats import read_spectrum
from quayscan.preprocess.despike import despike

HOT_PIXEL_CM1 = 1995.7
"""WP-00204 at 633 nm has a pixel that is 350 counts high in two of its files, alone in a flat region."""


@pytest.mark.needs_shared_data
def test_only_a_hot_pixel_is_removed_from_the_development_spectra(shared_data: Path) -> None:
    removed = []
    for folder in ("library-785", "raw-785x", "instruments"):
        for path in sorted((shared_data / "spectra" / folder).rglob("*.csv")):
            spectrum = read_spectrum(path)
            repaired, count = despike(spectrum.axis, spectrum.intensity)
            if count:
                change = abs(spectrum.intensity - repaired)
                removed.append((path.stem, round(float(spectrum.axis[change.argmax()]), 1)))
    assert removed == [("Acetonitrile-08", HOT_PIXEL_CM1), ("Methanol-08", HOT_PIXEL_CM1)]
