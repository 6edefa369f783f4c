"""`quayscan library compute`: a structure becomes a reference that says what it is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from command_line import Done

import quayscan_spectra
from quayscan.cli import main
from quayscan_spectra.insilico import Band, ComputedBands, NotConverged, Progress, computed_references

AXIS = np.arange(300.0, 2000.0, 2.0)
SMILES = "CC(=O)C=CC1CC1"


def bands_of(substance: str) -> tuple[Band, ...]:
    """The shipped bands of a computed molecule, as the builder gives them."""
    (one,) = [one for one in computed_references() if one.id == substance]
    columns = (one.shift_cm1, one.harmonic_cm1, one.height, one.activity, one.position_sd_cm1, one.intensity_factor_sd)
    return tuple(
        Band(
            shift_cm1=shift,
            harmonic_cm1=harmonic,
            height=height,
            activity=activity,
            depolarisation=0.5,
            position_sd_cm1=sd,
            intensity_factor_sd=factor,
            character={},
        )
        for shift, harmonic, height, activity, sd, factor in zip(*columns, strict=True)
    )


Quayscan = Callable[..., Done]


@pytest.fixture
def quayscan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Quayscan:
    """The command line within this process, where the builder can be replaced."""
    monkeypatch.setenv("QUAYSCAN_CONFIG", str(tmp_path / "config"))
    monkeypatch.setenv("QUAYSCAN_DATA", str(tmp_path / "data"))

    def run(*words: str | Path) -> Done:
        monkeypatch.setattr("sys.argv", ["quayscan", *map(str, words)])
        with pytest.raises(SystemExit) as ended:
            main()
        said = capsys.readouterr()
        return Done(int(ended.value.code or 0), said.out, said.err)

    return run


@pytest.fixture
def builder(monkeypatch: pytest.MonkeyPatch) -> None:
    """A builder that has all steps on disk, so that it answers at once."""

    def answer(what: str, *, on_progress: object) -> ComputedBands:
        on_progress(Progress(stage="field-12", done=12, total=13, seconds_left=60.0))  # type: ignore[operator]
        if what == "never":
            raise NotConverged("no minimum after 150 gradients")
        known = what != SMILES
        return ComputedBands(
            id=what if known else "smiles",
            substance=what if known else "",
            smiles=SMILES,
            charge=0,
            model="monomer",
            atoms=18,
            method="harmonic B3LYP/6-31G(d)",
            versions="pyscf 2.14.0",
            conformers="lowest of 1 used",
            imaginary_cm1=(),
            doubt="",
            cpu_seconds=12.0,
            made=date(2026, 11, 25),
            bands=bands_of("toluene"),
        )

    monkeypatch.setattr("quayscan_spectra.insilico.computed.compute", answer)


@pytest.mark.usefixtures("builder")
def test_the_bands_are_printed_with_how_sure_they_are(quayscan: Quayscan) -> None:
    (row,) = quayscan("library", "compute", "toluene", "--json").rows()
    assert (row["substance"], row["grade"]) == ("toluene", "computed")
    assert {"shift_cm1", "height", "position_sd_cm1"} == set(row["bands"][0])
    assert "B3LYP" in quayscan("library", "compute", "toluene").out


@pytest.mark.usefixtures("builder")
def test_a_library_gets_it_as_a_computed_entry(quayscan: Quayscan, tmp_path: Path) -> None:
    library = tmp_path / "own.qlib"
    assert quayscan("library", "compute", SMILES, "--library", library).code == 0
    (row,) = quayscan("library", "list", "--library", library, "--json").rows()
    assert (row["substance"], row["name"], row["grade"]) == (SMILES, SMILES, "computed")
    assert quayscan("library", "verify", library).code == 0


@pytest.mark.usefixtures("builder")
def test_what_it_names_goes_to_the_laboratory(quayscan: Quayscan, tmp_path: Path) -> None:
    library, query = tmp_path / "own.qlib", tmp_path / "query.csv"
    assert quayscan("library", "compute", SMILES, "--library", library).code == 0
    (reference,) = [one for one in quayscan_spectra.references() if one.substance == "toluene"]
    noisy = np.random.default_rng(1).poisson(100 * quayscan_spectra.synthesise(reference, AXIS) + 2000)
    query.write_text("".join(f"{x},{y}\n" for x, y in zip(AXIS, noisy, strict=True)))
    (row,) = quayscan("identify", query, "--library", library, "--json").rows()
    assert (row["verdict"], row["action"]) == ("MATCH", "SEND_TO_LAB")
    assert (row["candidates"][0]["grade"], row["candidates"][0]["named"]) == ("computed", True)
    assert any(reason.startswith("Computed reference: send to lab") for reason in row["reasons"])


@pytest.mark.usefixtures("builder")
def test_a_computation_that_fails_says_so_in_one_line(quayscan: Quayscan) -> None:
    done = quayscan("library", "compute", "never")
    assert done.code != 0
    assert "never could not be computed: no minimum after 150 gradients" in done.err
