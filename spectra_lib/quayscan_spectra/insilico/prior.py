"""The first guess: the lowest conformer in the force field."""

from dataclasses import dataclass

import numpy as np

from .conformers import conformers
from .dimer import cyclic_dimer, hydrogen_faces_carbonyl
from .errors import BadStructure
from .forcefield import ForceField
from .geometry import Minimum, minimise
from .modes import normal_modes
from .settings import Task
from .structure import Structure
from .units import HARTREE_KCAL, Array

_TOLERANCE = 2e-4  # hartree/bohr: single precision allows little less
_TRUST = 0.3  # bohr
_SADDLE_CM1 = -40.0  # a softer imaginary mode is noise of single precision
_PUSH = 0.15  # bohr off a saddle


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Prior:
    """The lowest conformer and, in kcal/mol above it, (C,) the energies of all, in the order found."""

    structure: Structure
    conformers_kcal: Array


def starting_structures(task: Task) -> list[Structure]:
    """What to relax: the conformers, or the dimers of those that can form one.

    Raises
    ------
    BadStructure
        When no conformer can form the dimer asked for.
    """
    monomers = [structure for _, structure in conformers(task.smiles)]
    if task.model == "monomer":
        return monomers
    facing = [one for one in monomers if hydrogen_faces_carbonyl(one)]
    if not facing:
        raise BadStructure(f"no conformer of '{task.smiles}' can form a cyclic dimer: compute it as a monomer")
    return [cyclic_dimer(one) for one in facing[:3]]


def _relaxed(field: ForceField, structure: Structure) -> Minimum:
    place = structure.coordinates
    for _ in range(3):
        found = minimise(
            field.gradient,
            place,
            field.hessian(place),
            tolerance=_TOLERANCE,
            trust=_TRUST,
            most=150,
            hessian_of=field.hessian,
        )
        modes = normal_modes(structure.at(found.coordinates), field.hessian(found.coordinates))
        if modes.harmonic_cm1[0] > _SADDLE_CM1:
            break
        push = modes.motions[0].reshape(-1, 3)
        place = found.coordinates + push * (_PUSH / np.abs(push).max())
    return found


def prior(task: Task) -> Prior:
    """Relaxes all starting structures and keeps the lowest.

    Raises
    ------
    BadStructure, MissingTool, NotConverged
    """
    starts = starting_structures(task)
    field = ForceField(starts[0])
    minima = [_relaxed(field, one) for one in starts]
    energies = np.array([one.energy for one in minima])
    lowest = minima[int(energies.argmin())]
    return Prior(structure=starts[0].at(lowest.coordinates), conformers_kcal=(energies - energies.min()) * HARTREE_KCAL)
