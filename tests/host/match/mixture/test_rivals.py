"""A component that two references explain alike is one of both."""

from __future__ import annotations

from quayscan.library import Library, Reference, from_spectra
from quayscan.spectrum import Spectrum

from ..drawing import AXIS, SUBSTANCES, curve, entry
from .drawn_mixtures import mixture, unmixed


def _twin(name: str, bands: dict[float, float]) -> tuple[Spectrum, Reference]:
    spectrum = Spectrum(axis=AXIS, intensity=1000.0 * curve(bands) + 200.0)
    return spectrum, Reference(substance=name, name=name, grade="measured")


def _library(*twins: tuple[Spectrum, Reference]) -> Library:
    return from_spectra([*(entry(name) for name in SUBSTANCES), *twins], name="with twins")


def test_a_twin_is_a_rival() -> None:
    library = _library(_twin("twin", SUBSTANCES["zeta"]))
    found = unmixed(mixture({"alpha": 1.0, "zeta": 0.2}), library)
    assert found.ingredients[0].rivals == ()
    minor = found.ingredients[1]
    named = {minor.substance, *(library.references[row].substance for row in minor.rivals)}
    assert named == {"zeta", "twin"}


def test_a_reference_with_another_band_is_none() -> None:
    library = _library(_twin("cousin", {**SUBSTANCES["zeta"], 1500.0: 0.5}))
    found = unmixed(mixture({"alpha": 1.0, "zeta": 0.2}), library)
    assert [one.substance for one in found.ingredients] == ["alpha", "zeta"]
    assert all(one.rivals == () for one in found.ingredients)
