"""One small molecule from scratch, against what the tables hold of it. Needs the extra `compute`."""

from pathlib import Path

import numpy as np
import pytest

from quayscan_spectra.insilico import BadStructure, compute
from quayscan_spectra.insilico.computed_references import computed_references


@pytest.mark.slow
@pytest.mark.filterwarnings("default")  # foreign packages warn of each other
@pytest.mark.timeout(1200)
def test_acetonitrile_from_scratch_gives_the_bands_of_the_table(tmp_path: Path) -> None:
    for package in ("pyscf", "rdkit", "torch"):
        pytest.importorskip(package, reason="needs the extra `compute`")
    steps: list[str] = []
    found = compute("acetonitrile", work_dir=tmp_path, on_progress=lambda step: steps.append(step.stage))
    again: list[float | None] = []
    repeated = compute("acetonitrile", work_dir=tmp_path, on_progress=lambda step: again.append(step.seconds_left))
    assert set(again) == {None}  # nothing was computed twice
    assert [one.shift_cm1 for one in repeated.bands] == pytest.approx([one.shift_cm1 for one in found.bands], abs=0.5)
    shipped = next(one for one in computed_references() if one.id == "acetonitrile")
    harmonic = np.array([one.harmonic_cm1 for one in found.bands])
    activity = np.array([one.activity for one in found.bands])
    # Noise of the grid and of single precision splits degenerate modes by a few cm-1, so that they merge or do not:
    # what lies around a band is compared.
    for at, strength in zip(shipped.harmonic_cm1, shipped.activity, strict=True):
        assert np.abs(harmonic - at).min() < 8.0
        if strength > 1.0:
            mine, theirs = (
                float(a[np.abs(h - at) < 12.0].sum())
                for h, a in ((harmonic, activity), (shipped.harmonic_cm1, shipped.activity))
            )
            assert mine == pytest.approx(theirs, rel=0.25)
    assert found.imaginary_cm1 == ()
    assert steps[-1] == "field-12"


@pytest.mark.slow
@pytest.mark.filterwarnings("default")  # foreign packages warn of each other
def test_what_is_no_structure_is_refused() -> None:
    pytest.importorskip("rdkit", reason="needs the extra `compute`")
    with pytest.raises(BadStructure, match="is not a SMILES"):
        compute("C(C")
