"""`Record`: all that is needed to replay a verdict."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..errors import RecordError
from ..exposure import Exposure
from ..spectrum import Spectrum
from .canonical import canonical

SCHEMA_VERSION = 1
IDENTITY_BYTES = 36
"""Bytes at the beginning of a blob that no other exposure has: uid, session nonce and exposure id lie among them."""

FIRST_HASH = "0" * 64
"""What the first row has in place of a previous row's hash."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One stored row.

    Attributes
    ----------
    id : rising by one from 1. recorded_at : UTC, ISO 8601.
    body : canonical JSON with schema_version, kind ("scan" or "identify"), the verdict's JSON, and the evidence
        (the device's blob, or the spectrum as read).
    previous, sha256 : hash of the row before, and of this one.
    """

    id: int
    recorded_at: str
    body: str
    previous: str
    sha256: str

    def content(self) -> dict[str, Any]:
        """The body, parsed.

        Raises
        ------
        RecordError
            It is no JSON object: somebody altered it.
        """
        try:
            content: Any = json.loads(self.body)
        except ValueError as exc:
            raise RecordError(f"the body of record {self.id} is no JSON ({exc}): it was altered") from exc
        if not isinstance(content, dict):
            raise RecordError(f"the body of record {self.id} is no JSON object: it was altered")
        return content


def row_hash(id: int, recorded_at: str, body: str, previous: str) -> str:
    """SHA-256 over the row's own fields and the previous row's hash."""
    return hashlib.sha256(f"{previous}\n{id}\n{recorded_at}\n{body}".encode()).hexdigest()


def follows(before: Record | None, record: Record) -> bool:
    """Whether a row has its own hash and follows `before`, the row before it; None for the first."""
    id, previous = (1, FIRST_HASH) if before is None else (before.id + 1, before.sha256)
    own = row_hash(record.id, record.recorded_at, record.body, record.previous)
    return (record.id, record.previous, record.sha256) == (id, previous, own)


def make_body(
    kind: str,
    verdict: Mapping[str, Any],
    spectrum: Spectrum,
    exposure: Exposure | None,
    wall: Spectrum | None = None,
) -> str:
    """Canonical JSON of a record; `wall` is the empty container's spectrum, where the sample was seen through it."""
    evidence: dict[str, Any] = (
        {"blob": blob_text(exposure.blob), "title": spectrum.title}
        if exposure is not None
        else _spectrum_fields(spectrum)
    )
    if wall is not None:
        evidence["wall"] = _spectrum_fields(wall)
    return canonical({"schema_version": SCHEMA_VERSION, "kind": kind, "verdict": verdict, "evidence": evidence})


def blob_text(blob: bytes) -> str:
    """A device's bytes as a record holds them."""
    return base64.b64encode(blob).decode("ascii")


def _spectrum_fields(spectrum: Spectrum) -> dict[str, Any]:
    return {
        "axis": _pack(spectrum.axis),
        "intensity": _pack(spectrum.intensity),
        "variance": None if spectrum.variance is None else _pack(spectrum.variance),
        "axis_unit": spectrum.axis_unit,
        "laser_nm": spectrum.laser_nm,
        "instrument": spectrum.instrument,
        "saturated_fraction": spectrum.saturated_fraction,
        "ambient_share": spectrum.ambient_share,
        "title": spectrum.title,
        "notes": list(spectrum.notes),
    }


def spectrum_from_record(record: Record) -> Spectrum | bytes:
    """The evidence of a record: the spectrum that was identified, or the blob that the device sent.

    Raises
    ------
    RecordError
        The evidence cannot be read.
    """
    try:
        fields = dict(record.content()["evidence"])
        if "blob" in fields:
            return base64.b64decode(fields["blob"], validate=True)
        for name in ("axis", "intensity", "variance"):
            fields[name] = None if fields[name] is None else _unpack(fields[name])
        fields["notes"] = tuple(fields["notes"])
        return Spectrum(**fields)
    except (KeyError, TypeError, ValueError) as exc:
        raise RecordError(f"record {record.id}: its evidence cannot be read ({exc}): check the chain") from exc


def _pack(values: np.ndarray[Any, np.dtype[np.float64]]) -> str:
    return base64.b64encode(values.astype("<f8").tobytes()).decode("ascii")


def _unpack(text: str) -> np.ndarray[Any, np.dtype[np.float64]]:
    return np.frombuffer(base64.b64decode(text, validate=True), dtype="<f8")
