"""`quayscan scan`, `device` and `records`, end to end through the virtual bench."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from command_line import CommandLine
from jsonschema import Draft202012Validator

from quayscan.record import RecordStore

pytestmark = pytest.mark.skipif(not hasattr(os, "openpty"), reason="this system has no pseudo-terminals")

PORT = "sim:raman785?speed=50"
EXPECTED = {
    "acetone": ("MATCH", "ALERT", ["acetone"]),
    "caffeine": ("MATCH", "NO_CONTROLLED_FOUND", ["caffeine"]),
    "none": ("INADEQUATE", "RESCAN", []),
    "ammonium-nitrate": ("UNKNOWN", "SEND_TO_LAB", []),
}


@pytest.mark.parametrize("sample", EXPECTED)
def test_a_scan_gives_verdict_action_and_a_record(
    quayscan: CommandLine, schema: Draft202012Validator, sample: str
) -> None:
    done = quayscan("scan", "--port", PORT, "--sample", sample, "--json", "--jurisdiction", "UN88", "--seed", "7")
    assert (done.code, done.err) == (0, "")
    (row,) = done.rows()
    schema.validate(row)
    named = [one["substance"] for one in row["candidates"] if one["named"]]
    assert (row["verdict"], row["action"], named) == EXPECTED[sample]
    assert (row["sample"], row["record"], row["error"]) == (sample, 1, None)
    assert row["device"]["seed"] == 7
    assert len(row["candidates"]) == 5


def test_acetone_is_in_table_ii_since_the_convention_came_into_force(quayscan: CommandLine) -> None:
    (row,) = quayscan("scan", "--port", PORT, "--sample", "acetone", "--json", "--jurisdiction", "UN88").rows()
    (control,) = row["controls"]
    assert (control["regime"], control["list"], control["since"]) == ("UN88", "Table II", "1990-11-11")
    assert control["asks_for"]
    assert control["source"]


def test_nothing_in_front_says_the_cause_and_the_remedy(quayscan: CommandLine) -> None:
    (row,) = quayscan("scan", "--port", PORT, "--sample", "none", "--seed", "1", "--json").rows()
    assert "no signal" in row["reasons"][0]
    assert "scan again" in row["reasons"][1]


def test_the_page_for_a_person_shows_verdict_plot_evidence_and_what_each_list_asks_for(quayscan: CommandLine) -> None:
    done = quayscan("scan", "--port", PORT, "--sample", "acetone", "--jurisdiction", "UN88,CN", "--seed", "3")
    assert done.code == 0
    for words in ("ALERT", "MATCH", "Acetone", "Table II", "1990-11-11", "Category 3", "ask for", "1800 cm-1", "●"):
        assert words in done.out
    assert any("\u2801" <= letter <= "\u28ff" for letter in done.out)


def test_records_are_listed_shown_and_checked(quayscan: CommandLine) -> None:
    for sample in ("acetone", "none"):
        quayscan("scan", "--port", PORT, "--sample", sample, "--json")
    listed = quayscan("records", "list", "--json").rows()
    assert [(one["id"], one["verdict"], one["source"]) for one in listed] == [
        (1, "MATCH", "acetone"),
        (2, "INADEQUATE", "none"),
    ]
    (shown,) = quayscan("records", "show", "2", "--json").rows()
    assert shown["previous"] == listed[0]["sha256"]
    assert len(shown["evidence"]["blob"]) > 30_000
    assert "acetone" in quayscan("records", "list").out
    assert '"MATCH"' in quayscan("records", "show", "1").out
    checked = {"records": 2, "intact": True, "head": listed[1]["sha256"]}
    assert quayscan("records", "check", "--json").rows() == [checked]
    assert shown["verdict"]["device"]["port"] == "sim:raman785"
    typo = quayscan("records", "check", "--store", "no-such-file.sqlite")
    assert (typo.code, "no such file" in typo.err) == (2, True)
    missing = quayscan("records", "show", "9")
    assert (missing.code, "no record 9" in missing.err) == (1, True)


def test_altered_records_are_marked_and_told(quayscan: CommandLine) -> None:
    quayscan.data.mkdir(parents=True, exist_ok=True)
    place = quayscan.data / "records.sqlite"
    with RecordStore(place) as store:
        for body in ("{}", '{"kind": "scan"}', "{}"):
            store.append(body, "2026-01-02T03:04:05.000+00:00")
    connection = sqlite3.connect(place)
    connection.executescript("DROP TRIGGER no_update; UPDATE records SET body = 'no json' WHERE id = 2")
    connection.close()
    listed = quayscan("records", "list", "--json")
    assert [(row["id"], row["intact"]) for row in listed.rows()] == [(1, True), (2, False), (3, True)]
    assert (listed.code, "record 2" in listed.err) == (1, True)
    plain = quayscan("records", "list")
    assert ["ALTERED" in line for line in plain.out.splitlines()] == [False, True, False]
    shown = quayscan("records", "show", "2")
    assert (shown.code, shown.err.count("\n"), "no JSON" in shown.err) == (1, 1, True)


def test_ctrl_c_ends_a_scan_with_a_row(quayscan: CommandLine) -> None:
    environment = {**os.environ, "QUAYSCAN_DATA": str(quayscan.data)}
    words = ["scan", "--port", "sim:raman785", "--sample", "acetone", "--averages", "100", "--json"]
    with subprocess.Popen(
        [sys.executable, "-m", "quayscan", *words], stdout=subprocess.PIPE, env=environment, text=True
    ) as process:
        deadline = time.monotonic() + 60
        while not (quayscan.data / "records.sqlite").exists() and time.monotonic() < deadline:
            time.sleep(0.05)
        time.sleep(1.0)
        process.send_signal(signal.SIGINT)
        out, _ = process.communicate(timeout=30)
    assert process.returncode == 130
    (row,) = map(json.loads, out.splitlines())
    assert (row["verdict"], row["error"]) == (None, "interrupted by the operator; the light is off")


def test_a_power_that_the_board_cannot_watch_is_refused_with_the_range(quayscan: CommandLine) -> None:
    done = quayscan("scan", "--port", PORT, "--laser-mw", "1.5")
    assert (done.code, "--laser-mw 1.5: give 2 to 300 for raman785" in done.err) == (2, True)


def test_clearing_a_device_without_a_fault_says_so(quayscan: CommandLine) -> None:
    done = quayscan("device", "clear", "--port", "sim:raman785", "--json")
    assert (done.code, done.rows()[0]["cleared"]) == (0, "NONE")


def test_device_info_names_the_interpreter_that_runs_the_program(quayscan: CommandLine) -> None:
    (info,) = quayscan("device", "info", "--port", "sim:raman785", "--json").rows()
    beside = shutil.which("micropython", path=str(Path(sys.executable).parent)) or shutil.which("micropython")
    assert info["implementation"] == ("micropython" if beside else "cpython")
    assert info["implementation_version"].count(".") == 2
    assert (info["board"], info["pixels"]) == ("raman785", 3648)
    assert info["state"] in ("OFF", "READY")  # READY once the key and the interlock were read
    assert "implementation" in quayscan("device", "info", "--port", "sim:raman785").out


def test_a_wrong_port_lists_the_ports_that_exist(quayscan: CommandLine, schema: Draft202012Validator) -> None:
    done = quayscan("scan", "--port", "/dev/no-such-port", "--json")
    assert done.code == 3
    assert "sim:raman785" in done.err
    assert done.err.count("\n") == 1
    (row,) = done.rows()
    schema.validate(row)
    assert "/dev/no-such-port" in row["error"]
    assert "sim:nir1700" in quayscan("device", "list").out
    assert {"sim:nir1700", "sim:raman785"} <= {row["port"] for row in quayscan("device", "list", "--json").rows()}


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--sample", "gold"], "choose one of acetone"),
        (["--jurisdiction", "ATLANTIS"], "use one or more of UN88"),
        (["--at", "yesterday"], "write it as 2024-09-12"),
        (["--averages", "-1"], "averages"),
    ],
)
def test_a_wrong_option_is_a_usage_error(quayscan: CommandLine, words: list[str], says: str) -> None:
    done = quayscan("scan", "--port", PORT, *words)
    assert done.code == 2
    assert says in done.err


def test_a_captured_scan_replays_to_the_same_verdict(quayscan: CommandLine, tmp_path: Path) -> None:
    path = tmp_path / "session.jsonl"
    (first,) = quayscan("scan", "--port", PORT, "--sample", "toluene", "--capture", path, "--json").rows()
    (again,) = quayscan("scan", "--port", f"replay:{path}", "--sample", "toluene", "--json").rows()
    changing = ("record", "device")
    assert {k: v for k, v in first.items() if k not in changing} == {
        k: v for k, v in again.items() if k not in changing
    }


def test_the_version_is_printed(quayscan: CommandLine) -> None:
    assert quayscan("--version").out.startswith("quayscan 0.")


def test_declared_goods_that_a_laser_must_not_hit_are_not_scanned(quayscan: CommandLine) -> None:
    refused = quayscan("scan", "--port", PORT, "--declared", "black powder", "--json")
    assert (refused.code, refused.out) == (2, "")
    assert "Do not scan" in refused.err
    assert quayscan("records", "list", "--json").rows() == []
    insisted = quayscan("scan", "--port", PORT, "--declared", "black powder", "--despite-warning", "--json")
    assert (insisted.code, len(insisted.rows())) == (0, 1)
    assert "Do not scan" in insisted.err


def test_declared_goods_that_ask_for_care_are_scanned_with_a_warning(quayscan: CommandLine) -> None:
    done = quayscan("scan", "--port", PORT, "--sample", "ammonium-nitrate", "--declared", "ammonium nitrate", "--json")
    assert (done.code, len(done.rows())) == (0, 1)
    assert "Take care" in done.err
    assert quayscan("scan", "--port", PORT, "--declared", "caffeine", "--json").err == ""
