from pathlib import Path

import pytest

from quayscan_spectra.insilico.queue_table import COLUMNS, mark, read_queue
from quayscan_spectra.insilico.run_queue import run_queue
from quayscan_spectra.insilico.write_rows import write_rows


@pytest.fixture
def tables(tmp_path: Path) -> Path:
    rows = [
        dict(zip(COLUMNS, (name, name, "CO", "0", "monomer", "2", "validation", state), strict=True))
        for name, state in (("a", "done"), ("b", "queued"), ("c", "queued"))
    ]
    write_rows(tmp_path / "queue.csv", COLUMNS, rows)
    return tmp_path


def states(tables: Path) -> dict[str, str]:
    return {row.id: row.state for row in read_queue(tables)}


def test_only_what_is_queued_is_computed_in_order_and_each_is_told_once(tables: Path) -> None:
    started, finished = [], []

    def start(identifier: str, where: Path, _: Path) -> int:
        started.append(identifier)
        mark(where, identifier, "done")
        return 0

    assert run_queue(tables, tables, 1.0, lambda _: None, finished.append, start) == 2
    assert started == finished == ["b", "c"]
    assert set(states(tables).values()) == {"done"}


def test_a_molecule_that_dies_is_marked_with_its_exit_code_and_the_next_begins(tables: Path) -> None:
    def start(identifier: str, where: Path, _: Path) -> int:
        if identifier == "b":
            return -9
        mark(where, identifier, "done")
        return 0

    assert run_queue(tables, tables, 1.0, lambda _: None, lambda _: None, start) == 1
    assert states(tables)["b"].startswith("failed: the process ended with -9")
    assert states(tables)["c"] == "done"


def test_a_worker_that_leaves_no_result_is_not_tried_for_ever(tables: Path) -> None:
    assert run_queue(tables, tables, 1.0, lambda _: None, lambda _: None, lambda *_: 0) == 0
    assert states(tables)["b"] == "failed: ended without a result"


def test_no_molecule_begins_after_the_hours_are_used_up(tables: Path) -> None:
    assert run_queue(tables, tables, 0.0, lambda _: None, lambda _: None, lambda *_: 1) == 0
    assert states(tables)["b"] == "queued"
