"""A run's papers say what was found, to a CI, to whoever must believe it, and to whoever reads it."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from made_results import latency, result, whole_run

from quayscan.errors import SignatureError
from quayscan.keys import SigningKey
from quayscan.rig import FAILED, SKIPPED, html_page, junit_xml, read_signed, signed_json, summarise, summary_lines

ABOUT = {"rig": "sim:raman785", "board": "raman785", "started_at": "2026-12-01T12:00:00+00:00"}
KEY = SigningKey(secret=bytes(range(32)))


def test_junit_has_a_case_a_result_with_its_failure_or_reason() -> None:
    root = ElementTree.fromstring(junit_xml("sim:raman785", whole_run()))
    (suite,) = root
    assert (suite.get("tests"), suite.get("failures"), suite.get("skipped")) == ("5", "1", "1")
    assert [case.get("classname") for case in suite][-1] == "rig.metrology"
    (failure,) = root.iter("failure")
    assert failure.get("message") == 'lost "1" & <2>?'
    (skipped,) = root.iter("skipped")
    assert skipped.get("message") == "this rig lacks: parts"


def test_the_signed_report_is_read_back_as_it_was() -> None:
    results = whole_run()
    report, public = read_signed(signed_json(ABOUT, results, summarise(results), KEY))
    assert public == KEY.public
    assert report["about"] == ABOUT
    assert [one["outcome"] for one in report["results"]] == [one.outcome for one in results]
    assert report["results"][0]["latencies"][1]["cause"] == "silence"
    assert report["summary"]["failed"] == 1


def test_a_report_laid_out_anew_still_checks_and_an_altered_one_does_not() -> None:
    text = signed_json(ABOUT, whole_run(), summarise(whole_run()), KEY)
    whole = json.loads(text)
    assert read_signed(json.dumps(whole))[1] == KEY.public
    whole["report"]["results"][1]["outcome"] = "passed"
    with pytest.raises(SignatureError, match="altered"):
        read_signed(json.dumps(whole))


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"schema_version": 1, "report": {}, "public_key": "x"}'])
def test_what_is_no_report_is_refused(text: str) -> None:
    with pytest.raises(SignatureError, match="no rig report"):
        read_signed(text)


def test_a_report_of_another_version_is_refused() -> None:
    whole = json.loads(signed_json(ABOUT, [result()], summarise([result()]), KEY))
    with pytest.raises(SignatureError, match="version 9"):
        read_signed(json.dumps({**whole, "schema_version": 9}))


def test_numbers_that_json_has_not_become_null() -> None:
    text = signed_json(ABOUT, [result(measured=float("inf"))], summarise([result()]), KEY)
    assert read_signed(text)[0]["results"][0]["measured"] is None


def test_the_page_shows_every_case_with_failures_first_and_its_plots() -> None:
    results = whole_run()
    page = html_page(ABOUT, results, summarise(results))
    assert page.count("<svg") == 3
    assert "FAILED" in page
    faults = page[page.index("<h2>Faults") :]
    assert faults.index("cut &lt;&amp;&gt;") < faults.index("kill")
    assert not re.search(r"<script|src=|href=\"http", page.replace("xlink:href", ""))
    assert "0.01 of nominal" in page


def test_a_page_without_anything_to_draw_has_no_plots() -> None:
    page = html_page(ABOUT, [result()], summarise([result()]))
    assert "<svg" not in page
    assert "PASSED" in page


def test_the_summary_judges_the_99th_percentile_of_each_cause() -> None:
    quick = [result(latencies=tuple(latency(2.0) for _ in range(200)))]
    (one,) = summarise([*quick, result(latencies=(latency(30.0),))]).light_off
    assert (one.number, one.passed, one.gate_p99_ms) == (201, True, 2.0)
    (one,) = summarise([*quick, result(latencies=tuple(latency(11.0) for _ in range(3)))]).light_off
    assert (one.passed, one.gate_p99_ms) == (False, 11.0)


def test_a_loop_that_sleeps_too_long_shows_in_the_wall_s_median() -> None:
    slow = latency(5.0)
    seen = [replace(slow, wall_ms=40.0) for _ in range(6)]
    assert not summarise([result(latencies=tuple(seen))]).light_off[0].passed
    assert summarise([result(latencies=tuple(seen[:3]))]).light_off[0].passed
    busy = [replace(slow, wall_ms=40.0), *[slow] * 5]
    assert summarise([result(latencies=tuple(busy))]).light_off[0].passed


def test_latencies_are_judged_by_their_own_limits() -> None:
    drifted = result(latencies=(latency(416.0, 418.0, "silence"), latency(401.0, 402.0, "silence")))
    assert summarise([drifted]).light_off[0].passed
    late = result(latencies=(latency(405.0, 402.0, "silence"), latency(401.0, 418.0, "silence")))
    assert not summarise([late]).light_off[0].passed


def test_a_run_in_which_nothing_ran_has_not_passed() -> None:
    assert not summarise([]).passed
    assert not summarise([result(SKIPPED)]).passed
    assert summarise([result(), result(SKIPPED)]).passed
    assert not summarise([result(), result(FAILED)]).passed
    assert summary_lines(summarise([result(FAILED)]))[-1] == "FAILED"
