from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from tests.bench import large

from quayscan.errors import LibraryError
from quayscan.library import Library, Reference, open_library, write_library
from quayscan.library.file import CODES_FROM
from quayscan.library.library import assemble
from quayscan.match.best import DECIMALS
from quayscan.match.held import Held
from quayscan.match.many import best_of_many
from quayscan.match.search import in_place, left_out, search
from quayscan.preprocess.codes import reference_codes

from .exhaustive import cosines

COUNT = CODES_FROM + 100
NARROW = 50
"""The row of an entry that lacks a part of the window."""


@pytest.fixture(scope="module")
def library() -> Library:
    coverage = np.tile(np.array([0, 951], dtype=np.int32), (COUNT, 1))
    coverage[NARROW, 1] = 600
    references = [Reference(substance=f"s{at}", name=f"S {at}", grade="measured") for at in range(COUNT)]
    return assemble("many", references, large.entries(COUNT, seed=5), coverage)


@pytest.fixture(scope="module")
def path(library: Library, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("libraries") / "many.qlib"
    write_library(path, library)
    return path


def test_a_large_file_holds_the_codes_of_its_spectra_and_nothing_for_a_narrow_one(path: Path, library: Library) -> None:
    codes = open_library(path).codes
    assert codes is not None
    expected = reference_codes(library.spectra)
    expected[NARROW] = 0.0
    assert np.array_equal(codes, expected)


def test_codes_and_spectra_stay_in_the_file(path: Path) -> None:
    opened = in_place(open_library(path))
    for array in (opened.codes, opened.spectra):
        base: object = array
        while isinstance(base, np.ndarray) and not isinstance(base, np.memmap):
            base = base.base
        assert isinstance(base, np.memmap)


def test_searched_in_place_it_gives_what_a_library_in_memory_gives(path: Path, library: Library) -> None:
    rows = np.random.default_rng(1).integers(COUNT, size=40)
    queries = large.queries(library.spectra[rows], seed=2)
    found = search(queries, in_place(open_library(path)))
    expected = best_of_many(queries, Held.of(library.spectra))
    assert np.array_equal(found.rows[:, 0], expected.rows[:, 0])
    assert np.array_equal(found.cosine[:, 0], expected.cosine[:, 0])


def test_an_entry_that_lacks_a_part_of_the_window_is_counted_as_left_out(path: Path, library: Library) -> None:
    opened = open_library(path)
    assert left_out(opened) == 1
    found = search(large.queries(library.spectra[NARROW : NARROW + 1], seed=2), in_place(opened))
    assert NARROW not in found.rows


def test_a_changed_code_is_found_when_the_content_is_checked(path: Path, tmp_path: Path) -> None:
    raw = bytearray(path.read_bytes())
    codes = open_library(path).codes
    assert codes is not None
    at = raw.index(codes[7].tobytes())
    raw[at + 2] ^= 1
    changed = tmp_path / "changed.qlib"
    changed.write_bytes(raw)
    with pytest.raises(LibraryError, match="codes do not have their hash"):
        open_library(changed, verify=True)


def test_a_small_library_is_searched_without_codes_in_its_file(library: Library) -> None:
    small = assemble("few", library.references[:20], library.spectra[:20], library.coverage[:20])
    found = search(large.queries(small.spectra[:3], seed=2), in_place(small))
    assert found.rows[:, 0].tolist() == [0, 1, 2]


def test_a_narrow_entry_of_a_small_library_is_not_searched_either(library: Library) -> None:
    rows = np.arange(NARROW - 5, NARROW + 5)
    few = assemble("few", [library.references[row] for row in rows], library.spectra[rows], library.coverage[rows])
    found = search(large.queries(few.spectra[3:7], seed=2), in_place(few))
    assert found.rows[:, 0].tolist()[:2] == [3, 4]
    assert found.rows[3, 0] == 6
    assert found.rows.shape == (4, 9)
    assert 5 not in found.rows


def test_what_is_proven_in_place_is_what_all_in_memory_gives(path: Path, library: Library) -> None:
    rows = np.random.default_rng(1).integers(COUNT, size=12)
    queries = large.queries(library.spectra[rows], seed=2)
    queries[:2] = np.random.default_rng(2).normal(size=(2, queries.shape[1]))  # which resemble nothing
    found = search(queries, in_place(open_library(path)), exact=True)
    whole = np.delete(np.arange(COUNT), NARROW)
    best = np.round(cosines(queries, library.spectra[whole]).max(axis=1), DECIMALS)
    order = np.argsort(-best, axis=1, kind="stable")[:, :10]
    assert np.array_equal(found.rows, whole[order])
    assert (found.proven == 10).all()


def test_a_library_without_a_whole_entry_is_refused(library: Library) -> None:
    narrow = assemble("narrow", library.references[:1], library.spectra[:1], library.coverage[NARROW : NARROW + 1])
    with pytest.raises(LibraryError, match="covers 400-1800"):
        in_place(narrow)
