"""The bench's sample tables come from other instruments than the library's references."""

import csv
from pathlib import Path

import numpy as np
import pytest

from quayscan_spectra.build.fit_bands import BandFit
from quayscan_spectra.build.samples import COLUMNS, FITTED, PERTURBED, SEED, perturb
from quayscan_spectra.references import references

SAMPLES = Path(__file__).parents[3] / "hardware" / "quayscan_hardware" / "samples"
NAMES = sorted([*FITTED, *PERTURBED])


def rows_of(name: str) -> list[dict[str, str]]:
    with (SAMPLES / f"{name}.csv").open(encoding="utf-8") as handle:
        return list(csv.DictReader(handle))


@pytest.mark.parametrize("name", NAMES)
def test_sample_table_is_whole_and_names_its_source(name: str) -> None:
    rows = rows_of(name)
    assert len(rows) >= 3
    assert tuple(rows[0]) == COLUMNS
    assert all(cell.strip() for row in rows for cell in row.values())
    inside = [float(row["height"]) for row in rows if 400 <= float(row["shift_cm1"]) <= 1800]
    assert max(inside) == pytest.approx(100.0) or name in PERTURBED


@pytest.mark.parametrize("name", NAMES)
def test_sample_is_another_instruments_or_marked_perturbed(name: str) -> None:
    library = {one.substance: one.instrument for one in references()}
    rows = rows_of(name)
    if name in PERTURBED:
        assert {row["basis"] for row in rows} == {"perturbed"}
        assert all(f"seed {SEED}" in row["source"] for row in rows)
    else:
        assert {row["basis"] for row in rows} == {"fitted"}
        assert all(row["instrument"] != library.get(name) for row in rows)


def test_perturbing_moves_every_band_and_repeats_with_its_seed() -> None:
    empty = np.array([])
    fit = BandFit(
        shift_cm1=np.array([500.0, 1500.0]),
        fwhm_cm1=np.array([10.0, 10.0]),
        eta=np.array([0.5, 0.5]),
        height=np.array([100.0, 50.0]),
        axis_cm1=empty,
        counts=empty,
        background=empty,
        sigma=empty,
    )
    one, again = (perturb(fit, np.random.default_rng(SEED)) for _ in range(2))
    np.testing.assert_array_equal(one.shift_cm1, again.shift_cm1)
    assert np.all(one.shift_cm1 != fit.shift_cm1)
    assert np.all(np.abs(one.shift_cm1 - fit.shift_cm1) < 6.0)
    assert np.all(one.height != fit.height)
