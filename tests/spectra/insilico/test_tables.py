"""The queue and what was computed: every row says what it is, how it was made and how sure it is."""

import re

import numpy as np
import pytest

from quayscan_spectra import substance, substances
from quayscan_spectra.insilico.computed_references import ComputedReference, computed_references
from quayscan_spectra.insilico.queue_table import queued
from quayscan_spectra.table_rows import table_rows

GROUPS = ["validation", "fentanyl precursors", "table I", "list I"]
COMPUTED = computed_references()


def test_the_queue_holds_each_molecule_once_group_by_group() -> None:
    rows = queued()
    assert len({row.id for row in rows}) == len(rows)
    assert list(dict.fromkeys(row.group for row in rows)) == GROUPS
    assert all(re.fullmatch("queued|done|failed: .+", row.state) for row in rows)


def test_structures_are_those_of_the_substance_table_except_hydrates() -> None:
    listed = {one.id: one.smiles for one in substances()}
    other = {row.id for row in queued() if listed[row.substance] not in ("", row.smiles)}
    assert other == {"4-piperidone-hydrate"}


def test_the_eight_precursors_of_fentanyl_are_queued_before_the_rest_of_table_one() -> None:
    names = {row.substance for row in queued() if row.group == "fentanyl precursors"}
    assert names == {"4-piperidone", "1-boc-4-piperidone", "4-ap", "1-boc-4-ap", "norfentanyl", "npp", "anpp"} | {
        "benzylfentanyl"
    }


def test_what_the_queue_calls_done_is_computed_and_nothing_else_is() -> None:
    assert {row.id for row in queued() if row.state == "done"} == {row["id"] for row in table_rows("computed")}
    assert {row["id"] for row in table_rows("computed_bands")} == {row["id"] for row in table_rows("computed")}


@pytest.mark.parametrize("column", ["method", "versions", "conformers", "imaginary_cm1", "source", "licence", "made"])
def test_no_computed_molecule_lacks_how_it_was_made(column: str) -> None:
    assert [row["id"] for row in table_rows("computed") if not row[column].strip()] == []


def test_every_method_names_functional_basis_and_program_version() -> None:
    for row in table_rows("computed"):
        assert "B3LYP/6-31G(d)" in row["method"]
        assert re.search(r"pyscf \d+\.\d+", row["versions"])
        assert ("dimer" in row["method"]) == (row["model"] == "dimer")


def test_scaling_coefficients_name_their_source() -> None:
    rows = {row["name"]: row for row in table_rows("computed_scaling")}
    assert {"linear", "quadratic", "hydrogen", "position sd", "intensity factor sd"} <= set(rows)
    assert all(row["source"].strip() for row in rows.values())


@pytest.mark.parametrize("one", COMPUTED, ids=lambda one: one.id)
def test_bands_are_physical_ordered_unsure_and_scaled_to_100(one: ComputedReference) -> None:
    assert substance(one.substance).id == one.substance
    assert np.all(np.diff(one.shift_cm1) >= 0)
    assert np.all((one.shift_cm1 > 40) & (one.shift_cm1 < 4000))
    assert np.all(one.position_sd_cm1 >= 3)
    assert np.all(one.intensity_factor_sd > 1)
    inside = (one.shift_cm1 >= 400) & (one.shift_cm1 <= 1800)
    if inside.any():
        assert one.height[inside].max() == pytest.approx(100.0, abs=0.01)


def test_urea_and_salts_are_marked_doubtful() -> None:
    doubtful = {row["id"] for row in table_rows("computed") if row["doubt"]}
    for row in table_rows("computed"):
        if row["id"] == "urea" or "." in row["smiles"] or "+" in row["smiles"].replace("[N+](=O)[O-]", ""):
            assert row["id"] in doubtful
