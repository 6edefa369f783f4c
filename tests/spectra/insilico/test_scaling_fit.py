import numpy as np
import pytest

from quayscan_spectra.insilico.bands import heights
from quayscan_spectra.insilico.computed_references import ComputedReference
from quayscan_spectra.insilico.scaling import Scaling, scaled
from quayscan_spectra.insilico.scaling_fit import Known, fit, known, residuals, without
from quayscan_spectra.references import BandReference

TRUE = Scaling(
    linear=1.015,
    quadratic=3.7e-5,
    hydrogen=0.96,
    shifts={"str C=O": -0.01, "bend XXX": 0.008},
    gains={"str C=O": 0.8},
    position_sd_cm1=10.0,
    hydrogen_sd_cm1=30.0,
    intensity_factor_sd=2.0,
)
NAMES = ("str C=O", "bend XXX", "str C-O")


def pair(number: int) -> Known:
    """A made-up substance whose measured bands lie where the true scaling puts them."""
    rng = np.random.default_rng(number)
    raw = np.sort(rng.choice(np.arange(350.0, 1850.0, 60.0), 9, replace=False)) + rng.uniform(0.0, 8.0, 9)
    character = tuple({str(rng.choice(NAMES)): 0.9} for _ in raw)
    at = np.array([scaled(float(one), kind, TRUE) for one, kind in zip(raw, character, strict=True)])
    ones, name = np.ones(9), f"substance-{number}"
    activity = raw**1.5
    computed = ComputedReference(
        id=name,
        substance=name,
        model="monomer",
        method="made up",
        doubt="",
        shift_cm1=at,
        height=100 * ones,
        position_sd_cm1=10 * ones,
        intensity_factor_sd=2 * ones,
        harmonic_cm1=raw,
        activity=activity,
        character=character,
    )
    measured = BandReference(
        substance=name,
        name=name,
        grade="measured",
        shift_cm1=at,
        fwhm_cm1=8 * ones,
        eta=0 * ones,
        height=heights(activity, at, character, TRUE),
        source="made up",
        licence="MIT",
        instrument="none",
        laser_nm=785.0,
        note="",
    )
    return Known(computed=computed, measured=measured)


THOSE = tuple(pair(number) for number in range(12))


def test_the_fit_finds_the_scaling_that_made_the_bands() -> None:
    by, deviation = fit(THOSE)
    for raw in (500.0, 1000.0, 1600.0):
        assert scaled(raw, {"str C-O": 0.9}, by) == pytest.approx(scaled(raw, {"str C-O": 0.9}, TRUE), abs=3.0)
    assert by.shifts["str C=O"] == pytest.approx(-0.01, abs=0.004)
    assert np.all(deviation > 0)


def test_the_fit_finds_which_motions_are_stronger_than_computed() -> None:
    gains = fit(THOSE)[0].gains
    assert gains["str C=O"] - gains["str C-O"] == pytest.approx(0.8, abs=0.2)  # shrunk a little
    assert abs(gains["bend XXX"] - gains["str C-O"]) < 0.15


def test_residuals_leave_out_the_substance_that_they_are_of() -> None:
    odd = THOSE[0]
    spoilt = Known(
        computed=odd.computed,
        measured=BandReference(
            **{name: getattr(odd.measured, name) for name in BandReference.__dataclass_fields__ if name != "shift_cm1"},
            shift_cm1=odd.measured.shift_cm1 + 12.0,
        ),
    )
    left = residuals([spoilt, *THOSE[1:]])
    off = np.array([p.measured_cm1 - p.computed_cm1 for p in left["substance-0"]])
    assert np.median(off) == pytest.approx(12.0, abs=2.5)


def test_without_one_substance_that_one_has_no_say() -> None:
    assert without(THOSE, "substance-3") == fit([*THOSE[:3], *THOSE[4:]])[0]


def test_only_substances_with_a_measured_reference_are_known() -> None:
    assert known([THOSE[0].computed]) == ()
