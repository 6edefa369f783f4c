"""Doubts, repeats, merging and strictness, on drawn spectra."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from quayscan.curate import curated, find_doubts, merged
from quayscan.curate.entries import PAIRS_UP_TO, Entry
from quayscan.errors import LibraryError
from quayscan.library import Library, default_library, from_rows

from .drawn import entry


def made(*entries: Entry, strict: bool = False) -> Library:
    return curated(entries, name="made", second=default_library(), strict=strict)


def test_right_labels_raise_no_doubt() -> None:
    library = made(entry("acetone", 1), entry("toluene", 2), entry("urea", 3, name="our urea"))
    assert [doubt.names for doubt in library.doubts if doubt.kind != "label"] == []
    assert [doubt.names for doubt in library.doubts] == [("our urea-03.csv",)]  # it looks like what it is


def test_a_label_that_looks_like_another_shipped_substance_is_named_with_it() -> None:
    library = made(entry("acetone", 1), entry("toluene", 2, name="acetone"))
    (doubt,) = library.doubts
    assert (doubt.kind, doubt.names) == ("label", ("acetone-02.csv",))
    assert "looks like Toluene" in doubt.text


def test_a_label_that_looks_like_nothing_shipped_is_named() -> None:
    row, reference = entry("acetone", 1)
    strange, _ = entry("urea", 2)
    odd = replace(strange, values=np.roll(strange.values, 60))
    library = made((row, reference), (odd, replace(reference, provenance={**reference.provenance, "source": "odd"})))
    (doubt,) = library.doubts
    assert doubt.names == ("odd",)
    assert "does not look like the shipped acetone" in doubt.text


def test_repeats_of_an_unknown_substance_that_differ_name_each_other() -> None:
    def odd(at: int, roll: int) -> Entry:
        row, reference = entry("urea", at, name="mix")
        return replace(row, values=np.roll(row.values, roll)), reference

    library = made(odd(1, 60), odd(2, 160))
    assert {doubt.names[0] for doubt in library.doubts if doubt.kind == "repeat"} == {"mix-01.csv", "mix-02.csv"}
    assert len(library) == 2
    outvoted = made(odd(1, 60), odd(2, 60), odd(3, 160))
    assert [doubt.names for doubt in outvoted.doubts] == [("mix-03.csv",)]
    assert len(outvoted) == 2


def test_two_names_for_one_spectrum_are_a_pair_named_once() -> None:
    def odd(name: str, at: int) -> Entry:
        row, reference = entry("urea", at, name=name)
        return replace(row, values=np.roll(row.values, 60)), reference

    library = made(odd("this", 1), odd("that", 2), odd("This", 3))
    (doubt,) = [one for one in library.doubts if one.kind == "pair"]
    assert {name.lower() for name in doubt.names} == {"this", "that"}


def test_names_of_one_identity_group_are_no_pair() -> None:
    library = made(entry("citric-acid", 1), entry("citric-acid", 2, name="citric-acid-monohydrate"))
    assert [doubt for doubt in library.doubts if doubt.kind == "pair"] == []


def test_strict_leaves_out_what_a_doubt_names_and_keeps_the_doubt() -> None:
    library = made(entry("acetone", 1), entry("toluene", 2, name="benzene"), strict=True)
    assert [one.name for one in library.references] == ["acetone"]
    assert len(library.doubts) == 1
    with pytest.raises(LibraryError, match="no entries"):
        made(entry("toluene", 2, name="benzene"), strict=True)


def test_repeats_become_one_entry_whatever_their_intensity_and_background() -> None:
    library = made(
        entry("acetone", 1),
        entry("acetone", 2, height=300.0, level=9000.0),
        entry("acetone", 3, instrument="another"),
    )
    assert [one.provenance.get("repeats") for one in library.references] == ["2", None]
    joined = library.references[0].provenance
    assert joined["source"] == "acetone-01.csv, acetone-02.csv"
    assert 0.0 < float(joined["repeatability"].split()[0]) < 0.05
    (alone,) = made(entry("acetone", 1)).spectra
    top = int(np.argmax(alone))
    assert int(np.argmax(library.spectra[0])) == top


def test_a_doubtful_repeat_is_not_averaged_in() -> None:
    library = made(entry("acetone", 1), entry("acetone", 2), entry("toluene", 3, name="acetone"))
    assert [one.provenance.get("repeats") for one in library.references] == ["2", None]


def test_merging_takes_each_entry_once_and_looks_again() -> None:
    first = made(entry("acetone", 1), entry("toluene", 2))
    second = made(entry("acetone", 1), entry("benzene", 3, name="cyclohexane"))
    both = merged([first, second], name="both", second=default_library())
    assert [one.name for one in both.references] == ["acetone", "toluene", "cyclohexane"]
    assert [doubt.kind for doubt in both.doubts] == ["label"]
    assert merged([first, first], name="again", second=default_library()).sha256 == first.sha256
    strict = merged([first, second], name="both", second=default_library(), strict=True)
    assert [one.name for one in strict.references] == ["acetone", "toluene"]


def test_a_very_large_library_is_searched_for_wrong_labels_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quayscan.curate.entries.PAIRS_UP_TO", 2)
    rows, references = zip(
        *[entry("acetone", 1), entry("urea", 2, name="this"), entry("toluene", 3, name="acetone")], strict=True
    )
    doubted, doubts = find_doubts(from_rows(rows, references, name="x"), default_library())
    assert {doubt.kind for doubt in doubts} == {"label"}
    assert 2 in doubted
    assert PAIRS_UP_TO == 2000
