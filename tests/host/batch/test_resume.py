"""A run that was cut off at any byte, then resumed, leaves the bytes of an uninterrupted one."""

from __future__ import annotations

import csv
import json
from datetime import date
from pathlib import Path

import pytest

from quayscan.batch.row import COLUMNS
from quayscan.errors import UsageError

from .season import identified, write_season

BAD = 2


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("season")
    write_season(folder, 4, bad=BAD)
    (folder / 'quoted "and,\nbroken.csv').write_text("no numbers\n")
    return folder


@pytest.fixture(scope="module", params=["csv", "jsonl"])
def whole(request: pytest.FixtureRequest, folder: Path) -> Path:
    out = folder.parent / f"whole-{folder.name}.{request.param}"
    identified(folder, out)
    return out


def rows_of(out: Path) -> list[dict[str, object]]:
    if out.suffix == ".jsonl":
        return [json.loads(line) for line in out.read_text().splitlines()]
    with out.open(newline="") as handle:
        return list(csv.DictReader(handle))


def test_every_file_is_a_row_in_order_and_a_bad_one_holds_its_error(whole: Path, folder: Path) -> None:
    rows = rows_of(whole)
    assert [row["file"] for row in rows] == sorted(str(one) for one in folder.iterdir())
    assert [bool(row["error"]) for row in rows] == [False, False, True, False, True]
    assert f"{folder}/0002.csv: line " in str(rows[BAD]["error"])
    assert list(rows[0])[:7] == ["file", "verdict", "action", "substance", "score", "reasons", "error"]


def test_cut_anywhere_and_resumed_it_is_the_same_file(whole: Path, folder: Path, tmp_path: Path) -> None:
    data = whole.read_bytes()
    out = tmp_path / f"cut{whole.suffix}"
    ends = [at + 1 for at, byte in enumerate(data) if byte == 10]
    for cut in sorted({0, 1, 50, *range(0, len(data), len(data) // 9), *ends, *(end - 1 for end in ends)}):
        out.write_bytes(data[:cut])
        identified(folder, out, resume=True)
        assert out.read_bytes() == data, cut


def test_two_runs_with_one_date_are_the_same_bytes(whole: Path, folder: Path, tmp_path: Path) -> None:
    out = tmp_path / f"again{whole.suffix}"
    identified(folder, out)
    assert out.read_bytes() == whole.read_bytes()


def test_an_output_that_is_there_is_not_overwritten(whole: Path, folder: Path) -> None:
    before = whole.read_bytes()
    with pytest.raises(UsageError, match=r"exists.*--resume"):
        identified(folder, whole)
    assert whole.read_bytes() == before


def test_an_output_without_rows_is_begun_anew(whole: Path, folder: Path, tmp_path: Path) -> None:
    out = tmp_path / f"empty{whole.suffix}"
    head = whole.read_bytes().split(b"\n")[0] + b"\n" if whole.suffix == ".csv" else b""
    out.write_bytes(head)
    identified(folder, out)
    assert out.read_bytes() == whole.read_bytes()


def test_rows_of_other_files_are_not_gone_on_with(whole: Path, tmp_path: Path) -> None:
    out = tmp_path / f"other{whole.suffix}"
    out.write_bytes(whole.read_bytes())
    write_season(tmp_path / "others", 1)
    with pytest.raises(UsageError, match="row 1 is of"):
        identified(tmp_path / "others", out, resume=True)
    assert out.read_bytes() == whole.read_bytes()


def test_rows_of_another_date_are_not_gone_on_with(whole: Path, folder: Path, tmp_path: Path) -> None:
    out = tmp_path / f"other{whole.suffix}"
    out.write_bytes(whole.read_bytes())
    with pytest.raises(UsageError, match="other --at"):
        identified(folder, out, resume=True, at=date(2026, 11, 30))


@pytest.mark.parametrize(("name", "text"), [("a.csv", "x,y\n1,2\n"), ("a.jsonl", '{"a": 1}\n'), ("a.jsonl", "hello\n")])
def test_a_file_that_is_no_output_is_left_alone(folder: Path, tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text)
    with pytest.raises(UsageError, match="no output of this command"):
        identified(folder, tmp_path / name, resume=True)
    assert (tmp_path / name).read_text() == text


def test_a_name_of_no_known_kind_is_refused(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"\.csv, \.jsonl, \.parquet"):
        identified(folder, tmp_path / "out.xlsx")


def test_the_columns_of_a_table_hold_every_field_of_the_json_but_the_record(folder: Path, tmp_path: Path) -> None:
    identified(folder, tmp_path / "a.jsonl")
    fields = {name for row in rows_of(tmp_path / "a.jsonl") for name in row}
    assert fields - {"record"} <= set(COLUMNS)
