"""Doubts on real folders, and references of other lasers, on the development spectra; run with `-s` for the figures.

The limits of `quayscan.curate.doubts` were read on these same files, those of `quayscan.match` too: what holds here is
what development data can show and no promise for the field. The swaps themselves are drawn anew from a stated seed.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from match import trials  # tests/host is on the path: this folder is a package

from quayscan.curate import build_library, find_doubts, fit_transfer, read_entries, transferred
from quayscan.curate.entries import Entry
from quayscan.curate.names import group_of
from quayscan.library import GridRow, Library, Reference, default_library, from_rows
from quayscan.library.library import assemble
from quayscan.match import MatchOptions, match

pytestmark = pytest.mark.needs_shared_data

FOLDERS_785 = ("raw-785x", "instruments/WP-00338-785nm", "instruments/WP-00391-785nm")
OPTIONS = MatchOptions()


def test_library_785_lists_alanine_with_arginine_among_few_pairs(shared_data: Path) -> None:
    library, skipped = build_library(shared_data / "spectra" / "library-785")
    assert (len(library), skipped) == (80, ())
    pairs = [set(doubt.names) for doubt in library.doubts if doubt.kind == "pair"]
    print(f"\n{len(pairs)} pairs, {library.doubt_count} doubts")
    assert {"Alanine", "Arginine"} in pairs
    assert len(pairs) <= 16


@pytest.fixture(scope="module")
def files_785(shared_data: Path) -> list[Entry]:
    """Every 785 nm file, named for its place in this list so that a doubt tells which it means."""
    paths = [path for folder in FOLDERS_785 for path in sorted((shared_data / "spectra" / folder).glob("*.csv"))]
    return [
        (row, replace(reference, provenance={**reference.provenance, "source": str(at)}))
        for at, (row, reference) in enumerate(read_entries(paths, []))
    ]


def relabelled(reference: Reference, other: Reference) -> Reference:
    return replace(reference, substance=other.substance, name=other.name)


@pytest.mark.parametrize("exchange", [False, True])
def test_swapped_labels_are_named_and_right_ones_are_not(files_785: list[Entry], exchange: bool) -> None:
    rows, references = [row for row, _ in files_785], [reference for _, reference in files_785]
    known = {group_of(one.substance) for one in default_library().references}
    off = trials.OFF_LIBRARY | trials.MIXED
    asked = [at for at, one in enumerate(references) if one.name.lower() not in off]
    assert len(asked) == 61
    rng = np.random.default_rng(20261125)
    swaps, named, right, wrongly = 0, 0, 0, 0
    for at in asked:
        others = [
            o for o, one in enumerate(references) if group_of(one.substance) != group_of(references[at].substance)
        ]
        other = int(rng.choice(others))
        labels = references.copy()
        labels[at] = relabelled(references[at], references[other])
        if exchange:
            labels[other] = relabelled(references[other], references[at])
        swapped = {at, other} if exchange else {at}
        doubts = find_doubts(from_rows(rows, labels, name="swapped"), default_library())[1]
        found = {int(name) for doubt in doubts if doubt.kind != "pair" for name in doubt.names}
        judged = {one for one in swapped if group_of(references[one].substance) in known}
        swaps, named = swaps + len(judged), named + len(judged & found)
        right, wrongly = right + len(references) - len(swapped), wrongly + len(found - swapped)
    print(f"\nexchange={exchange}: {named} of {swaps} swapped labels named, {wrongly} of {right} right ones")
    assert named >= 0.95 * swaps
    assert wrongly <= 0.02 * right


def foreign_rows(data: Path, laser: str) -> list[trials.Query]:
    """Files of another laser; linseed oil under visible light is fluorescence without bands."""
    return [
        query
        for query in trials.queries(data)
        if query.instrument.endswith(laser)
        and trials.is_on_library(query)
        and not (query.label == "LinseedOil" and laser in ("633nm", "532nm"))
    ]


def as_library(chosen: list[trials.Query]) -> Library:
    rows = [GridRow(values=one.features.values, mask=one.features.mask) for one in chosen]
    references = [
        Reference(substance=one.group, name=one.label, grade="measured", provenance={"laser_nm": one.instrument[-5:-2]})
        for one in chosen
    ]
    return from_rows(rows, references, name="foreign")


def with_one(library: Library, left_out: str, one: Library) -> Library:
    """The library with one identity group replaced by one reference."""
    base = trials.without(library, left_out)
    return assemble(
        library.name,
        [*base.references, *one.references],
        np.concatenate([base.spectra, one.spectra]),
        np.concatenate([base.coverage, one.coverage]),
    )


def outcome(query: trials.Query, library: Library) -> tuple[bool, float]:
    """Whether the query's group comes first, and the best score of that group."""
    evidence = match(query.features, library, OPTIONS).evidence
    own = [one.score for one in evidence if trials.group(one.substance) == query.group]
    return trials.group(evidence[0].substance) == query.group, max(own, default=0.0)


@pytest.mark.parametrize(("laser", "floor"), [("830nm", 0.95), ("633nm", 0.95), ("532nm", 0.90)])
def test_a_reference_of_another_laser_puts_the_right_substance_first(
    shared_data: Path, laser: str, floor: float
) -> None:
    library = trials.library_785(shared_data)
    asked = [
        one for one in trials.queries(shared_data) if one.instrument.endswith("785nm") and trials.is_on_library(one)
    ]
    found = []
    for foreign in foreign_rows(shared_data, laser):
        changed = with_one(library, foreign.group, as_library([foreign]))
        found += [outcome(query, changed) for query in asked if query.group == foreign.group]
    first = sum(right for right, _ in found)
    named = sum(right and score >= OPTIONS.threshold for right, score in found)
    print(f"\n{laser} reference: first in {first} of {len(found)}, named in {named}")
    assert len(found) >= 50
    assert first >= floor * len(found)


@pytest.mark.parametrize(("instrument", "laser"), [("WP-00391-785nm", "532nm"), ("WP-00391-785nm", "830nm")])
def test_standards_bring_another_instruments_references_nearer(shared_data: Path, instrument: str, laser: str) -> None:
    """The mean score of the right reference rises, with the substance itself never among the standards."""
    library = trials.library_785(shared_data)
    here: dict[str, list[trials.Query]] = {}
    for query in trials.queries(shared_data):
        if query.instrument == instrument and trials.is_on_library(query):
            here.setdefault(query.group, []).append(query)
    foreign = [one for one in foreign_rows(shared_data, laser) if one.group in here]
    scores: dict[str, list[float]] = {"as it is": [], "by laser": [], "by standards": []}
    for one in foreign:
        standards = transferred(as_library([o for o in foreign if o.group != one.group]), laser_nm=785.0)
        own = as_library([queries[0] for name, queries in here.items() if name != one.group])
        found = fit_transfer(standards, own)
        plain = as_library([one])
        variants = (plain, transferred(plain, laser_nm=785.0), transferred(plain, laser_nm=785.0, transfer=found))
        for kind, variant in zip(scores, variants, strict=True):
            changed = with_one(library, one.group, variant)
            scores[kind] += [float(np.arctanh(outcome(query, changed)[1])) for query in here[one.group]]
    means = {kind: float(np.mean(values)) for kind, values in scores.items()}
    print(f"\n{laser} to {instrument}, mean atanh score: {means}")
    assert means["by standards"] > means["by laser"] > means["as it is"]
