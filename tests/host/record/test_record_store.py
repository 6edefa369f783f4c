"""Records: append-only, chained, and whole enough to replay."""

from __future__ import annotations

import hashlib
import sqlite3
import threading
from pathlib import Path

import numpy as np
import pytest

from quayscan.errors import RecordError, StoreError
from quayscan.record import Record, RecordStore, records_path, spectrum_from_record
from quayscan.record.canonical import canonical
from quayscan.record.row import FIRST_HASH, make_body, row_hash
from quayscan.spectrum import Spectrum

AT = "2026-01-02T03:04:05.000+00:00"
SPECTRUM = Spectrum(
    axis=np.linspace(400.0, 1800.0, 20),
    intensity=np.linspace(0.1, 0.7, 20) / 3,
    variance=np.full(20, 0.25),
    laser_nm=785.0,
    title="drum 17",
    notes=("a remark",),
)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "records.sqlite"


def test_rows_are_chained_from_the_first_on(place: Path) -> None:
    with RecordStore(place) as store:
        first, second = store.append("{}", AT), store.append('{"a":1}', AT)
        assert (first.id, first.previous) == (1, FIRST_HASH)
        assert (second.id, second.previous) == (2, first.sha256)
        assert second.sha256 == row_hash(2, AT, '{"a":1}', first.sha256)
        assert store.check() == (2, second.sha256)


def test_the_hash_covers_previous_id_time_and_body_in_this_order() -> None:
    assert row_hash(1, "now", "{}", FIRST_HASH) == hashlib.sha256(b"0" * 64 + b"\n1\nnow\n{}").hexdigest()


def test_records_outlive_the_store(place: Path) -> None:
    with RecordStore(place) as store:
        written = store.append("{}", AT)
    with RecordStore(place) as store:
        assert store.get(1) == written
        assert list(store) == [written]


@pytest.mark.parametrize("statement", ["UPDATE records SET body = 'x'", "DELETE FROM records"])
def test_the_database_itself_refuses_change(place: Path, statement: str) -> None:
    with RecordStore(place) as store:
        store.append("{}", AT)
    connection = sqlite3.connect(place)
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        connection.execute(statement)
    connection.close()


@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE records SET body = '{\"a\":2}' WHERE id = 2",
        "UPDATE records SET recorded_at = 'later' WHERE id = 2",
        "UPDATE records SET sha256 = 'f' WHERE id = 2",
        "DELETE FROM records WHERE id = 2",
        "DELETE FROM records WHERE id = 1",
    ],
)
def test_tampering_behind_the_triggers_is_found(place: Path, tampering: str) -> None:
    with RecordStore(place) as store:
        for i in range(3):
            store.append(f'{{"i":{i}}}', AT)
    connection = sqlite3.connect(place)
    connection.executescript(f"DROP TRIGGER no_update; DROP TRIGGER no_delete; {tampering}; ")
    connection.close()
    with RecordStore(place) as store:
        with pytest.raises(RecordError, match="does not fit the chain"):
            store.check()
        told = {record.id: intact for record, intact in store.checked()}
        assert not all(told.values())
        assert {record.id: store.is_intact(record) for record in store} == told


def test_what_the_database_says_is_told_without_statements_and_links(place: Path) -> None:
    with RecordStore(place) as store:
        connection = sqlite3.connect(place)
        connection.executescript("DROP TABLE records")
        connection.close()
        for act in (lambda: list(store), lambda: store.append("{}", AT), lambda: store.holding(b"x" * 40)):
            with pytest.raises(StoreError, match=r"\(no such table: records\)") as caught:
                act()
            assert "SQL" not in str(caught.value)
            assert "\n" not in str(caught.value)


def test_two_writers_at_once_make_one_chain(place: Path) -> None:
    def write() -> None:
        with RecordStore(place) as store:
            for _ in range(20):
                store.append("{}", AT)

    RecordStore(place).close()
    threads = [threading.Thread(target=write) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with RecordStore(place) as store:
        assert store.check()[0] == 60


def test_a_missing_record_is_named(place: Path) -> None:
    with RecordStore(place) as store, pytest.raises(RecordError, match="no record 4"):
        store.get(4)


def test_a_file_that_is_no_database_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "x.sqlite"
    path.write_text("this is a letter, not a database, and long enough to be looked at")
    with pytest.raises(StoreError, match="cannot be opened"):
        RecordStore(path)


def test_the_spectrum_comes_back_bit_for_bit() -> None:
    body = make_body("identify", {"verdict": "MATCH"}, SPECTRUM, None)
    record = Record(id=1, recorded_at=AT, body=body, previous=FIRST_HASH, sha256="")
    back = spectrum_from_record(record)
    assert isinstance(back, Spectrum)
    for name in ("axis", "intensity", "variance"):
        assert getattr(back, name).tobytes() == getattr(SPECTRUM, name).tobytes()
    assert (back.title, back.notes, back.laser_nm) == ("drum 17", ("a remark",), 785.0)


def test_evidence_that_cannot_be_read_is_an_error() -> None:
    record = Record(id=3, recorded_at=AT, body='{"evidence":{"axis":"?"}}', previous="", sha256="")
    with pytest.raises(RecordError, match="record 3"):
        spectrum_from_record(record)


def test_canonical_bytes_do_not_depend_on_order() -> None:
    assert canonical({"b": 1, "a": [1.5, "ü"]}) == canonical({"a": [1.5, "ü"], "b": 1}) == '{"a":[1.5,"\\u00fc"],"b":1}'
    with pytest.raises(ValueError, match="not JSON compliant"):
        canonical({"a": float("nan")})


def test_the_place_can_be_chosen_by_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUAYSCAN_DATA", str(tmp_path / "new" / "folder"))
    assert records_path() == tmp_path / "new" / "folder" / "records.sqlite"
    assert records_path().parent.is_dir()


def test_a_url_that_names_no_database_is_an_error() -> None:
    with pytest.raises(StoreError, match="names no database"):
        RecordStore("telegraph://somewhere")


def test_a_folder_that_cannot_be_made_names_the_variable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("QUAYSCAN_DATA", str(tmp_path / "file" / "folder"))
    with pytest.raises(StoreError, match="QUAYSCAN_DATA"):
        records_path()
