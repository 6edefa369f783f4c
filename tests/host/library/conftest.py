"""A small library in memory, of drawn spectra."""

from __future__ import annotations

import numpy as np
import pytest

from quayscan.library import Library, Reference, from_spectra
from quayscan.spectrum import Spectrum

AXIS = np.linspace(290.0, 2210.0, 1500)


def drawn(*centres: float, level: float = 100.0) -> Spectrum:
    bands = sum(np.exp(-0.5 * ((AXIS - centre) / 6.0) ** 2) for centre in centres)
    return Spectrum(axis=AXIS, intensity=level + 1000.0 * np.asarray(bands))


def entry(name: str, *centres: float) -> tuple[Spectrum, Reference]:
    reference = Reference(
        substance=name.lower(),
        name=name,
        grade="measured",
        provenance={"source": "drawn for this test", "licence": "MIT"},
    )
    return drawn(*centres), reference


@pytest.fixture
def small_library() -> Library:
    return from_spectra([entry("Ä", 500.0, 900.0), entry("b", 700.0), entry("c", 1500.0)], name="small")
