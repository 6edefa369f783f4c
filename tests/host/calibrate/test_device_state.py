"""A device's state: what it allows, and its file."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest
from states import MADE, UID, calibration, check, state

from quayscan.calibrate import (
    DeviceState,
    applied_json,
    calibration_id,
    load_state,
    parse_state,
    require_unlocked,
    save_state,
    state_json,
    state_path,
    warnings_of,
)
from quayscan.errors import CalibrationError, CalibrationLocked

HOUR = timedelta(hours=1)


def test_a_fresh_calibration_warns_of_nothing() -> None:
    assert warnings_of(state(), MADE + 23 * HOUR) == ()


def test_a_check_older_than_a_day_is_overdue_and_a_new_one_is_not() -> None:
    (warning,) = warnings_of(state(), MADE + 25 * HOUR)
    assert "daily check is overdue (last good 2026-11-25 08:00 UTC)" in warning
    assert "quayscan device check" in warning
    assert warnings_of(state(check(passed=True)), MADE + 25 * HOUR) == ()
    assert "overdue" in warnings_of(state(check(passed=True)), MADE + 27 * HOUR)[0]


def test_an_expired_calibration_is_said_to_be() -> None:
    warnings = warnings_of(state(), MADE + timedelta(days=400))
    assert "expired on 2027-11-25" in warnings[0]
    assert "quayscan device calibrate" in warnings[0]


def test_a_device_without_calibration_scans_and_says_so() -> None:
    require_unlocked(None)
    (warning,) = warnings_of(None, MADE)
    assert "no calibration" in warning


def test_a_failed_check_locks_until_someone_answers_for_it_by_name() -> None:
    failed = state(check(passed=False))
    for nobody in ("", "   "):
        with pytest.raises(CalibrationLocked, match=r"off by -5\.2 cm-1, 3 are allowed.*--override"):
            require_unlocked(failed, override=nobody)
    require_unlocked(failed, override="A. Officer")
    (warning,) = warnings_of(failed, MADE + 3 * HOUR, override="A. Officer")
    assert "FAILED" in warning
    assert "A. Officer answers" in warning


def test_a_new_calibration_unlocks() -> None:
    again = DeviceState(calibration=calibration(made_at=MADE + 5 * HOUR), check=check(passed=False))
    require_unlocked(again)


def test_a_check_that_passed_does_not_lock() -> None:
    require_unlocked(state(check(passed=True)))


@pytest.mark.parametrize("last", [None, check(passed=True), check(passed=False)])
@pytest.mark.parametrize("response", [True, False])
def test_a_state_comes_back_from_its_file_as_it_was(tmp_path: Path, last: object, response: bool) -> None:
    found = calibration() if response else calibration(response=None)
    kept = DeviceState(calibration=found, check=last)  # type: ignore[arg-type]  # one of the three above
    path = save_state(kept, tmp_path)
    assert path == tmp_path / "devices" / f"{UID}.json"
    assert load_state(UID, tmp_path) == kept
    assert [one.name for one in path.parent.iterdir()] == [path.name]


def test_nothing_is_known_of_a_device_never_calibrated(tmp_path: Path) -> None:
    assert load_state("beef", tmp_path) is None


@pytest.mark.parametrize("uid", ["", "../x", "a/b", ".hidden", "x" * 65])
def test_an_id_that_is_no_file_name_is_refused(uid: str) -> None:
    with pytest.raises(CalibrationError, match="no device id"):
        state_path(uid)


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (lambda text: "{", "damaged"),
        (lambda text: "[]", "damaged"),
        (lambda text: text.replace('"laser_nm"', '"laser"'), "'laser_nm' is missing"),
        (lambda text: text.replace("785.1", '"red"'), "damaged"),
        (lambda text: text.replace('"schema_version": 1', '"schema_version": 99'), "schema version 99"),
        (lambda text: text.replace("+00:00", ""), "no zone"),
        (lambda text: text.replace("785.1", "NaN"), "no rising axis"),
    ],
)
def test_a_damaged_file_says_what_is_wrong_and_what_to_do(tmp_path: Path, spoil: object, says: str) -> None:
    path = save_state(state(), tmp_path)
    path.write_text(spoil(path.read_text("utf-8")), "utf-8")  # type: ignore[operator]  # the lambdas above
    with pytest.raises(CalibrationError, match=says) as raised:
        load_state(UID, tmp_path)
    assert "calibrate" in str(raised.value)


def test_another_devices_file_is_refused(tmp_path: Path) -> None:
    path = save_state(state(), tmp_path)
    path.rename(path.with_name("beef.json"))
    with pytest.raises(CalibrationError, match=f"is the calibration of '{UID}'"):
        load_state("beef", tmp_path)


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "devices").write_text("a file in the way")
    with pytest.raises(CalibrationError, match="cannot be written"):
        save_state(state(), tmp_path)


def test_the_id_follows_the_content() -> None:
    assert calibration_id(calibration()) == calibration_id(calibration())
    assert calibration_id(calibration()) != calibration_id(calibration(laser_nm=785.2))


def test_a_record_gets_axis_laser_response_check_and_who_answered() -> None:
    assert applied_json(None) is None
    failed = applied_json(state(check(passed=False)), override="A. Officer")
    assert failed is not None
    assert (failed["laser_nm"], failed["override"], failed["check"]["passed"]) == (785.1, "A. Officer", False)
    assert failed["axis_nm"] == list(calibration().axis.coefficients)
    good = applied_json(state(), override="A. Officer")
    assert good is not None
    assert good["override"] == ""
    json.dumps(failed, allow_nan=False)


def test_json_of_a_state_is_read_back_by_any_name() -> None:
    assert parse_state(json.dumps(state_json(state())), source="somewhere") == state()
