from pathlib import Path

import numpy as np
import pytest

from quayscan_spectra.insilico.checkpoint import Checkpoint
from quayscan_spectra.insilico.errors import ComputeError


def test_a_second_run_reads_what_the_first_one_finished(tmp_path: Path) -> None:
    calls = []

    def costly() -> dict[str, np.ndarray]:
        calls.append(1)
        return {"gradient": np.arange(6.0).reshape(2, 3), "seconds": np.array(2.5)}

    first = Checkpoint(tmp_path / "job").get("shaken-00", costly)
    second = Checkpoint(tmp_path / "job").get("shaken-00", costly)
    assert len(calls) == 1
    assert np.array_equal(first["gradient"], second["gradient"])
    assert float(second["seconds"]) == 2.5


def test_a_step_that_is_killed_half_way_is_done_again(tmp_path: Path) -> None:
    kept = Checkpoint(tmp_path)

    def killed() -> dict[str, np.ndarray]:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        kept.get("geometry-01", killed)
    (tmp_path / "geometry-01.part").write_bytes(b"half a file")
    assert not kept.has("geometry-01")
    assert kept.get("geometry-01", lambda: {"energy": np.array(1.0)})["energy"] == 1.0


def test_a_damaged_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "field-00.npz").write_bytes(b"not an archive")
    with pytest.raises(ComputeError, match=r"field-00\.npz cannot be read .* delete it"):
        Checkpoint(tmp_path).get("field-00", dict)
