"""Bench samples: each named sample has bands of its own with a source, and the loader refuses what it cannot use."""

import csv
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest

from quayscan_hardware.samples import SOURCES, Sample, read_bands, resolve_sample, sample_names

FOLDER = files("quayscan_hardware.samples")
TABLES = sorted(item.name[:-4] for item in FOLDER.iterdir() if item.name.endswith(".csv"))


def test_every_table_is_described_and_every_description_has_a_table():
    assert sorted(set(sample_names()) - set(SOURCES)) == TABLES


def test_there_are_the_samples_that_a_scan_is_promised_for():
    assert {"acetone", "caffeine", "ammonium-nitrate", "sodium-perchlorate", "polystyrene"} <= set(sample_names())
    assert len(TABLES) >= 12


@pytest.mark.parametrize("name", TABLES)
def test_a_sample_has_bands_in_range_and_a_strength(name):
    sample = resolve_sample(name)
    assert isinstance(sample, Sample)
    assert np.all((sample.shift_cm1 > 50) & (sample.shift_cm1 < 3600))
    assert np.all(sample.height > 0)
    assert sample.strength > 0
    assert sample.bleach_j > 0


@pytest.mark.parametrize("name", TABLES)
def test_every_band_names_source_licence_instrument_and_basis(name):
    rows = list(csv.DictReader(FOLDER.joinpath(f"{name}.csv").read_text(encoding="utf-8").splitlines()))
    for row in rows:
        assert all(row[column].strip() for column in ("source", "licence", "instrument", "laser_nm"))
        assert row["basis"] in ("fitted", "perturbed")


def test_sources_resolve_to_themselves():
    assert [resolve_sample(name) for name in SOURCES] == list(SOURCES)


def test_unknown_sample_lists_samples_and_sources():
    with pytest.raises(ValueError, match=r"'acetonee'.*acetone.*neon"):
        resolve_sample("acetonee")


@pytest.mark.parametrize(
    ("row", "complaint"),
    [
        ("", "holds no band"),
        ("800,8,0.5,abc", "no number"),
        ("800,8,0.5", "missing column"),
        ("800,0,0.5,100", "widths must be above 0"),
        ("800,8,1.5,100", "eta between 0 and 1"),
    ],
)
def test_a_damaged_table_is_refused_with_its_name(tmp_path: Path, row, complaint):
    table = tmp_path / "broken.csv"
    table.write_text(f"shift_cm1,fwhm_cm1,eta,height\n{row}\n")
    with pytest.raises(ValueError, match=rf"broken\.csv.*{complaint}"):
        read_bands(table)


def test_readme_lists_every_sample_with_its_number_of_bands():
    readme = (Path(__file__).parents[2] / "hardware" / "README.md").read_text(encoding="utf-8")
    for name in TABLES:
        sample = resolve_sample(name)
        row = f"| {name} | {sample.phase} | {sample.strength} | {sample.fluorescence} | {sample.shift_cm1.size} "
        assert row in readme
