"""Folders of near-infrared files: each an operator's session, every scan an entry, exchanged samples named."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from tests.host.nir.drawn_powders import AXIS, POWDERS, scan

from quayscan.curate import build_library, exported, merged
from quayscan.curate.transfer import rows_on_grid
from quayscan.errors import LibraryError
from quayscan.formats import Dataset, read_spectrum
from quayscan.formats.write import encode
from quayscan.library import NIR, default_library, open_library, write_library
from quayscan.match.nir.classes import DOUBT, SESSION, classes_of
from quayscan.pipeline import identify
from quayscan.spectrum import Spectrum

from .drawn import write as write_raman


def write_nir(folder: Path, name: str, spectrum: Spectrum) -> None:
    folder.mkdir(exist_ok=True)
    one = Dataset(
        kind="spectrum",
        x=AXIS,
        y=spectrum.intensity,
        x_quantity="wavelength",
        x_unit="nm",
        y_unit="absorbance",
        technique="NIR",
        title=name,
        instrument="one",
    )
    for _, content in encode(Path("x.x"), [one], "csv"):
        (folder / f"{name}.csv").write_bytes(content)


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Four operators, every powder twice; the third took alpha for beta and beta for alpha."""
    base = tmp_path_factory.mktemp("nir")
    for session in range(4):
        exchanged = {"alpha": "beta", "beta": "alpha"} if session == 2 else {}
        for at, powder in enumerate(POWDERS):
            for repeat in (1, 2):
                spectrum = scan(powder, 1000 * session + 10 * at + repeat)
                write_nir(base / f"day{session}", f"{exchanged.get(powder, powder)}_{repeat:02d}", spectrum)
    return sorted(base.iterdir())


@pytest.fixture(scope="module")
def built(folders: list[Path]):
    return build_library(folders)[0]


def test_every_scan_is_an_entry_of_its_folders_session(built) -> None:
    assert (built.axis, len(built)) == (NIR, 32)
    assert {one.substance for one in built.references} == set(POWDERS)
    assert sorted({one.provenance[SESSION] for one in built.references}) == [f"day{at}, one" for at in range(4)]


def test_exchanged_samples_are_doubted_each_and_no_other_is(built) -> None:
    doubted = {one.provenance["source"] for one in built.references if DOUBT in one.provenance}
    assert doubted == {f"day2/{name}_{repeat:02d}.csv" for name in ("alpha", "beta") for repeat in (1, 2)}
    assert sorted(name for one in built.doubts for name in one.names) == sorted(doubted)
    assert "looks like the beta of other operators" in next(one.text for one in built.doubts if "alpha_01" in one.text)


def test_doubted_entries_stay_in_the_library_and_have_no_say_in_a_class(built) -> None:
    assert classes_of(built).rows.size == len(built) - 4
    for powder in POWDERS:
        assert [one.substance for one in identify(scan(powder, 555), built).candidates if one.named] == [powder]


def test_strict_leaves_them_out(folders: list[Path]) -> None:
    library, _ = build_library(folders, strict=True)
    assert len(library) == 28


def test_a_written_library_is_the_same_when_opened(built, tmp_path: Path) -> None:
    write_library(tmp_path / "own.qlib", built)
    again = open_library(tmp_path / "own.qlib", verify=True)
    assert (again.axis, again.sha256, list(again.references)) == (NIR, built.sha256, list(built.references))
    np.testing.assert_array_equal(again.spectra, built.spectra)


def test_merging_takes_an_entry_once_and_looks_for_doubts_anew(built, folders: list[Path]) -> None:
    clean, _ = build_library(folders[:2])
    joined = merged([clean, built], name="joined", second=default_library())
    assert len(joined) == len(built)
    assert sum(DOUBT in one.provenance for one in joined.references) == 4


def test_what_is_exported_reads_as_it_was(built, tmp_path: Path) -> None:
    stem, one = next(exported(built))
    for name, content in encode(Path(f"{stem}.x"), [one], "csv"):
        (tmp_path / name).write_bytes(content)
        spectrum = read_spectrum(tmp_path / name)
    first, end = built.coverage[0]
    np.testing.assert_allclose(spectrum.intensity, built.spectra[0][first:end], rtol=1e-6)
    assert spectrum.axis_unit == "wavelength_nm"


def test_a_folder_of_both_techniques_keeps_to_the_first_and_says_so(tmp_path: Path) -> None:
    write_nir(tmp_path / "mixed", "alpha_01", scan("alpha", 1))
    write_raman(tmp_path / "mixed" / "zeta.csv", "acetone", 1)
    library, skipped = build_library(tmp_path / "mixed")
    assert (library.axis, len(library)) == (NIR, 1)
    assert "build them apart" in skipped[0].error


def test_libraries_of_two_techniques_do_not_merge_and_a_near_infrared_one_is_not_transferred(built) -> None:
    with pytest.raises(LibraryError, match="one technique"):
        merged([built, default_library()], name="x", second=default_library())
    with pytest.raises(LibraryError, match="near-infrared"):
        rows_on_grid(built)


def test_a_file_that_covers_too_little_is_left_out_with_the_range_that_is_needed(tmp_path: Path) -> None:
    write_nir(tmp_path / "short", "alpha_01", scan("alpha", 1))
    short = scan("beta", 1)
    text = (tmp_path / "short" / "alpha_01.csv").read_text().splitlines()
    (tmp_path / "short" / "beta_01.csv").write_text("\n".join(text[:120]) + "\n")
    _, skipped = build_library(tmp_path / "short")
    assert short.axis.size > 120
    assert "944 to 1664 nm" in skipped[0].error
