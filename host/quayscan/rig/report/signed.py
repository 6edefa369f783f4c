"""The run as JSON under the host's own signature.

`{"schema_version": 1, "report": {...}, "public_key": hex, "signature": hex}`: Ed25519 over the canonical bytes of
`report`, so that a file that was laid out anew still checks.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from ...errors import SignatureError
from ...keys import SigningKey, check_signature
from ...record.canonical import canonical
from ..result import CaseResult
from ..summary import Summary, summary_json

SCHEMA_VERSION = 1


def signed_json(about: Mapping[str, Any], results: Sequence[CaseResult], summary: Summary, key: SigningKey) -> str:
    """The text of the file. `about` says which board on which rig, when, with which program."""
    report = {
        "about": dict(about),
        "summary": summary_json(summary),
        "results": [_result(one) for one in results],
    }
    report = _finite(report)
    signature = key.sign(canonical(report).encode())
    whole = {
        "schema_version": SCHEMA_VERSION,
        "report": report,
        "public_key": key.public.hex(),
        "signature": signature.hex(),
    }
    return json.dumps(whole, indent=1, sort_keys=True, allow_nan=False) + "\n"


def read_signed(text: str) -> tuple[dict[str, Any], bytes]:
    """(the report, the public key that signed it); whether that key is believed is the caller's question.

    Raises
    ------
    SignatureError
        The text is no such report, or was altered.
    """
    try:
        whole = json.loads(text)
        report: dict[str, Any] = whole["report"]
        public, signature = bytes.fromhex(whole["public_key"]), bytes.fromhex(whole["signature"])
        if whole["schema_version"] != SCHEMA_VERSION:
            raise SignatureError(f"schema version {whole['schema_version']} is not known: update quayscan")
    except (ValueError, KeyError, TypeError) as exc:
        raise SignatureError(f"this is no rig report ({exc}): give the report.json of a run") from exc
    check_signature(public, signature, canonical(report).encode())
    return report, public


def _result(result: CaseResult) -> dict[str, Any]:
    return {**asdict(result), "details": dict(result.details)}


def _finite(value: Any) -> Any:
    """The same with null for numbers that JSON has not, and plain types throughout."""
    if isinstance(value, Mapping):
        return {str(key): _finite(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(one) for one in value]
    if isinstance(value, bool | str | int) or value is None:
        return value
    number = float(value)
    return number if math.isfinite(number) else None
