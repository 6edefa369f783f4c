"""Energies and gradients: B3LYP with density fitting on small grids, by PySCF.

Sun et al., J. Chem. Phys. 153 (2020) 024109, 10.1063/5.0006074.
"""

import gc
from typing import Any, Literal

import numpy as np

from .errors import MissingTool, NotConverged
from .structure import Structure
from .units import Array

Basis = Literal["standard", "diffuse"]

BASIS_TEXT = {
    "standard": "6-31G(d)",
    "diffuse": "6-31G(d), on N and O 6-31+G(d), on S and Cl def2-TZVP",
}
_DIFFUSE = {"N": "6-31+g*", "O": "6-31+g*", "S": "def2-tzvp", "Cl": "def2-tzvp"}
AUXILIARY = "def2-universal-jkfit"
_MEMORY_MB = 9000


def pyscf_modules() -> Any:
    """PySCF's `gto` and `dft`.

    Raises
    ------
    MissingTool
        When PySCF is not installed.
    """
    try:
        from pyscf import dft, gto, lib
    except ImportError as exc:
        raise MissingTool("pyscf is not installed: pip install 'quayscan[compute]'") from exc
    return gto, dft, lib


def _grid(number: int) -> tuple[int, int]:
    """Radial and angular points of one atom."""
    if number == 1:
        return 18, 50
    return (28, 110) if number <= 10 else (36, 146)


def _basis(structure: Structure, basis: Basis) -> dict[str, Any]:
    special = _DIFFUSE if basis == "diffuse" else {}
    return {symbol: special.get(symbol, "6-31g*") for symbol in set(structure.symbols)}


def build_molecule(structure: Structure, basis: dict[str, Any]) -> Any:
    """PySCF's molecule, closed shell, in bohr."""
    gto, _, _ = pyscf_modules()
    atoms = list(zip(structure.symbols, structure.coordinates.tolist(), strict=True))
    return gto.M(
        atom=atoms, basis=basis, charge=structure.charge, spin=0, unit="Bohr", verbose=0, max_memory=_MEMORY_MB
    )


class Dft:
    """Gradients of one molecule; each starts from the density of the one before, until told to stay."""

    def __init__(self, structure: Structure, basis: Basis = "standard") -> None:
        pyscf_modules()
        self._structure = structure
        self._basis = _basis(structure, basis)
        self._grids = {s: _grid(int(n)) for s, n in zip(structure.symbols, structure.numbers, strict=True)}
        self._density: Any = None
        self._moving = True

    def _solve(self, structure: Structure) -> Any:
        _, dft, _ = pyscf_modules()
        field = dft.RKS(build_molecule(structure, self._basis), xc="b3lyp").density_fit(auxbasis=AUXILIARY)
        field.grids.atom_grid = self._grids
        field.conv_tol, field.conv_tol_grad, field.max_cycle = 1e-8, 2e-5, 60
        field.kernel(dm0=self._density)
        if not field.converged:
            field = field.newton()
            field.kernel()
        if not field.converged:
            raise NotConverged("the self-consistent field did not converge: check charge and structure")
        return field

    def gradient(self, coordinates: Array) -> tuple[float, Array]:
        """Energy (hartree) and gradient (N, 3) (hartree/bohr) at coordinates (N, 3) (bohr)."""
        field = self._solve(self._structure.at(coordinates))
        if self._moving or self._density is None:
            self._density = field.make_rdm1()
        gradient = np.array(field.nuc_grad_method().kernel(), dtype=np.float64)
        energy = float(field.e_tot)
        del field
        gc.collect()
        return energy, gradient

    def stay(self) -> None:
        """From now on start each time from the first density found from here: displacements around one geometry."""
        self._moving = False
