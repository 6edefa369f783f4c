"""Room light: a lamp's lines are seen where they make the spectrum, and never in a substance's."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from quayscan.formats import read_spectrum
from quayscan.match.lamps import lamp_in
from quayscan.pipeline import identify
from quayscan.preprocess import prepare
from quayscan.spectrum import Spectrum
from quayscan.verdict import Action, VerdictKind
from quayscan_spectra.calibration_lines import ambient_lamps


def room(species: str, laser_nm: float, seed: int) -> Spectrum:
    """A lamp alone: lines of unequal heights, a pixel's jitter, noise."""
    draw = np.random.default_rng(seed)
    axis = np.arange(300.0, 2000.0, 1.5)
    intensity = 500.0 + draw.normal(0, 3, axis.size)
    for line in ambient_lamps()[species]:
        at = 1e7 / laser_nm - 1e7 / line + draw.normal(0, 1)
        intensity += np.exp(draw.uniform(4, 7)) * np.exp(-0.5 * ((axis - at) / 4) ** 2)
    return Spectrum(axis=axis, intensity=intensity, laser_nm=laser_nm)


@pytest.mark.parametrize(("species", "laser_nm", "name"), [("Ar I", 785.0, "argon"), ("Hg I", 532.0, "mercury")])
@pytest.mark.parametrize("seed", range(3))
def test_a_lamp_is_seen_by_name(species: str, laser_nm: float, name: str, seed: int) -> None:
    found = lamp_in(prepare(room(species, laser_nm, seed)))
    assert found is not None
    assert name in found.name


def test_room_light_is_inadequate_with_its_remedy_and_names_nothing() -> None:
    verdict = identify(room("Ar I", 785.0, 1))
    assert (verdict.verdict, verdict.action, verdict.cause) == (VerdictKind.INADEQUATE, Action.RESCAN, "ambient")
    assert "argon" in verdict.reasons[0]
    assert "Shield" in verdict.reasons[1]
    assert not any(one.named for one in verdict.candidates)


def test_without_a_laser_no_lamp_is_told() -> None:
    spectrum = room("Ar I", 785.0, 1)
    assert lamp_in(prepare(Spectrum(axis=spectrum.axis, intensity=spectrum.intensity))) is None


@pytest.mark.needs_shared_data
def test_a_real_neon_lamp_is_seen(shared_data: Path) -> None:
    found = lamp_in(prepare(read_spectrum(shared_data / "spectra/calibration/bwtek-785/Ne_785nm_x20_50ms.txt")))
    assert found is not None
    assert "neon" in found.name


@pytest.mark.needs_shared_data
def test_no_substance_is_put_down_to_a_lamp(shared_data: Path) -> None:
    for path in sorted((shared_data / "spectra/library-785").glob("*.csv")):
        assert lamp_in(prepare(read_spectrum(path))) is None, path.stem
