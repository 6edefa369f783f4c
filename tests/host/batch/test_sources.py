from __future__ import annotations

import io
import tarfile
import zipfile
from pathlib import Path

import pytest

from quayscan.batch import find_sources
from quayscan.batch.source import Source

FILES = {"b.csv": b"1,2\n", "deep/a.csv": b"3,4\n", "deep/readme.md": b"no spectrum", "c.spc": b"\0K"}
SPECTRA = ["b.csv", "deep/a.csv", "c.spc"]


def write_archive(path: Path) -> Path:
    if path.suffix == ".zip":
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in FILES.items():
                archive.writestr(name, data)
        return path
    with tarfile.open(path, "w:gz" if path.suffix == ".tgz" else "w") as tar:
        for name, data in FILES.items():
            member = tarfile.TarInfo(name)
            member.size = len(data)
            tar.addfile(member, io.BytesIO(data))
    return path


def names(*wanted: Path | str) -> list[str]:
    return [one.name for one in find_sources(wanted)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, data in FILES.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(data)
    return tmp_path


def test_a_folder_gives_its_spectra_to_the_bottom_in_the_order_of_their_names(folder: Path) -> None:
    assert names(folder) == [str(folder / name) for name in ("b.csv", "c.spc", "deep/a.csv")]


def test_paths_keep_the_order_in_which_they_were_given(folder: Path) -> None:
    assert names(folder / "deep", folder / "b.csv") == [str(folder / "deep/a.csv"), str(folder / "b.csv")]


def test_a_pattern_gives_what_it_fits(folder: Path) -> None:
    assert names(f"{folder}/**/*.csv") == [str(folder / "b.csv"), str(folder / "deep/a.csv")]


def test_a_file_whose_name_looks_like_a_pattern_is_that_file(folder: Path) -> None:
    odd = folder / "drum[1].csv"
    odd.write_text("1,2\n")
    assert names(odd) == [str(odd)]


@pytest.mark.parametrize("missing", ["nothing.csv", "*.nothing"])
def test_what_is_not_there_stays_as_a_source_so_that_its_row_says_so(tmp_path: Path, missing: str) -> None:
    assert names(tmp_path / missing) == [str(tmp_path / missing)]


@pytest.mark.parametrize("name", ["season.zip", "season.tar", "season.tgz"])
def test_an_archive_gives_its_spectra_with_their_bytes_in_stored_order(tmp_path: Path, name: str) -> None:
    path = write_archive(tmp_path / name)
    found = list(find_sources([path]))
    assert found == [Source(name=f"{path}/{one}", data=FILES[one]) for one in SPECTRA]
    assert find_sources([path]).count() == len(SPECTRA)


@pytest.mark.parametrize("name", ["season.zip", "season.tgz"])
def test_a_cut_archive_is_a_source_with_its_error_and_the_next_one_follows(tmp_path: Path, name: str) -> None:
    path = write_archive(tmp_path / name)
    path.write_bytes(path.read_bytes()[:60])
    last = tmp_path / "last.csv"
    last.write_text("1,2\n")
    *_, broken, after = find_sources([path, last])
    assert "cannot be read" in broken.error
    assert after == Source(name=str(last))


def test_a_damaged_member_of_a_zip_costs_itself_alone(tmp_path: Path) -> None:
    path = tmp_path / "season.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        for name in ("a.csv", "b.csv", "c.csv"):
            archive.writestr(name, f"{name} holds this")
    path.write_bytes(path.read_bytes().replace(b"b.csv holds this", b"b.csv holds that"))
    found = list(find_sources([path]))
    assert [bool(one.error) for one in found] == [False, True, False]
