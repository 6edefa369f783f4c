"""The library that ships, on real spectra of other instruments: names, verdicts and actions."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from quayscan.formats import read_spectrum
from quayscan.library import default_library
from quayscan.match import MatchOptions, match, recipe_id
from quayscan.preprocess import prepare
from quayscan.verdict import Action, Verdict, VerdictKind, decide, known_group_of

pytestmark = pytest.mark.needs_shared_data

NAMES = {
    "metamizol Mg": "metamizole",
    "MEK": "methyl-ethyl-ketone",
    "CoconutOil": "coconut oil",
    "MineralOil": "mineral oil",
    "LinseedOil": "linseed oil",
    "Sugar": "sucrose",
    "Acetaminophen": "paracetamol",
}
"""File labels that the substance table does not know as synonyms."""

MEASURED_AND_NAMED_BY_OTHERS = 41
OFF_LIBRARY = ("AmmoniumNitrate", "AmmoniumChloride", "SodiumPerchlorate")
MIXED = ("AcetonitrileToluene", "Glucose100gperL")
PUBLISHED = ("Naphthalene", "Sulfur", "BMSB")
"""In the library from published band tables only, whose intensities are good to a factor of 2."""


def verdict_of(path: Path) -> Verdict:
    library = default_library()
    return decide(
        match(prepare(read_spectrum(path)), library),
        library=library,
        jurisdictions=("UN88",),
        at=date(2026, 11, 25),
        recipe=recipe_id(MatchOptions()),
    )


def files(data: Path, *labels: str) -> list[Path]:
    found = sorted((data / "spectra/instruments").glob("*-[78][38][05]nm/*.csv"))
    return [path for path in found if not labels or path.stem.rsplit("-", 1)[0] in labels]


def named(verdict: Verdict) -> list[str]:
    return [one.substance for one in verdict.candidates if one.named]


def test_every_compound_of_another_unit_is_named_first(shared_data: Path) -> None:
    paths = sorted((shared_data / "spectra/raw-785x").glob("*.csv"))
    right = 0
    for path in paths:
        verdict = verdict_of(path)
        group = known_group_of(NAMES.get(path.stem, path.stem))
        assert verdict.verdict is VerdictKind.MATCH
        right += verdict.candidates[0].substance in group
    assert (right, len(paths)) == (20, 20)


def test_older_instruments_are_named_rightly(shared_data: Path) -> None:
    chosen = [path for path in files(shared_data) if path.parent.name.endswith("785nm")]
    chosen = [p for p in chosen if p.stem.rsplit("-", 1)[0] not in (*OFF_LIBRARY, *MIXED, *PUBLISHED)]
    assert len(chosen) == MEASURED_AND_NAMED_BY_OTHERS
    for path in chosen:
        label = path.stem.rsplit("-", 1)[0]
        verdict = verdict_of(path)
        assert verdict.verdict is VerdictKind.MATCH, path
        assert set(named(verdict)) <= known_group_of(NAMES.get(label, label)), path


def test_what_is_off_the_library_or_mixed_is_unknown_and_goes_to_the_laboratory(shared_data: Path) -> None:
    chosen = files(shared_data, *OFF_LIBRARY, *MIXED)
    assert len(chosen) >= 15
    for path in chosen:
        verdict = verdict_of(path)
        assert (verdict.verdict, verdict.action) == (VerdictKind.UNKNOWN, Action.SEND_TO_LAB), path
        assert named(verdict) == []
        assert len(verdict.candidates) == 5


def test_a_published_table_is_first_but_does_not_name_what_it_fits_loosely(shared_data: Path) -> None:
    for path in files(shared_data, *PUBLISHED):
        verdict = verdict_of(path)
        assert verdict.candidates[0].substance == path.stem.rsplit("-", 1)[0].lower()
        assert verdict.verdict is VerdictKind.UNKNOWN


def test_acetone_alerts_with_its_table_and_ethanol_does_not(shared_data: Path) -> None:
    for path in files(shared_data, "Acetone"):
        verdict = verdict_of(path)
        assert (named(verdict), verdict.action) == (["acetone"], Action.ALERT)
        (control,) = verdict.controls
        assert (control.regime, control.list_name, control.since) == ("UN88", "Table II", "1990-11-11")
    for path in files(shared_data, "Ethanol"):
        verdict = verdict_of(path)
        assert (named(verdict), verdict.action) == (["ethanol"], Action.NO_CONTROLLED_FOUND)
