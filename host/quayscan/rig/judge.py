"""What the pipeline makes of an exposure: the word that an inspector would read."""

from __future__ import annotations

from datetime import UTC, datetime

from ..calibrate import apply_state
from ..exposure import Exposure
from ..pipeline import identify


def judge(exposure: Exposure) -> str:
    """The verdict on the board's nominal axis, by the library that ships."""
    spectrum = apply_state(exposure, None, now=datetime.now(UTC), override="", title="rig")
    return str(identify(spectrum).verdict)
