"""What a bad cable does to bytes: lose some, flip a bit in some, be late, be slow."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np


@dataclass(frozen=True, slots=True, kw_only=True)
class Impairment:
    """One direction of a cable.

    Attributes
    ----------
    flip : probability that a byte has one bit flipped. drop : probability that a byte is lost.
    delay_s : how late each byte arrives. throttle : bytes a second, 0 for no limit.

    Raises
    ------
    ValueError
        When a probability is outside 0 to 1 or a time or rate is negative.
    """

    flip: float = 0.0
    drop: float = 0.0
    delay_s: float = 0.0
    throttle: float = 0.0

    def __post_init__(self) -> None:
        if not (0.0 <= self.flip <= 1.0 and 0.0 <= self.drop <= 1.0):
            raise ValueError(f"flip {self.flip} and drop {self.drop} are probabilities: give 0 to 1")
        if self.delay_s < 0.0 or self.throttle < 0.0:
            raise ValueError(f"delay {self.delay_s} s and throttle {self.throttle} B/s must not be negative")


@dataclass(frozen=True, slots=True, kw_only=True)
class CableOptions:
    """Both directions of a cable and the seed of its faults."""

    to_host: Impairment = field(default_factory=Impairment)
    to_device: Impairment = field(default_factory=Impairment)
    seed: int = 0


@dataclass(slots=True, kw_only=True)
class Counts:
    """Bytes of a direction so far: taken in, dropped, flipped, and thrown away while the cable was cut."""

    taken: int = 0
    dropped: int = 0
    flipped: int = 0
    cut: int = 0


def damage(data: bytes, impairment: Impairment, rng: np.random.Generator, counts: Counts) -> bytes:
    """`data` with bytes dropped and bits flipped as `impairment` says; `counts` is brought up to date."""
    counts.taken += len(data)
    if impairment.drop > 0.0:
        keep = rng.random(len(data)) >= impairment.drop
        counts.dropped += len(data) - int(keep.sum())
        data = np.frombuffer(data, dtype=np.uint8)[keep].tobytes()
    if impairment.flip > 0.0:
        hit = np.flatnonzero(rng.random(len(data)) < impairment.flip)
        if hit.size:
            array = np.frombuffer(data, dtype=np.uint8).copy()
            array[hit] ^= (1 << rng.integers(0, 8, hit.size)).astype(np.uint8)
            counts.flipped += int(hit.size)
            data = array.tobytes()
    return data
