"""An UNKNOWN with a family's pattern, from the pipeline to its JSON and CSV row."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
from jsonschema import Draft202012Validator
from pytest_mock import MockerFixture

from quayscan import identify, verdict_json
from quayscan.match.barcode import FamilyPattern
from quayscan.report.verdict_row import verdict_row
from quayscan.spectrum import Spectrum
from quayscan.verdict import Verdict

FOUND = FamilyPattern(
    family="glycidic-esters",
    title="glycidic esters",
    score=4.123456,
    threshold=3.0,
    rate=1 / 273,
    n=272,
    regions_cm1=((1240.0, 1260.0), (1740.0, 1740.0)),
)
AXIS = np.arange(300.0, 2000.0, 2.0)


def stranger() -> Verdict:
    bands = {430.0: 1.0, 655.0: 0.8, 777.0: 0.5, 1111.0: 0.9, 1333.0: 0.7, 1717.0: 0.6}
    curve = sum(height * np.exp(-0.5 * ((AXIS - at) / 6.0) ** 2) for at, height in bands.items())
    noise = np.random.default_rng(0).normal(0.0, 10.0, AXIS.size)
    return identify(Spectrum(axis=AXIS, intensity=3000.0 * curve + 500.0 + noise))


def test_the_pattern_of_a_family_reaches_json_and_row(mocker: MockerFixture, checkout: Path) -> None:
    asked = mocker.patch("quayscan.pipeline.identification.family_patterns", return_value=(FOUND,))
    found = stranger()
    asked.assert_called_once()
    row = verdict_json(found, file="x.csv")
    text = (checkout / "host/quayscan/schema/verdict.schema.json").read_text(encoding="utf-8")
    Draft202012Validator(json.loads(text)).validate(row)
    assert (row["verdict"], row["action"]) == ("UNKNOWN", "SEND_TO_LAB")
    assert row["families"][0]["regions_cm1"] == [[1240.0, 1260.0], [1740.0, 1740.0]]
    assert row["families"][0]["rate"] == 0.00366
    assert verdict_row(found, file="x.csv")["families"] == ("glycidic esters",)


def test_without_one_there_is_no_such_part() -> None:
    assert "families" not in verdict_json(stranger(), file="x.csv")
