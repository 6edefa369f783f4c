"""A campaign: cases over seeds on one rig, each seed on a virtual instrument of its own."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np

from ..keys import DeviceKeys
from .case import Case, run_case
from .resource import Resources
from .result import CaseResult
from .rig import Rig

Open = Callable[[int], Resources]
"""Opens a rig's resources for a seed."""


def run_campaign(open_resources: Open, cases: Sequence[Case], seeds: Iterable[int]) -> Iterator[CaseResult]:
    """Results as they come.

    Raises
    ------
    RigFailed, SimUnavailable
        The rig itself failed.
    """
    for seed in seeds:
        with tempfile.TemporaryDirectory(prefix="quayscan-rig-") as folder:
            rig = open_rig(open_resources(seed), Path(folder), seed)
            try:
                for case in cases:
                    yield run_case(rig, case, seed)
            finally:
                rig.close()


def open_rig(resources: Resources, keys: Path, seed: int) -> Rig:
    """A rig on its resources, with keys of its own, ready for its first case."""
    rig = Rig(resources, DeviceKeys(folder=keys), np.random.default_rng(seed))
    rig.make_safe()
    return rig
