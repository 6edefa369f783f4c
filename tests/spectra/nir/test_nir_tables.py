"""The near-infrared tables that ship are the ones that the build makes, and they recognise other hands' scans."""

import csv
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import quayscan_spectra
from quayscan_spectra import nir_references
from quayscan_spectra.build.nir_quality import nir_fit_quality, nir_trials
from quayscan_spectra.build.nir_sources import (
    REFERENCE_OPERATORS,
    SAMPLE_OPERATORS,
    file_substances,
    read_nirscan,
    read_scans,
)
from quayscan_spectra.build.nir_table import SAMPLE_COLUMNS
from quayscan_spectra.nir import VALID_NM, through_points
from quayscan_spectra.profile import pseudo_voigt

TABLES = Path(quayscan_spectra.__file__).parent / "tables"
SAMPLES = Path(__file__).parents[3] / "hardware" / "quayscan_hardware" / "samples" / "nir"
SUBSTANCES = sorted(file_substances().values())
AXIS = np.arange(*VALID_NM, 4.0)

Rows = list[dict[str, str]]


def read(path: Path) -> Rows:
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def drawn(rows: Rows) -> np.ndarray:
    """The rows of one substance on `AXIS`."""
    bands, points = ([row for row in rows if row["term"] == term] for term in ("band", "continuum"))
    at, width, depth = (np.array([float(row[k]) for row in bands]) for k in ("position_nm", "width_nm", "depth_au"))
    at_points, level = (np.array([float(row[k]) for row in points]) for k in ("position_nm", "depth_au"))
    return depth @ pseudo_voigt(AXIS - at[:, None], width[:, None], np.zeros(1)) + level @ through_points(
        at_points, AXIS
    )


def build(what: str, data: Path, out: Path) -> None:
    """Run the build command with one BLAS thread: its matrices are small, and threads only wait for each other."""
    one_thread = {name: "1" for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")}
    command = [sys.executable, "-m", "quayscan_spectra.build", what, "--data", str(data), "--out", str(out)]
    paths = os.pathsep.join(filter(None, sys.path))
    subprocess.run(command, check=True, env={**os.environ, **one_thread, "PYTHONPATH": paths})


@pytest.mark.needs_shared_data
def test_reference_table_is_what_the_build_makes(shared_data: Path, tmp_path: Path) -> None:
    build("nir", shared_data, tmp_path)
    made, shipped = read(tmp_path / "nir_bands.csv"), read(TABLES / "nir_bands.csv")
    assert list(made[0]) == list(shipped[0])
    for name in SUBSTANCES:
        one, other = ([row for row in rows if row["substance"] == name] for rows in (made, shipped))
        # another numerical library may stop elsewhere; the drawn curve stays the same to a fifth of the scans' spread
        np.testing.assert_allclose(drawn(one), drawn(other), atol=0.004)
        assert {row["source"] for row in one} == {row["source"] for row in other}


@pytest.mark.needs_shared_data
def test_bench_tables_are_what_the_build_makes(shared_data: Path, tmp_path: Path) -> None:
    build("nir-samples", shared_data, tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(path.name for path in SAMPLES.glob("*.csv"))
    for name in SUBSTANCES:
        one, other = read(tmp_path / f"{name}.csv"), read(SAMPLES / f"{name}.csv")
        np.testing.assert_allclose(drawn(one), drawn(other), atol=0.004)


@pytest.mark.parametrize("name", SUBSTANCES)
def test_bench_sample_is_whole_and_from_other_operators_than_the_reference(name: str) -> None:
    rows = read(SAMPLES / f"{name}.csv")
    assert tuple(rows[0]) == SAMPLE_COLUMNS
    assert all(cell.strip() for row in rows for key, cell in row.items() if key != "width_nm")
    assert all(float(row["width_nm"]) > 0 for row in rows if row["term"] == "band")
    assert all("group06 to group10" in row["source"] for row in rows)
    (reference,) = [one for one in nir_references() if one.substance == name]
    bands = {(float(row["position_nm"]), float(row["depth_au"])) for row in rows}
    assert bands.isdisjoint(zip(reference.position_nm, reference.depth_au, strict=True))


def test_no_operator_is_on_both_sides() -> None:
    assert not set(REFERENCE_OPERATORS) & set(SAMPLE_OPERATORS)


@pytest.mark.needs_shared_data
def test_every_reference_draws_the_second_derivative_of_its_mean(shared_data: Path) -> None:
    quality = nir_fit_quality(shared_data)
    assert sorted(quality) == SUBSTANCES
    assert {name: value for name, value in quality.items() if value < 0.99} == {}


@pytest.mark.needs_shared_data
def test_scans_of_operators_that_no_reference_saw_are_all_recognised(shared_data: Path) -> None:
    trials = nir_trials(shared_data, SAMPLE_OPERATORS)
    assert len(trials) == 11 * 5 * 5
    assert [trial for trial in trials if trial.first != trial.substance] == []
    assert min(trial.lead for trial in trials) > 0.1


@pytest.mark.needs_shared_data
def test_all_scans_lie_on_one_ascending_axis(shared_data: Path) -> None:
    axes = [read_scans(shared_data, stem, operator)[0] for stem in file_substances() for operator in (1, 10)]
    assert all(np.array_equal(axis, axes[0]) for axis in axes)
    assert len(axes[0]) == 228
    assert np.all(np.diff(axes[0]) > 0)


def test_file_without_the_scanners_columns_is_refused_by_name(tmp_path: Path) -> None:
    path = tmp_path / "other.csv"
    path.write_text("Method:,Column 1\nx,y\n1,2\n")
    with pytest.raises(ValueError, match=r"other\.csv: 0 lines name wavelength and absorbance"):
        read_nirscan(path)


def test_scan_is_read_in_ascending_order(tmp_path: Path) -> None:
    path = tmp_path / "x_01.csv"
    path.write_text("Method:,C,,\nWavelength (nm),Absorbance (AU),Reference Signal (unitless)\n905,0.2,9\n901,0.3,8\n")
    axis, absorbance = read_nirscan(path)
    np.testing.assert_array_equal(axis, [901.0, 905.0])
    np.testing.assert_array_equal(absorbance, [0.3, 0.2])
