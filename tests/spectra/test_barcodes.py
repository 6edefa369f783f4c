"""Barcodes: what a pattern looks at, what is derived from members, and that the table is what deriving gives."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quayscan_spectra import barcodes, families
from quayscan_spectra.barcodes import POINTS_CM1, pattern
from quayscan_spectra.build.barcodes_table import (
    AXIS_CM1,
    COLUMNS,
    LEAST_MEMBERS,
    benign_patterns,
    build_barcodes,
    derive,
    known_patterns,
    member_patterns,
)


def gaussians(bands: dict[float, float]) -> np.ndarray:
    return sum(height * np.exp(-0.5 * ((AXIS_CM1 - at) / 5.0) ** 2) for at, height in bands.items())


def slow_pattern(axis: np.ndarray, bands: np.ndarray) -> np.ndarray:
    """Each point as the weighted sum of all roots, written out."""
    roots = np.sqrt(np.maximum(bands, 0.0))
    sums = []
    for at in POINTS_CM1:
        weight = np.exp(-0.5 * ((axis - at) / 12.0) ** 2) * (np.abs(axis - at) <= 48.0)
        sums.append(float(weight @ roots))
    return np.array(sums) / np.linalg.norm(sums)


def test_a_pattern_is_the_plain_weighted_sum_of_length_one() -> None:
    bands = gaussians({500.0: 1.0, 1001.0: 4.0, 1600.0: 0.5})
    found = pattern(AXIS_CM1, bands)
    np.testing.assert_allclose(found, slow_pattern(AXIS_CM1, bands), atol=1e-9)
    assert np.linalg.norm(found) == pytest.approx(1.0)


@settings(max_examples=20, deadline=None)
@given(st.floats(1e-3, 1e6))
def test_the_height_of_the_whole_does_not_matter(height: float) -> None:
    bands = gaussians({700.0: 1.0, 1300.0: 0.3})
    np.testing.assert_allclose(pattern(AXIS_CM1, height * bands), pattern(AXIS_CM1, bands), atol=1e-12)


def test_nothing_has_a_pattern_of_zeros() -> None:
    assert not pattern(AXIS_CM1, np.full(AXIS_CM1.size, -1.0)).any()


def test_a_barcode_scores_its_members_high_and_benign_goods_around_zero() -> None:
    shared = {640.0: 1.0, 1085.0: 0.8, 1330.0: 0.6}
    own = ({800.0: 0.7}, {920.0: 0.9}, {1510.0: 0.8})
    members = {f"m{at}": pattern(AXIS_CM1, gaussians({**shared, **one})) for at, one in enumerate(own)}
    benign = list(known_patterns().values())
    one = derive("made-up", members, benign)
    scores = np.array([one.score(each) for each in benign])
    assert scores.mean() == pytest.approx(0.0, abs=1e-9)
    assert scores.std(ddof=1) == pytest.approx(1.0, rel=1e-6)
    assert all(one.score(each) > scores.max() for each in members.values())
    for at in shared:
        assert any(low - 20 <= at <= high + 20 for low, high in one.regions_cm1)


def test_other_weights_have_another_hash_and_the_same_ones_the_same() -> None:
    benign = list(known_patterns().values())
    members = {name: each for name, each in known_patterns().items() if name in ("toluene", "benzyl-alcohol")}
    assert derive("a", members, benign).sha256 == derive("b", members, benign).sha256
    assert derive("a", members, benign[:-1]).sha256 != derive("a", members, benign).sha256


def test_members_and_benign_goods_share_no_reference() -> None:
    for family in families():
        assert len(benign_patterns(family)) + len(member_patterns(family).keys() & known_patterns().keys()) == len(
            known_patterns()
        )


def test_the_table_is_what_deriving_from_its_members_gives() -> None:
    by_name = {family.family: family for family in families()}
    for shipped in barcodes():
        family = by_name[shipped.family]
        members = {name: each for name, each in member_patterns(family).items() if name in shipped.members}
        assert len(members) >= LEAST_MEMBERS
        again = derive(family.family, members, benign_patterns(family))
        assert again.members == shipped.members
        np.testing.assert_allclose(again.weight, shipped.weight, atol=2e-2)
        assert again.regions_cm1[0] == shipped.regions_cm1[0]


def test_building_runs_on_whatever_members_there_are(tmp_path: Path) -> None:
    build_barcodes(tmp_path, tmp_path)
    lines = (tmp_path / "barcodes.csv").read_text(encoding="utf-8").splitlines()
    assert lines[0] == ",".join(COLUMNS)
    enough = [family for family in families() if len(member_patterns(family)) >= LEAST_MEMBERS]
    assert len(lines) == 1 + POINTS_CM1.size * len(enough)
