"""The costly part: everything from a task to harmonic modes with activities, each costly step kept on disk."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from .character import Character, characters
from .checkpoint import Arrays, Checkpoint
from .correction import correction
from .dft import Dft
from .displacements import displacements, gradients_wanted
from .expectation import expectation
from .forcefield import ForceField
from .geometry import minimise
from .internals import b_matrix, internals
from .modes import normal_modes, raman_activities
from .polarisability import DIRECTIONS, FieldGradients, polarisability_gradient
from .prior import prior, starting_structures
from .progress import Meter, OnProgress
from .settings import Task
from .structure import Structure, without_rigid_motion
from .units import Array

_TOLERANCE = 4.5e-4  # hartree/bohr, the usual criterion of geometry optimisers
_USUAL_STEPS = 4


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class RawModes:
    """Harmonic modes (M,) of one task in cm-1 (imaginary ones negative), with activities, depolarisation ratios and
    characters, and how they came about."""

    harmonic_cm1: Array
    activity: Array
    depolarisation: Array
    character: tuple[Character, ...]
    conformers_kcal: Array
    charge: int
    atoms: int
    gradients: int
    noise: float
    cpu_seconds: float


class _Stages:
    """Runs steps through the checkpoint, times them and reports them."""

    def __init__(self, folder: Path, on_progress: OnProgress) -> None:
        self._kept = Checkpoint(folder)
        self._meter = Meter(on_progress)
        self.expect = self._meter.expect
        self.cpu_seconds = 0.0

    def run(self, name: str, compute: Callable[[], Arrays], *, counted: bool = True) -> dict[str, Array]:
        fresh = not self._kept.has(name)
        wall = time.perf_counter()

        def timed() -> Arrays:
            start = time.process_time()
            arrays = compute()
            return {**arrays, "cpu_seconds": np.array(time.process_time() - start)}

        arrays = self._kept.get(name, timed)
        if counted:
            self.cpu_seconds += float(arrays.get("cpu_seconds", np.array(0.0)))
            self._meter.step(name, time.perf_counter() - wall if fresh else None)
        return arrays


def _prior_stage(task: Task) -> Arrays:
    found = prior(task)
    return {"coordinates": found.structure.coordinates, "conformers_kcal": found.conformers_kcal}


def _minimum(stages: _Stages, dft: Dft, start: Structure, field: ForceField) -> Arrays:
    """The coordinates (N, 3) of the minimum, the gradient (N, 3) left there, and displacements from it (K, N, 3)."""
    count = 0
    afterwards = _after_minimum(len(start.symbols))

    def kept(coordinates: Array) -> tuple[float, Array]:
        nonlocal count
        stages.expect(max(_USUAL_STEPS - count, 1) + afterwards)
        count += 1

        def fresh() -> Arrays:
            energy, gradient = dft.gradient(coordinates)
            return {"energy": np.array(energy), "gradient": gradient}

        arrays = stages.run(f"geometry-{count:02d}", fresh)
        return float(arrays["energy"]), arrays["gradient"]

    found = minimise(kept, start.coordinates, field.hessian(start.coordinates), tolerance=_TOLERANCE)
    at = start.at(found.coordinates)
    inner = without_rigid_motion(at.coordinates)
    prior_hessian = inner @ field.hessian(at.coordinates) @ inner
    moves = displacements(at, prior_hessian, gradients_wanted(len(at.symbols)))
    return {"coordinates": at.coordinates, "gradient": found.gradient, "moves": moves}


def _after_minimum(atoms: int) -> int:
    """Costly steps of a molecule whose minimum is known."""
    return gradients_wanted(atoms) + len(DIRECTIONS)


def _corrected(
    stages: _Stages, dft: Dft, field: ForceField, at: Structure, rest: Array, moves: Array
) -> tuple[Array, float]:
    """The Hessian (3N, 3N) at the minimum, and the noise of the fit."""
    inner = without_rigid_motion(at.coordinates)
    by_field = field.gradient(at.coordinates)[1]
    dft.stay()
    changes = []
    for number, move in enumerate(moves):
        place = at.coordinates + move
        arrays = stages.run(f"shaken-{number:02d}", lambda place=place: {"gradient": dft.gradient(place)[1]})  # type: ignore[misc]  # the default binds the loop's value
        foreseen = field.gradient(place)[1] - by_field
        changes.append((arrays["gradient"] - rest - foreseen).ravel() @ inner)
    coordinates = internals(at)
    b = b_matrix(at.coordinates, coordinates)
    found = correction(b, moves.reshape(len(moves), -1), np.array(changes), expectation(at, coordinates))
    hessian = inner @ (field.hessian(at.coordinates) + found.hessian) @ inner
    return np.asarray(hessian, dtype=np.float64), found.noise


def _slopes(stages: _Stages, at: Structure) -> Array:
    """Polarisability derivatives (3N, 3, 3)."""
    made: list[FieldGradients] = []

    def fresh(direction: tuple[int, int, int]) -> Arrays:
        if not made:
            made.append(FieldGradients(at))
        return {"gradient": made[0].gradient(direction)}

    gradients = {
        one: stages.run(f"field-{number:02d}", lambda one=one: fresh(one))["gradient"]  # type: ignore[misc]  # as above
        for number, one in enumerate(DIRECTIONS)
    }
    return polarisability_gradient(gradients)


def raw_modes(task: Task, folder: Path, on_progress: OnProgress) -> RawModes:
    """Computes a task, or goes on with it where it was.

    Parameters
    ----------
    task : Task
    folder : Path
        Where finished steps are kept.
    on_progress : callable
        Told after each costly step.

    Raises
    ------
    ComputeError
    """
    bare = starting_structures(task)[0]
    stages = _Stages(folder, on_progress)
    first = stages.run("prior", lambda: _prior_stage(task), counted=False)
    start = bare.at(first["coordinates"])
    field, dft = ForceField(start), Dft(start, task.basis)
    lowest = stages.run("minimum", lambda: _minimum(stages, dft, start, field), counted=False)
    stages.expect(_after_minimum(len(start.symbols)))
    at = start.at(lowest["coordinates"])
    hessian, noise = _corrected(stages, dft, field, at, lowest["gradient"], lowest["moves"])
    modes = normal_modes(at, hessian)
    activity, depolarisation = raman_activities(modes, _slopes(stages, at))
    return RawModes(
        harmonic_cm1=modes.harmonic_cm1,
        activity=activity,
        depolarisation=depolarisation,
        character=characters(at, hessian, modes),
        conformers_kcal=first["conformers_kcal"],
        charge=at.charge,
        atoms=len(at.symbols),
        gradients=len(lowest["moves"]),
        noise=noise,
        cpu_seconds=stages.cpu_seconds,
    )
