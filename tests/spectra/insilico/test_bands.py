import numpy as np
import pytest

from quayscan_spectra.insilico.bands import heights, make_bands
from quayscan_spectra.insilico.scaling import Scaling, intensities, scaled

PLAIN = Scaling(
    linear=1.0,
    quadratic=0.0,
    hydrogen=0.96,
    shifts={"str C=O": -0.01},
    gains={},
    position_sd_cm1=9.0,
    hydrogen_sd_cm1=30.0,
    intensity_factor_sd=2.0,
)
NONE: dict[str, float] = {}


def made(harmonic: list[float], activity: list[float]) -> list[tuple[float, float]]:
    size = len(harmonic)
    bands = make_bands(np.array(harmonic), np.array(activity), np.full(size, 0.5), (NONE,) * size, PLAIN)
    return [(round(one.shift_cm1, 2), round(one.height, 2)) for one in bands]


def test_coinciding_modes_become_one_band_at_their_weighted_place() -> None:
    assert [shift for shift, _ in made([1000.0, 1001.0, 1010.0], [1.0, 3.0, 1.0])] == [1000.75, 1010.0]


def test_the_strongest_band_between_400_and_1800_is_100() -> None:
    found = dict(made([250.0, 900.0, 3000.0], [50.0, 5.0, 500.0]))
    assert found[900.0] == 100.0
    assert found[250.0] > 100.0


def test_imaginary_and_very_soft_modes_give_no_band() -> None:
    assert [shift for shift, _ in made([-40.0, 12.0, 700.0], [9.0, 9.0, 1.0])] == [700.0]


def test_every_band_says_how_sure_it_is_and_hydrogens_less() -> None:
    two = make_bands(np.array([700.0, 3000.0]), np.ones(2), np.full(2, 0.5), (NONE, NONE), PLAIN)
    assert [one.position_sd_cm1 for one in two] == [9.0, 30.0]
    assert [one.intensity_factor_sd for one in two] == [2.0, 2.0]


def test_scaling_uses_the_parabola_the_character_and_another_factor_for_hydrogen() -> None:
    by = Scaling(
        linear=1.02,
        quadratic=4e-5,
        hydrogen=0.96,
        shifts={"a": 0.01},
        gains={},
        position_sd_cm1=1,
        hydrogen_sd_cm1=3,
        intensity_factor_sd=1,
    )
    assert scaled(1000.0, {}, by) == pytest.approx(980.0)
    assert scaled(1000.0, {"a": 0.5, "b": 0.5}, by) == pytest.approx(985.0)
    assert scaled(3000.0, {"a": 1.0}, by) == pytest.approx(2880.0)


def test_a_gain_makes_its_bands_stronger_in_measure_of_their_share() -> None:
    by = Scaling(
        linear=1,
        quadratic=0,
        hydrogen=1,
        shifts={},
        gains={"a": 0.4},
        position_sd_cm1=1,
        hydrogen_sd_cm1=3,
        intensity_factor_sd=1,
    )
    plain, stronger = heights(np.array([1.0, 1.0]), np.array([900.0, 900.0]), [{"b": 1.0}, {"a": 0.5}], by)
    assert stronger == pytest.approx(100.0)
    assert plain == pytest.approx(100.0 * np.exp(-0.2))


def test_intensity_falls_with_the_fourth_power_and_rises_with_heat() -> None:
    two = intensities(np.array([1.0, 1.0]), np.array([200.0, 1600.0]))
    warm = 1.0 / (1.0 - np.exp(-1.438776877 * np.array([200.0, 1600.0]) / 298.0))
    colour = (1e7 / 785.0 - np.array([200.0, 1600.0])) ** 4 / np.array([200.0, 1600.0])
    assert two[0] / two[1] == pytest.approx((warm * colour)[0] / (warm * colour)[1])
