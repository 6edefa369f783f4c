from __future__ import annotations

import json
from pathlib import Path

import pytest

from quayscan.batch import parquet_output
from quayscan.batch.row import COLUMNS
from quayscan.errors import UsageError

from .season import identified, write_season

parquet = pytest.importorskip("pyarrow.parquet")

FILES = 7
ROWS = 3


@pytest.fixture(autouse=True)
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet_output, "PART_ROWS", ROWS)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_season(tmp_path / "season", FILES, bad=4)
    return tmp_path / "season"


def test_the_table_has_typed_columns_and_every_row_in_order(folder: Path, tmp_path: Path) -> None:
    identified(folder, tmp_path / "a.parquet")
    table = parquet.read_table(tmp_path / "a.parquet")
    assert table.column_names == list(COLUMNS)
    rows = table.to_pylist()
    assert [row["file"] for row in rows] == sorted(str(one) for one in folder.iterdir())
    assert isinstance(rows[0]["score"], float)
    assert isinstance(rows[0]["reasons"], list)
    assert json.loads(rows[0]["library"])["name"] == "quayscan-default"
    assert rows[4]["verdict"] is None
    assert "line " in rows[4]["error"]
    assert parquet.ParquetFile(tmp_path / "a.parquet").num_row_groups == 3


def test_joined_there_is_one_file_and_nothing_beside_it(folder: Path, tmp_path: Path) -> None:
    identified(folder, tmp_path / "a.parquet")
    assert sorted(one.name for one in tmp_path.iterdir()) == ["a.parquet", "season"]


@pytest.mark.parametrize("parts", [0, 1, 2, 3])
def test_resumed_from_any_part_it_is_the_same_file(folder: Path, tmp_path: Path, parts: int) -> None:
    whole, cut = tmp_path / "a.parquet", tmp_path / "b.parquet"
    identified(folder, whole)
    before = parquet.read_table(whole).to_pylist()
    (tmp_path / "b.parquet.parts").mkdir()
    for at in range(parts):
        rows = [list(row.values()) for row in before[at * ROWS : (at + 1) * ROWS]]
        parquet.write_table(parquet_output._table(rows), tmp_path / "b.parquet.parts" / f"{at:06}.parquet")
    (tmp_path / "b.parquet.parts" / "000001.new").write_bytes(b"half a part")
    identified(folder, cut, resume=True)
    assert cut.read_bytes() == whole.read_bytes()


def test_a_complete_output_stays_when_it_is_resumed(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "a.parquet"
    identified(folder, out)
    before = out.read_bytes()
    last = identified(folder, out, resume=True)
    assert (last.rows, last.before, last.errors) == (FILES, FILES, 1)
    assert out.read_bytes() == before


def test_parts_of_an_earlier_run_are_not_overwritten(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "a.parquet.parts").mkdir()
    (tmp_path / "a.parquet.parts" / "000000.parquet").write_bytes(b"rows")
    with pytest.raises(UsageError, match="exists"):
        identified(folder, tmp_path / "a.parquet")
