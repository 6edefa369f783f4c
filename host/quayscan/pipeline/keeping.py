"""A verdict with its evidence becomes a record."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from ..exposure import Exposure
from ..record import RecordStore
from ..record.row import make_body
from ..spectrum import Spectrum


def keep(
    store: RecordStore,
    kind: str,
    verdict: Mapping[str, Any],
    spectrum: Spectrum,
    exposure: Exposure | None = None,
    wall: Spectrum | None = None,
) -> int:
    """Store a verdict's JSON with its evidence; the record's id. The body itself has no id: the row has."""
    content = {key: value for key, value in verdict.items() if key != "record"}
    body = make_body(kind, content, spectrum, exposure, wall)
    return store.append(body, datetime.now(UTC).isoformat(timespec="milliseconds")).id
