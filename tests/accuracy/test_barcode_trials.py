"""Barcodes on real spectra: families of goods stand in, since no spectrum of a controlled family's member is public."""

from __future__ import annotations

from pathlib import Path

import pytest

from quayscan.match.barcode import barcode_states
from quayscan_spectra import barcodes
from quayscan_spectra.build.barcodes_table import known_patterns

from . import barcode_trials, stand_ins

pytestmark = pytest.mark.needs_shared_data


@pytest.mark.parametrize("title", stand_ins.FAMILIES)
def test_real_members_left_out_are_found_at_a_threshold_that_one_in_a_hundred_others_passes(
    shared_data: Path, title: str
) -> None:
    found = stand_ins.tried(stand_ins.FAMILIES[title], shared_data, known_patterns().__getitem__)
    assert found.tried >= 3
    assert found.found >= 0.7 * found.tried


def test_real_spectra_are_found_by_a_barcode_of_computed_references_without_their_own(shared_data: Path) -> None:
    members, kin = stand_ins.COMPUTED["one ring"], stand_ins.KIN["one ring"]
    found = stand_ins.tried(members, shared_data, stand_ins.computed, kin=kin)
    assert found.tried >= 5
    assert found.found >= 0.7 * found.tried


def test_no_barcode_that_is_on_takes_more_than_one_in_a_hundred_real_spectra_for_a_member(shared_data: Path) -> None:
    real = barcode_trials.real_patterns(shared_data)
    assert len(real) >= 250
    by_hash = {one.sha256: one for one in barcodes()}
    for state in barcode_states():
        if state.on:
            alarms = sum(by_hash[state.sha256].score(each) > state.threshold for _, each in real)
            assert (alarms, len(real)) == (state.alarms, state.n)
            assert alarms <= 0.01 * len(real)
