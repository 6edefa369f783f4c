from pathlib import Path

import pytest

from quayscan.curate import build_library
from quayscan.errors import LibraryError
from quayscan.library import Seal

from .drawn import write


def test_files_of_several_folders_become_one_library(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
    write(tmp_path / "a" / "Acetone-01.csv", "acetone", 1)
    write(tmp_path / "b" / "Acetone-02.csv", "acetone", 2)
    write(tmp_path / "b" / "57-13-6.csv", "urea", 3)
    library, skipped = build_library([tmp_path / "a", tmp_path / "b"], seal=Seal(version=4))
    assert [(one.substance, one.name) for one in library.references] == [("acetone", "Acetone"), ("urea", "57-13-6")]
    assert (library.name, library.seal.version, skipped, library.doubts) == ("a", 4, (), ())


def test_a_file_that_cannot_be_used_is_told_with_its_path_and_why(tmp_path: Path) -> None:
    write(tmp_path / "acetone.csv", "acetone", 1)
    (tmp_path / "broken.csv").write_text("1,2\n")
    (tmp_path / "flat.csv").write_text("".join(f"{x},7\n" for x in range(300, 1900)))
    (tmp_path / "far.csv").write_text("".join(f"{x},{x % 7}\n" for x in range(1600, 1900)))
    (tmp_path / "readme.md").write_text("no spectrum")
    library, skipped = build_library(tmp_path)
    assert len(library) == 1
    assert [Path(one.file).stem for one in skipped] == ["broken", "far", "flat"]
    for one, says in zip(skipped, ("", "covers", "no band"), strict=True):
        assert one.file in one.error
        assert says in one.error


def test_what_cannot_be_used_is_told_in_the_order_of_the_files(tmp_path: Path) -> None:
    write(tmp_path / "acetone.csv", "acetone", 1)
    flat = "".join(f"{x},7\n" for x in range(300, 1900))
    for stem, text in (("a", flat), ("b", "1,2\n"), ("c", flat), ("d", "1,2\n")):
        (tmp_path / f"{stem}.csv").write_text(text)
    _, skipped = build_library(tmp_path)
    assert [Path(one.file).stem for one in skipped] == ["a", "b", "c", "d"]


def test_a_library_is_the_same_however_many_files_are_taken_together(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for at, name in enumerate(("acetone", "toluene", "benzene", "urea", "sucrose")):
        write(tmp_path / f"{name}.csv", name, at)
    together, _ = build_library(tmp_path)
    monkeypatch.setattr("quayscan.curate.folder.TOGETHER", 2)
    in_pairs, _ = build_library(tmp_path)
    assert (in_pairs.sha256, in_pairs.references) == (together.sha256, together.references)


def test_an_axis_in_nm_needs_the_laser(tmp_path: Path) -> None:
    rows = [(1e7 / (1e7 / 785.0 - shift), 100 + shift % 90) for shift in range(300, 1900)]
    (tmp_path / "x.csv").write_text("wavelength_nm,counts\n" + "".join(f"{x:.4f},{y}\n" for x, y in rows))
    with pytest.raises(LibraryError, match="--laser-nm"):
        build_library(tmp_path)
    library, _ = build_library(tmp_path, laser_nm=785.0)
    assert library.references[0].provenance["laser_nm"] == "785"


def test_no_folder_and_an_empty_one_are_refused(tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match="no folder"):
        build_library(tmp_path / "absent")
    with pytest.raises(LibraryError, match="no usable spectrum"):
        build_library(tmp_path)
