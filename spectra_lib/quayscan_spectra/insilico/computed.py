"""`compute`: from a substance or a SMILES to a table of bands."""

import os
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np

from ..errors import UnknownSubstance
from ..lookup import of_structure
from ..substances import substance
from .bands import Band, make_bands
from .computable import require_computable
from .conformers import matches
from .errors import BadStructure
from .progress import OnProgress, Progress
from .queue_table import queued
from .raw_modes import RawModes, raw_modes
from .settings import Model, Task, method_text, versions_text

_ACID = "[CX3](=O)[OX2H1]"
_DOUBTFUL = {
    "[NX3;H2][CX3](=[OX1,SX1])[NX3;H2]": "urea-like: its hydrogen bonds move the main bands by up to 60 cm-1",
    "[+]": "a salt or zwitterion computed as it stands in the gas phase",
    "[$([NX3;H2][CX4][CX3](=O)[OX2H1])]": "an amino acid: the solid is a zwitterion, this is not",
}
_IMAGINARY_CM1 = -20.0  # softer ones are noise
_SADDLE_CM1 = -80.0  # and down to here within the error of a floppy torsion


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ComputedBands:
    """A computed spectrum and all that tells how it was made.

    `imaginary_cm1` holds the modes that are no minimum's; `doubt` says why the entry should not be trusted, empty
    where nothing is known against it.
    """

    id: str
    substance: str
    smiles: str
    charge: int
    model: Model
    atoms: int
    method: str
    versions: str
    conformers: str
    imaginary_cm1: tuple[float, ...]
    doubt: str
    cpu_seconds: float
    made: date
    bands: tuple[Band, ...]


def default_work_dir() -> Path:
    """Where finished steps are kept unless told otherwise: a folder in the user's cache."""
    cache = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA") or str(Path.home() / ".cache")
    return Path(cache) / "quayscan" / "computed"


def usual_model(smiles: str) -> Model:
    """A dimer for what has exactly one carboxylic acid group, else one molecule."""
    return "dimer" if matches(smiles, _ACID) == 1 else "monomer"


def _smiles_task(smiles: str, unknown: UnknownSubstance) -> tuple[Task, str]:
    """The task and the substance that the structure is: a reference under another name would have no law."""
    try:
        task = Task(id="smiles", smiles=smiles, model=usual_model(smiles))
    except BadStructure as exc:
        raise BadStructure(f"{exc}; nor is it a name: {unknown}") from exc
    return task, of_structure(smiles).substance


def task_of(substance_or_smiles: str) -> tuple[Task, str]:
    """The task and the id of its substance ("" for a SMILES that is nobody's).

    Raises
    ------
    BadStructure
        When it is neither a row of the queue, nor a substance with a structure, nor a SMILES.
    """
    for row in queued():
        if row.id == substance_or_smiles:
            return Task(id=row.id, smiles=row.smiles, model=row.model), row.substance
    try:
        found = substance(substance_or_smiles)
    except UnknownSubstance as unknown:
        return _smiles_task(substance_or_smiles, unknown)
    if not found.smiles:
        raise BadStructure(f"the substance table has no structure for '{found.id}': give its SMILES")
    return Task(id=found.id, smiles=found.smiles, model=usual_model(found.smiles)), found.id


def _conformers_text(kcal: np.ndarray[tuple[int], np.dtype[np.float64]]) -> str:
    near = sorted(float(one) for one in kcal)
    others = ", ".join(f"{one:.1f}" for one in near[1:])
    return f"lowest of {len(near)} used" + (f"; others at {others} kcal/mol" if others else "")


def _doubt(task: Task, raw: RawModes) -> str:
    found = [text for pattern, text in _DOUBTFUL.items() if matches(task.smiles, pattern)]
    if "." in task.smiles:
        found.append("several parts in one structure, placed as the embedding found them")
    if any(one < _SADDLE_CM1 for one in _imaginary(raw)):
        found.append("not a minimum: imaginary modes")
    return "; ".join(found)


def _imaginary(raw: RawModes) -> tuple[float, ...]:
    return tuple(float(one) for one in raw.harmonic_cm1 if one < _IMAGINARY_CM1)


def _silent(_: Progress) -> None:
    return


def compute(
    substance_or_smiles: str, *, work_dir: Path | None = None, on_progress: OnProgress = _silent
) -> ComputedBands:
    """The Raman bands expected of a substance, from its structure alone.

    Steps that a killed run finished are read from the work folder and not computed again.

    Parameters
    ----------
    substance_or_smiles : str
        A row of the queue, a substance of the table by id, name, synonym or CAS number, or a SMILES.
    work_dir : Path, optional
        Where finished steps are kept; the user's cache when not given.
    on_progress : callable, optional
        Told after each costly step.

    Returns
    -------
    ComputedBands

    Raises
    ------
    MissingTool
        When a package of the extra `compute` is missing.
    BadStructure
        When the structure cannot be read, embedded or modelled, or the method does not hold for it.
    NotConverged
        When an iteration ends without a result.
    """
    task, known_as = task_of(substance_or_smiles)
    require_computable(task.smiles)
    raw = raw_modes(task, (work_dir or default_work_dir()) / task.key, on_progress)
    return ComputedBands(
        id=task.id,
        substance=known_as,
        smiles=task.smiles,
        charge=raw.charge,
        model=task.model,
        atoms=raw.atoms,
        method=method_text(task.basis, task.model, raw.gradients),
        versions=versions_text(),
        conformers=_conformers_text(raw.conformers_kcal),
        imaginary_cm1=_imaginary(raw),
        doubt=_doubt(task, raw),
        cpu_seconds=raw.cpu_seconds,
        made=date.today(),
        bands=make_bands(raw.harmonic_cm1, raw.activity, raw.depolarisation, raw.character),
    )
