"""Finished stages of a computation on disk, so that a killed run goes on where it was."""

import os
from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from .errors import ComputeError

Arrays = Mapping[str, NDArray[np.float64]]


class Checkpoint:
    """One folder, one `.npz` file a stage. A file is there whole or not at all."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def has(self, stage: str) -> bool:
        """Whether a stage is finished."""
        return self._place(stage).is_file()

    def get(self, stage: str, compute: Callable[[], Arrays]) -> dict[str, NDArray[np.float64]]:
        """The stage's arrays: read when finished before, else computed and kept.

        Raises
        ------
        ComputeError
            When the file cannot be read; it names the file to delete.
        """
        place = self._place(stage)
        if not place.is_file():
            self._write(place, compute())
        try:
            with np.load(place) as held:
                return {name: held[name] for name in held.files}
        except (OSError, ValueError, EOFError) as exc:
            raise ComputeError(f"{place} cannot be read ({exc}): delete it and run again") from exc

    def _place(self, stage: str) -> Path:
        return self._folder / f"{stage}.npz"

    @staticmethod
    def _write(place: Path, arrays: Arrays) -> None:
        fresh = place.with_suffix(".part")
        with fresh.open("wb") as handle:
            np.savez(handle, allow_pickle=False, **{name: np.asarray(value) for name, value in arrays.items()})
            handle.flush()
            os.fsync(handle.fileno())
        fresh.replace(place)
