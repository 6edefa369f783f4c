import numpy as np
import pytest

from quayscan.match import ModelError
from quayscan.match.residual import Fit, Promising, Target, background_chi, fit, fits, template
from quayscan.preprocess import Features, prepare
from quayscan.preprocess.grid import WINDOW
from quayscan.spectrum import Spectrum

from .drawing import AXIS, SUBSTANCES, entry, measured, query

ERROR = ModelError()


def target_of(features: Features) -> Target:
    return Target(
        values=features.values[WINDOW],
        noise=features.variance[WINDOW],
        level=features.level[WINDOW],
        bands=features.bands[WINDOW],
        mask=features.mask[WINDOW],
    )


def explained(features: Features, name: str, *, symmetric: bool = True, steps: int = 0) -> float:
    reference = prepare(entry(name)[0])
    shape = template(reference.values, reference.bands, reference.mask, steps)
    return fit(target_of(features), shape, ERROR, symmetric=symmetric, passes=3, noise_credit=0.7).explained


def test_the_right_reference_explains_nearly_everything() -> None:
    for name in SUBSTANCES:
        assert explained(query(name), name) > 0.98


def test_a_reference_of_other_bands_explains_little() -> None:
    assert explained(query("delta"), "zeta") < 0.5


def test_a_weak_band_that_the_reference_lacks_counts() -> None:
    extra = {**SUBSTANCES["alpha"], 1000.0: 0.3}
    with_extra = explained(prepare(measured(extra)), "alpha")
    assert with_extra < explained(query("alpha"), "alpha") - 0.05


def test_a_band_that_the_query_lacks_counts() -> None:
    fewer = {shift: height for shift, height in SUBSTANCES["alpha"].items() if shift != 1210.0}
    features = prepare(measured(fewer))
    assert explained(features, "alpha", symmetric=False) < 0.95


def test_shift_and_stretch_within_the_prior_are_forgiven() -> None:
    assert explained(query("alpha", offset=1.0), "alpha") > 0.97
    assert explained(query("alpha", offset=7.0), "alpha", steps=3) > 0.97


def test_scale_and_shift_are_those_that_were_drawn() -> None:
    features = query("alpha", height=5000.0, offset=1.0)
    reference = prepare(entry("alpha")[0])
    shape = template(reference.values, reference.bands, reference.mask, 0)
    found = fit(target_of(features), shape, ERROR, symmetric=True, passes=3, noise_credit=0.7)
    # drawn 5000 high, 6 cm-1 wide, seen through the 4 cm-1 kernel
    assert found.scale == pytest.approx(5000.0 * 6.0 / np.hypot(6.0, 4.0), rel=0.05)
    assert found.shift_cm1 == pytest.approx(1.0, abs=0.3)


def test_a_negative_picture_of_the_reference_is_not_explained_by_it() -> None:
    upside_down = prepare(Spectrum(axis=AXIS, intensity=9000.0 - measured(SUBSTANCES["alpha"]).intensity))
    assert explained(upside_down, "alpha") == 0.0


@pytest.mark.parametrize("seed", range(5))
def test_noise_alone_is_explained_by_nothing(seed: int) -> None:
    nothing = query("alpha", height=0.0, seed=seed)
    assert background_chi(target_of(nothing), ERROR) < 1.5
    assert all(explained(nothing, name) < 0.8 for name in SUBSTANCES)


def test_bands_above_the_noise_raise_the_background_chi() -> None:
    assert background_chi(target_of(query("alpha", height=300.0)), ERROR) > 3.0


def test_noiseless_data_stays_finite() -> None:
    clean = query("alpha", noise=0.0, level=0.0)
    assert 0.98 < explained(clean, "alpha") <= 1.0


def test_only_the_promising_get_further_passes() -> None:
    features = query("alpha")
    shapes = []
    for name in ("alpha", "delta"):
        reference = prepare(entry(name)[0])
        shapes.append(template(reference.values, reference.bands, reference.mask, 0))

    def judged(passes: int, promising: Promising | None = None) -> list[Fit]:
        return fits(
            target_of(features),
            shapes,
            ERROR,
            symmetric=[True, True],
            passes=passes,
            noise_credit=0.7,
            promising=promising,
        )

    best, rest = judged(3, lambda explained: explained == explained.max())
    assert best == judged(3)[0]
    assert rest == judged(1)[1] != judged(3)[1]
