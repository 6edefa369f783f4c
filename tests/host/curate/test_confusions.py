import numpy as np
import pytest

from quayscan.curate.confusions import Confusion, ConfusionMap, Instrument, confusion_map
from quayscan.errors import UsageError
from quayscan.library import Library, Reference, from_spectra
from quayscan.spectrum import Spectrum

AXIS = np.linspace(290.0, 2210.0, 1500)
CLEAR = {
    "alpha": {520.0: 1.0, 870.0: 0.4, 1210.0: 0.6, 1450.0: 0.3},
    "beta": {610.0: 0.7, 870.0: 1.0, 1080.0: 0.5, 1600.0: 0.4},
}
TWINS = {  # they differ in one weak band and in the distance of two close ones
    "gemini-a": {700.0: 1.0, 1000.0: 0.6, 1010.0: 0.5},
    "gemini-b": {700.0: 1.0, 998.0: 0.6, 1012.0: 0.5, 1300.0: 0.03},
}


def library(substances: dict[str, dict[float, float]], *, grade: str = "measured") -> Library:
    entries = []
    for name, bands in substances.items():
        centres, heights = np.array(list(bands)), np.array(list(bands.values()))
        curve = heights @ np.exp(-0.5 * ((AXIS - centres[:, None]) / 5.0) ** 2)
        reference = Reference(substance=name, name=name, grade=grade)  # type: ignore[arg-type]  # one of the grades
        entries.append((Spectrum(axis=AXIS, intensity=1000.0 * curve + 200.0), reference))
    return from_spectra(entries, name="drawn")


def pairs(found: ConfusionMap) -> set[frozenset[str]]:
    return {frozenset({one.sample, one.other}) for one in found.confusions}


@pytest.fixture(scope="module")
def drawn() -> Library:
    return library({**CLEAR, **TWINS})


def test_twins_are_told_apart_by_a_quiet_instrument_and_not_by_a_noisy_one(drawn: Library) -> None:
    twins = frozenset(TWINS)
    assert twins not in pairs(confusion_map(drawn, Instrument(snr=1000.0)))
    noisy = confusion_map(drawn, Instrument(snr=15.0))
    assert twins in pairs(noisy)
    assert frozenset(CLEAR) not in pairs(noisy)


def test_a_coarse_instrument_confuses_what_a_fine_one_tells(drawn: Library) -> None:
    fine, coarse = (confusion_map(drawn, Instrument(snr=200.0, resolution_cm1=width)) for width in (8.0, 45.0))
    at = [fine.substances.index(name) for name in TWINS]
    assert coarse.lead[at[0], at[1]] < fine.lead[at[0], at[1]]


def test_what_lies_outside_the_range_is_not_seen() -> None:
    low = library({**CLEAR, "low": {450.0: 1.0, 520.0: 0.5}})
    found = confusion_map(low, Instrument(low_cm1=700.0))
    assert found.unseen == ("low",)
    assert not any(one.sample == "low" for one in found.confusions)
    assert confusion_map(low, Instrument()).unseen == ()


def test_the_same_seed_gives_the_same_map_and_every_pair_is_within_the_margin(drawn: Library) -> None:
    one, again = (confusion_map(drawn, Instrument(snr=15.0), seed=3) for _ in range(2))
    assert one.confusions == again.confusions
    np.testing.assert_array_equal(one.lead, again.lead)
    assert list(one.confusions) == sorted(one.confusions, key=lambda pair: pair.lead)
    for pair in one.confusions:
        assert pair.lead < one.margin
        assert 0 < pair.share <= 1
        assert pair.sample != pair.other


def test_members_of_one_identity_group_are_one_answer() -> None:
    alike = library({"citric-acid-anhydrate": CLEAR["alpha"], "citric-acid": CLEAR["alpha"], "beta": CLEAR["beta"]})
    assert confusion_map(alike, Instrument()).confusions == ()


def test_equal_references_of_two_substances_cannot_be_told() -> None:
    found = confusion_map(library({"one": CLEAR["alpha"], "two": CLEAR["alpha"], "beta": CLEAR["beta"]}), Instrument())
    assert pairs(found) == {frozenset({"one", "two"})}
    assert all(isinstance(one, Confusion) and one.share == 1 for one in found.confusions)


def test_progress_counts_every_reference(drawn: Library) -> None:
    seen: list[tuple[int, int]] = []
    confusion_map(drawn, Instrument(), on_progress=lambda done, total: seen.append((done, total)))
    assert seen == [(at, 4) for at in range(1, 5)]


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"snr": 0.5}, "--snr 0.5"),
        ({"snr": float("nan")}, "--snr nan"),
        ({"resolution_cm1": 0.0}, "--resolution 0"),
        ({"low_cm1": 1500.0}, "--range 1500-1800"),
    ],
)
def test_an_instrument_that_makes_no_sense_is_a_usage_error(fields: dict[str, float], says: str) -> None:
    with pytest.raises(UsageError, match=says):
        Instrument(**fields)
