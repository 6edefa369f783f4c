"""Data sets as bytes, from one process to another: a line of JSON, then their numbers as float64."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import fields

import numpy as np

from .dataset import Dataset

_ARRAYS = ("x", "y")
_WORDS = tuple(field.name for field in fields(Dataset) if field.name not in _ARRAYS)


def pack(datasets: Sequence[Dataset]) -> bytes:
    """The bytes of the data sets, in order."""
    head = [{"points": one.x.size, **{name: getattr(one, name) for name in _WORDS}} for one in datasets]
    numbers = [getattr(one, name).astype("<f8").tobytes() for one in datasets for name in _ARRAYS]
    return json.dumps(head).encode() + b"\n" + b"".join(numbers)


def unpack(data: bytes) -> list[Dataset]:
    """The data sets that `pack` took."""
    head, _, body = data.partition(b"\n")
    numbers = np.frombuffer(body, dtype="<f8")
    found, at = [], 0
    for words in json.loads(head):
        points = words.pop("points")
        words["notes"] = tuple(words["notes"])
        found.append(Dataset(x=numbers[at : at + points], y=numbers[at + points : at + 2 * points], **words))
        at += 2 * points
    return found
