"""Canonical JSON: the same value always gives the same bytes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any


def canonical(value: Mapping[str, Any]) -> str:
    """`value` as JSON: sorted keys, no spaces, ASCII, no NaN.

    Raises
    ------
    ValueError
        A number is not finite.
    """
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False)
