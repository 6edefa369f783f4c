"""The tables that ship are the ones that the build makes from the data."""

import csv
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

import quayscan_spectra
from quayscan_spectra.build.bands_table import published_rows
from quayscan_spectra.build.catalogue import LIBRARY_FILES, OFF_LIBRARY, PUBLISHED
from quayscan_spectra.build.controls_table import build_controls, last_day
from quayscan_spectra.build.fit_bands import fit_bands
from quayscan_spectra.build.quality import fit_quality
from quayscan_spectra.build.samples import relative_heights
from quayscan_spectra.build.sources import LIBRARY
from quayscan_spectra.build.substances_table import build_substances
from quayscan_spectra.build.wording import plain
from quayscan_spectra.references import references

TABLES = Path(quayscan_spectra.__file__).parent / "tables"


@pytest.mark.needs_shared_data
@pytest.mark.parametrize(("build", "name"), [(build_controls, "controls"), (build_substances, "substances")])
def test_table_is_what_the_build_makes(
    shared_data: Path, tmp_path: Path, build: Callable[[Path, Path], None], name: str
) -> None:
    build(shared_data, tmp_path)
    assert (tmp_path / f"{name}.csv").read_text() == (TABLES / f"{name}.csv").read_text()


@pytest.mark.needs_shared_data
@pytest.mark.parametrize("stem", ["benzene", "acetone"])
def test_bands_are_what_the_fitter_finds(shared_data: Path, stem: str) -> None:
    spectrum = LIBRARY.read(shared_data, f"{stem}.csv")
    fit = relative_heights(fit_bands(spectrum.shift_cm1, spectrum.counts))
    (shipped,) = [one for one in references() if one.substance == stem]
    # another numerical library may stop a step earlier; the drawn band stays the same
    np.testing.assert_allclose(shipped.shift_cm1, fit.shift_cm1, atol=0.5)
    np.testing.assert_allclose(shipped.height, fit.height, rtol=0.05, atol=0.1)


@pytest.mark.needs_shared_data
def test_every_measured_reference_draws_its_spectrum(shared_data: Path) -> None:
    quality = fit_quality(shared_data)
    assert len(quality) == 77
    assert {name: value for name, value in quality.items() if value < 0.99} == {}


def test_catalogue_never_names_the_goods_meant_to_be_unknown() -> None:
    assert not OFF_LIBRARY & {*LIBRARY_FILES.values(), *PUBLISHED.values()}
    assert "Alanine" not in LIBRARY_FILES
    assert len(set(LIBRARY_FILES.values())) == len(LIBRARY_FILES)


def fact(**changed: str) -> dict[str, str]:
    row = {
        "basis": "published table",
        "licence": "facts",
        "rel_intensity": "50",
        "shift_cm1": "1000",
        "source": "a table",
        "instrument": "",
        "laser_nm": "532",
        "phase": "solid",
        "retrieved": "2026-11",
    }
    return row | changed


def test_recalled_and_unlicensed_rows_never_ship() -> None:
    facts = [
        fact(),
        fact(basis="from memory, well known, unverified"),
        fact(licence="not stated: do not ship"),
    ]
    (row,) = published_rows(facts, "x")
    assert row["grade"] == "published"
    assert (row["instrument"], row["laser_nm"], row["height"]) == ("not stated", "532", "100.000")


def test_heights_that_a_source_does_not_give_are_said_to_be_assumed() -> None:
    rows = published_rows([fact(), fact(rel_intensity="")], "x")
    assert {row["height"] for row in rows} == {"100.000"}
    assert all("height not stated" in row["note"] for row in rows)


def test_list_ends_the_day_before_the_next_one_begins() -> None:
    assert last_day("2001-12-18", {"2001-12-18", ""}) == "2001-12-17"
    assert last_day("2026-04-13", {"2025-04-14"}) == "2026-04-13"
    assert last_day("", {""}) == ""


def test_wording_says_what_was_not_verified() -> None:
    assert plain("date from memory") == "date not verified"
    assert plain("a table (stored GitHub file id 71379916408; third-party)") == "a table (GitHub; third-party)"


def test_no_table_holds_a_path_of_a_machine_or_a_recalled_source() -> None:
    for path in TABLES.glob("*.csv"):
        text = path.read_text()
        assert "/work/" not in text
        assert "memory" not in text
        rows = list(csv.DictReader(text.splitlines()))
        assert rows
        assert all(row.get("source", "x") for row in rows)
