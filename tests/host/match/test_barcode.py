"""Barcodes of made-up families; tests/accuracy tries families of real goods as stand-ins."""

from __future__ import annotations

import numpy as np
import pytest

import quayscan_spectra
from quayscan.match.barcode import BarcodeState, barcode_score, barcode_states, family_patterns
from quayscan.preprocess import Features, prepare
from quayscan.preprocess.grid import GRID
from quayscan.spectrum import Spectrum
from quayscan_spectra.barcodes import Barcode, pattern
from quayscan_spectra.build.barcodes_table import derive, known_patterns
from quayscan_spectra.profile import pseudo_voigt

SHARED = {620.0: 40.0, 1003.0: 100.0, 1190.0: 35.0, 1330.0: 60.0, 1605.0: 80.0}
"""The made-up family's common bands."""


def curve(bands: dict[float, float], fwhm: float = 12.0) -> np.ndarray:
    shift, height = np.array(list(bands)), np.array(list(bands.values()))
    return height @ pseudo_voigt(GRID - shift[:, None], np.full((shift.size, 1), fwhm), np.array(0.5))


def member(seed: int) -> dict[float, float]:
    """The shared bands, each a little elsewhere, and five of its own."""
    generator = np.random.default_rng(seed)
    own = dict(zip(generator.uniform(420, 1780, 5), generator.uniform(20, 90, 5), strict=True))
    moved = {at + generator.normal(0, 8): height * np.exp(generator.normal(0, 0.4)) for at, height in SHARED.items()}
    return moved | own


def measured(bands: dict[float, float], seed: int) -> Features:
    noise = np.random.default_rng(seed).normal(0.0, 1.0, GRID.size)
    return prepare(Spectrum(axis=GRID, intensity=curve(bands) + noise + 300.0))


def family(count: int = 6) -> dict[str, dict[float, float]]:
    return {f"member-{seed}": member(seed) for seed in range(count)}


def derived(bands: dict[str, dict[float, float]]) -> Barcode:
    patterns = {name: pattern(GRID, curve(one)) for name, one in bands.items()}
    return derive("made-up", patterns, list(known_patterns().values()))


def on(one: Barcode, threshold: float) -> BarcodeState:
    return BarcodeState(
        family="made-up",
        sha256=one.sha256,
        on=True,
        threshold=threshold,
        members=len(one.members),
        recognised=1.0,
        alarms=0,
        n=272,
        reason="",
    )


def test_the_regions_are_those_that_the_members_share() -> None:
    regions = derived(family()).regions_cm1[:5]
    hit = [at for at in SHARED if any(low - 20 <= at <= high + 20 for low, high in regions)]
    assert len(hit) >= 4


def test_a_member_left_out_is_found_and_goods_are_not() -> None:
    bands = family()
    goods = [
        prepare(Spectrum(axis=GRID, intensity=quayscan_spectra.synthesise(one, GRID) + 300.0))
        for one in quayscan_spectra.references()
    ]
    for left_out in bands:
        one = derived({name: each for name, each in bands.items() if name != left_out})
        threshold = max(barcode_score(each, one) for each in goods)
        found = family_patterns(measured(bands[left_out], 1), barcodes=(one,), states=(on(one, threshold),))
        assert [each.family for each in found] == ["made-up"]
        assert found[0].rate == pytest.approx(1 / 273)


def test_a_barcode_that_is_off_or_was_tried_with_other_weights_is_silent() -> None:
    one, other = derived(family()), derived(family(5))
    sample = measured(member(0), 1)
    assert family_patterns(sample, barcodes=(one,), states=(on(one, 0.0),))
    off = BarcodeState(**{**_fields(on(one, 0.0)), "on": False, "reason": "too few"})
    assert family_patterns(sample, barcodes=(one,), states=(off,)) == ()
    assert family_patterns(sample, barcodes=(one,), states=(on(other, 0.0),)) == ()


def _fields(state: BarcodeState) -> dict[str, object]:
    return {name: getattr(state, name) for name in BarcodeState.__slots__}


def test_every_family_has_a_state_and_one_that_is_off_says_why() -> None:
    states = barcode_states()
    assert [one.family for one in states] == [one.family for one in quayscan_spectra.families()]
    shipped = {one.sha256 for one in quayscan_spectra.barcodes()}
    for one in states:
        assert one.on != bool(one.reason)
        if one.on:
            assert one.sha256 in shipped
            assert one.recognised >= 0.7
            assert one.alarms <= 0.01 * one.n
            assert one.n >= 250
