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
    double : probability that a byte arrives twice. repeat : probability that a piece, as it was read, does.
    delay_s : how late each byte arrives. throttle : bytes a second, 0 for no limit.

    Raises
    ------
    ValueError
        When a probability is outside 0 to 1 or a time or rate is negative.
    """

    flip: float = 0.0
    drop: float = 0.0
    double: float = 0.0
    repeat: float = 0.0
    delay_s: float = 0.0
    throttle: float = 0.0

    def __post_init__(self) -> None:
        chances = {name: getattr(self, name) for name in ("flip", "drop", "double", "repeat")}
        if not all(0.0 <= chance <= 1.0 for chance in chances.values()):
            told = ", ".join(f"{name} {chance}" for name, chance in chances.items())
            raise ValueError(f"{told}: these are probabilities: give 0 to 1")
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
    """Bytes of a direction so far: taken in, dropped, doubled, flipped, and thrown away while the cable was cut."""

    taken: int = 0
    dropped: int = 0
    doubled: int = 0
    flipped: int = 0
    cut: int = 0


def damage(data: bytes, impairment: Impairment, rng: np.random.Generator, counts: Counts) -> bytes:
    """`data` with bytes dropped, doubled and bits flipped as `impairment` says; `counts` is brought up to date."""
    counts.taken += len(data)
    if impairment.drop > 0.0:
        keep = rng.random(len(data)) >= impairment.drop
        counts.dropped += len(data) - int(keep.sum())
        data = np.frombuffer(data, dtype=np.uint8)[keep].tobytes()
    if impairment.double > 0.0:
        times = 1 + (rng.random(len(data)) < impairment.double)
        counts.doubled += int(times.sum()) - len(data)
        data = np.frombuffer(data, dtype=np.uint8).repeat(times).tobytes()
    if impairment.repeat > 0.0 and data and rng.random() < impairment.repeat:
        counts.doubled += len(data)
        data += data
    if impairment.flip > 0.0:
        hit = np.flatnonzero(rng.random(len(data)) < impairment.flip)
        if hit.size:
            array = np.frombuffer(data, dtype=np.uint8).copy()
            array[hit] ^= (1 << rng.integers(0, 8, hit.size)).astype(np.uint8)
            counts.flipped += int(hit.size)
            data = array.tobytes()
    return data
