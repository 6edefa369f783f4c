"""`Ledger`: every exposure that a board announced, against those that arrived and the frames that its detector gave."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from quayscan_hardware.bench import Bench, Frame

from ..errors import RigViolation
from ..exposure import CountArray, Exposure

FEW = 16
"""Pixels by which the right frames are looked for before all are compared."""


class Ledger:
    """The account of a case, or of a campaign.

    Attributes
    ----------
    wrong : exposures that are not the sum of the frames that the detector gave, with what is wrong. whole : those that
        are. lost : announced by the device and never delivered, told by `close`.
    """

    def __init__(self, truth: Bench | None) -> None:
        self.whole = 0
        self.wrong: list[str] = []
        self._truth = truth
        self._announced: set[int] = set()
        self._blobs: dict[int, bytes] = {}

    def announced(self, status: Mapping[str, Any]) -> None:
        """What a STATUS says of finished exposures."""
        for waiting in (status["exposure_id"], 0 if status["last_end"] else status["last_id"]):
            if waiting and waiting not in self._blobs:
                self._announced.add(waiting)

    def delivered(self, exposure: Exposure) -> None:
        """An exposure is here: it must be new, or the same as before, and exactly what the detector gave."""
        identity = exposure.exposure_id
        known = self._blobs.get(identity)
        if known is not None and known != exposure.blob:
            self.wrong.append(f"exposure {identity} came twice and differed")
        if known is None:
            self._blobs[identity] = exposure.blob
            self._announced.discard(identity)
            self._compare(exposure)

    def power_lost(self) -> None:
        """The board lost its power: what was in memory alone is gone, and ids may be used again."""
        self._announced.clear()
        self._blobs.clear()

    def forget(self) -> None:
        """Begin anew, after a case that failed."""
        self.wrong.clear()
        self.power_lost()

    def check(self) -> None:
        """Everything that was announced must be here, and nothing may be wrong.

        Raises
        ------
        RigViolation
            Names what is lost or wrong.
        """
        if self.wrong:
            raise RigViolation(f"{len(self.wrong)} wrong exposure(s): {self.wrong[0]}")
        if self._announced:
            lost = ", ".join(str(one) for one in sorted(self._announced))
            raise RigViolation(f"exposure(s) {lost} were announced and never delivered")

    def _compare(self, exposure: Exposure) -> None:
        if self._truth is None:
            self.whole += 1
            return
        problem = difference(exposure, self._truth.delivered_frames())
        if problem:
            self.wrong.append(f"exposure {exposure.exposure_id}: {problem}")
        else:
            self.whole += 1


def difference(exposure: Exposure, frames: list[Frame]) -> str:
    """What is wrong; nothing when some run of dark, white if any, and light frames adds up to the exposure."""
    n = exposure.averages
    sums = [one for one in (exposure.dark_sum, exposure.white_sum, exposure.light_sum) if one is not None]
    if len(frames) < n * len(sums):
        return f"{len(frames)} frames were read and {n * len(sums)} are needed"
    fits = [_places(frames, n, one) for one in sums]
    for start in sorted(fits[0], reverse=True):
        if all(start + n * index in places for index, places in enumerate(fits)):
            window = frames[start : start + n * len(sums)]
            return _wrong_frames(exposure, window, n)
    missing = [name for name, places in zip(("dark", "light"), (fits[0], fits[-1]), strict=True) if not places]
    return f"its {' and '.join(missing) or 'frames'} are not what the detector gave"


def _places(frames: list[Frame], n: int, wanted: CountArray) -> set[int]:
    """Where runs of n frames begin that add up to these sums."""
    few = np.array([frame.counts[:FEW] for frame in frames], dtype=np.int64)
    total = np.concatenate([np.zeros((1, few.shape[1]), dtype=np.int64), np.cumsum(few, axis=0)])
    runs = total[n:] - total[:-n]
    starts = np.flatnonzero(np.all(runs == wanted[:FEW], axis=1))
    return {int(start) for start in starts if np.array_equal(_sum(frames[start : start + n]), wanted)}


def _sum(frames: list[Frame]) -> CountArray:
    total: CountArray = np.sum([frame.counts for frame in frames], axis=0, dtype=np.uint32)
    return total


def _wrong_frames(exposure: Exposure, window: list[Frame], n: int) -> str:
    """Whether the frames that add up were exposed and lit as the exposure says."""
    if any(frame.exposure_us != exposure.exposure_us for frame in window):
        return f"its frames were not exposed for the {exposure.exposure_us} us that it tells"
    if any(frame.lit > 0 for frame in window[:n]):
        return "light was on in its dark frames"
    if exposure.laser_mw > 0 and any(frame.lit < 1 for frame in window[n:]):
        return "the light went off in its light frames, and it does not tell"
    return ""
