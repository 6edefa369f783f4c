"""One verdict as one JSON object; host/quayscan/schema/verdict.schema.json describes it."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from ..match.barcode import FamilyPattern
from ..verdict import Candidate, Component, Control, DetectionLimit, FalseAlarm, Verdict
from .declared_lines import declared_json

JSON_SCHEMA_VERSION = 1
SCORE_DECIMALS = 4
P_DECIMALS = 5


def verdict_json(
    verdict: Verdict,
    *,
    file: str | None = None,
    sample: str | None = None,
    record: int | None = None,
    device: dict[str, Any] | None = None,
) -> dict[str, Any]:
    """The JSON object of one verdict.

    Parameters
    ----------
    file, sample : one of the two, what was identified.
    record : the stored row's id. device : for a scan, what measured it and what the link cost.
    """
    return {
        "schema_version": JSON_SCHEMA_VERSION,
        **_source(file, sample),
        "verdict": verdict.verdict.value,
        "action": verdict.action.value,
        "candidates": [_candidate(one) for one in verdict.candidates],
        "components": [_component(one) for one in verdict.components],
        "reasons": list(verdict.reasons),
        "controls": [_control(one) for one in verdict.controls],
        "false_alarm": None if verdict.false_alarm is None else _false_alarm(verdict.false_alarm),
        "jurisdictions": list(verdict.jurisdictions),
        "at": verdict.at.isoformat(),
        "recipe": verdict.recipe,
        "library": {"name": verdict.library_name, "sha256": verdict.library_sha256},
        "record": record,
        "error": None,
        **({"detection_limits": [_limit(one) for one in verdict.detection_limits]} if verdict.detection_limits else {}),
        **({"not_ruled_out": list(verdict.not_ruled_out)} if verdict.not_ruled_out else {}),
        **({} if verdict.declared is None else {"declared": declared_json(verdict.declared)}),
        **({"families": [_family(one) for one in verdict.families]} if verdict.families else {}),
        **({} if device is None else {"device": device}),
    }


def error_json(error: str, *, file: str | None = None, sample: str | None = None) -> dict[str, Any]:
    """The JSON object of a file or scan that has no verdict because of an error."""
    return {
        "schema_version": JSON_SCHEMA_VERSION,
        **_source(file, sample),
        "verdict": None,
        "action": None,
        "candidates": [],
        "components": [],
        "reasons": [],
        "controls": [],
        "false_alarm": None,
        "jurisdictions": [],
        "at": None,
        "recipe": None,
        "library": None,
        "record": None,
        "error": error,
    }


def _source(file: str | None, sample: str | None) -> dict[str, str]:
    return {"file": file} if file is not None else {"sample": sample or ""}


def _candidate(one: Candidate) -> dict[str, Any]:
    return {
        "substance": one.substance,
        "name": one.name,
        "score": round(one.score, SCORE_DECIMALS),
        "grade": one.grade,
        "named": one.named,
        "p_value": None if one.p_value is None else round(one.p_value, P_DECIMALS),
        "only_spectrum": list(one.only_spectrum),
        "only_reference": list(one.only_reference),
    }


def _false_alarm(one: FalseAlarm) -> dict[str, Any]:
    return {
        name: round(value, P_DECIMALS) if isinstance(value, float) else value for name, value in asdict(one).items()
    }


def _family(one: FamilyPattern) -> dict[str, Any]:
    regions = [list(region) for region in one.regions_cm1]
    return {**asdict(one), "score": round(one.score, SCORE_DECIMALS), "rate": round(one.rate, P_DECIMALS)} | {
        "regions_cm1": regions
    }


def _component(one: Component) -> dict[str, Any]:
    return {
        "substance": one.substance,
        "name": one.name,
        "role": one.role,
        "low": round(one.low, SCORE_DECIMALS),
        "high": round(one.high, SCORE_DECIMALS),
        **({"alternatives": list(one.alternatives)} if one.alternatives else {}),
    }


def _limit(one: DetectionLimit) -> dict[str, Any]:
    return {"substance": one.substance, "name": one.name, "share": round(one.share, SCORE_DECIMALS)}


def _control(one: Control) -> dict[str, Any]:
    return {
        "substance": one.substance,
        "regime": one.regime,
        "list": one.list_name,
        "state": one.state,
        "since": one.since,
        "decided": one.decided,
        "verified": one.verified,
        "asks_for": one.asks_for,
        "source": one.source,
    }
