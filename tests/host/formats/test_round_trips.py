"""What is written reads back equal: every number bit for bit, every word, in all four formats."""

from __future__ import annotations

import math
from dataclasses import fields
from pathlib import Path

import format_samples as samples
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quayscan.formats import Dataset, read_datasets
from quayscan.formats.write import TARGETS, encode

DOUBLES = st.floats(allow_nan=False, allow_infinity=False, width=64)
SINGLES = st.floats(allow_nan=False, allow_infinity=False, width=32)
WORDS = st.text(st.characters(codec="ascii", categories=["L", "N"]), max_size=12)


@st.composite
def datasets(draw: st.DrawFn, numbers: st.SearchStrategy[float]) -> Dataset:
    rows = draw(st.lists(st.tuples(numbers, numbers), min_size=1, max_size=20))
    return Dataset(
        kind=draw(st.sampled_from(["spectrum", "sticks", "time series", "page", "curve", "counts", "interferogram"])),
        x=np.array([x for x, _ in rows]),
        y=np.array([y for _, y in rows]),
        x_quantity=draw(st.sampled_from(["Raman shift", "wavelength", "wavenumber", "time", "m/z", "pixel", ""])),
        x_unit=draw(st.sampled_from(["cm-1", "nm", "s", "m/z", "", "GAUSS"])),
        y_unit=draw(st.sampled_from(["counts", "absorbance", "relative abundance", ""])),
        technique=draw(st.sampled_from(["Raman", "infrared", "NIR", "UV-VIS", "mass", "NMR", "", "EPR SPECTRUM"])),
        title="t" + draw(WORDS),
        name=draw(WORDS),
        instrument=draw(WORDS),
        laser_nm=draw(st.none() | st.floats(200, 2000)),
        saturated_fraction=draw(st.sampled_from([0.0, 0.25])),
        notes=tuple(f"remark {at}" for at in range(draw(st.integers(0, 2)))),
    )


def bits(array: np.ndarray) -> bytes:
    return np.ascontiguousarray(array).tobytes()


def read_back(folder: Path, one: list[Dataset], target: str) -> list[Dataset]:
    found = []
    for name, content in encode(Path("sample.x"), one, target):
        path = folder / name
        path.write_bytes(content)
        found += read_datasets(path)
    return found


def assert_equal(one: Dataset, other: Dataset) -> None:
    for field in fields(Dataset):
        left, right = getattr(one, field.name), getattr(other, field.name)
        same = bits(left) == bits(right) if field.name in ("x", "y") else left == right
        assert same, (field.name, left, right)


@pytest.mark.parametrize("target", ["csv", "jdx", "nxs"])
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_any_doubles_come_back_bit_for_bit(
    tmp_path_factory: pytest.TempPathFactory, target: str, data: st.DataObject
) -> None:
    one = data.draw(datasets(DOUBLES))
    (back,) = read_back(tmp_path_factory.getbasetemp(), [one], target)
    assert_equal(one, back)


@settings(max_examples=60, deadline=None)
@given(one=datasets(SINGLES))
def test_spc_keeps_what_single_precision_holds(tmp_path_factory: pytest.TempPathFactory, one: Dataset) -> None:
    (back,) = read_back(tmp_path_factory.getbasetemp(), [one], "spc")
    assert_equal(one, back)


def test_spc_gives_the_nearest_single_of_any_other_number(tmp_path: Path) -> None:
    one = Dataset(kind="spectrum", x=np.array([0.1, math.pi]), y=np.array([1 / 3, 1e300 / 1e295]))
    (back,) = read_back(tmp_path, [one], "spc")
    np.testing.assert_array_equal(back.y, one.y.astype(np.float32))
    np.testing.assert_array_equal(back.x, one.x.astype(np.float32))


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("name", ["link.jdx", "ntuples.jdx", "xyy.spc", "xyxyxy.spc", "map.wdf", "nirscan.csv"])
def test_files_of_several_data_sets_keep_their_order_and_names(tmp_path: Path, name: str, target: str) -> None:
    path = tmp_path / name
    path.write_bytes(samples.ALL[name])
    before = read_datasets(path)
    after = read_back(tmp_path, before, target)
    assert [(one.kind, one.name, one.x.size) for one in after] == [(one.kind, one.name, one.x.size) for one in before]
    for one, other in zip(before, after, strict=True):
        kind = np.float32 if target == "spc" else np.float64
        np.testing.assert_array_equal(other.y, one.y.astype(kind))


@pytest.mark.needs_shared_data
@pytest.mark.parametrize("target", TARGETS)
def test_public_files_come_back_exact(shared_data: Path, tmp_path: Path, target: str) -> None:
    files = [
        "spc/LC_DIODE_ARRAY.SPC",
        "spc/Witec_image2x3_SPC_Data_1_F.spc",
        "jcamp/raman_spectra/tannic_acid.jdx",
        "jcamp/jcamp-dx.org_official_test_data/ISAS_MS3.DX",
        "cheminfo/from/__tests__/data/raman.spc",
    ]
    for file in files:
        before = read_datasets(shared_data / "fixtures" / file)
        after = read_back(tmp_path, before, target)
        for one, other in zip(before, after, strict=True):
            kind = np.float32 if target == "spc" else np.float64
            assert bits(other.y) == bits(one.y.astype(kind).astype(np.float64))
            assert bits(other.x) == bits(one.x.astype(kind).astype(np.float64))
