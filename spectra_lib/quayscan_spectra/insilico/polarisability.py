"""How the polarisability changes with each nucleus: second differences of B3LYP gradients in thirteen weak fields.

The basis is small and diffuse, as the rDPS sets made for Raman intensities (Quinet et al., J. Chem. Theory Comput. 1
(2005) 444, 10.1021/ct049955x): 3-21++G and one p function of exponent 0.2 on hydrogen.
"""

import gc
from typing import Any

import numpy as np

from .dft import AUXILIARY, build_molecule, pyscf_modules
from .errors import NotConverged
from .structure import Structure
from .units import Array

FIELD = 0.002  # atomic units
_H_EXPONENT = 0.2

Direction = tuple[int, int, int]
DIRECTIONS: tuple[Direction, ...] = (
    (0, 0, 0),
    (1, 0, 0),
    (-1, 0, 0),
    (0, 1, 0),
    (0, -1, 0),
    (0, 0, 1),
    (0, 0, -1),
    (1, 1, 0),
    (-1, -1, 0),
    (1, 0, 1),
    (-1, 0, -1),
    (0, 1, 1),
    (0, -1, -1),
)


def _mirror(direction: Direction) -> Direction:
    return -direction[0], -direction[1], -direction[2]


def _parts(direction: Direction) -> list[Direction]:
    """The directions along single axes that add up to this one."""
    x, y, z = direction
    return [one for one in ((x, 0, 0), (0, y, 0), (0, 0, z)) if any(one)]


def _basis(symbols: tuple[str, ...]) -> dict[str, Any]:
    gto, _, _ = pyscf_modules()
    basis: dict[str, Any] = {}
    for symbol in set(symbols):
        try:
            basis[symbol] = gto.basis.load("3-21++g", symbol)
        except (KeyError, gto.basis.BasisNotFoundError):
            basis[symbol] = gto.basis.load("6-31+g*", symbol)
    if "H" in basis:
        basis["H"] = [*basis["H"], [1, [_H_EXPONENT, 1.0]]]
    return basis


class FieldGradients:
    """Gradients of one molecule in weak uniform fields; each starts from the densities of those before."""

    def __init__(self, structure: Structure) -> None:
        _, dft, _ = pyscf_modules()
        self._molecule = build_molecule(structure, _basis(structure.symbols))
        self._field = dft.RKS(self._molecule, xc="b3lyp").density_fit(auxbasis=AUXILIARY)
        self._field.grids.level = 0
        self._field.conv_tol, self._field.conv_tol_grad, self._field.max_cycle = 1e-11, 1e-6, 80
        self._core = self._field.get_hcore()
        with self._molecule.with_common_origin((0.0, 0.0, 0.0)):
            self._dipole = self._molecule.intor_symmetric("int1e_r")
            size = self._molecule.nao
            self._dipole_slope = self._molecule.intor("int1e_irp").reshape(3, 3, size, size)
        self._densities: dict[Direction, Any] = {}

    def _guess(self, direction: Direction) -> Any:
        """The density to start from: extrapolated from those known, in second order of the field where they allow."""
        rest: Any = self._densities.get((0, 0, 0))
        mirrored = self._densities.get(_mirror(direction))
        parts: list[Any] = [self._densities.get(one) for one in _parts(direction)]
        opposite: list[Any] = [self._densities.get(_mirror(one)) for one in _parts(direction)]
        if rest is None or any(part is None for part in parts + opposite if len(parts) == 2):
            return rest
        if len(parts) == 2:
            guess = parts[0] + parts[1] - rest
            return guess if mirrored is None else guess + mirrored - opposite[0] - opposite[1] + rest
        return rest if mirrored is None else 2.0 * rest - mirrored

    def gradient(self, direction: Direction) -> Array:
        """The electrons' gradient (N, 3), hartree/bohr, in a field of `FIELD` times the direction.

        The field's pull on the nuclei is left out: it is linear in the field and has no second difference.

        Raises
        ------
        NotConverged
            When the self-consistent field does not converge.
        """
        field = np.array(direction) * FIELD
        core = self._core + np.einsum("x,xij->ij", field, self._dipole)
        self._field.get_hcore = lambda *_: core
        self._field.kernel(dm0=self._guess(direction))
        if not self._field.converged:
            raise NotConverged("the self-consistent field in a weak electric field did not converge")
        self._densities[direction] = self._field.make_rdm1()
        slope = np.einsum("x,xbij->bji", field, self._dipole_slope)
        solver = self._field.nuc_grad_method()
        plain = solver.get_hcore(self._molecule)
        solver.get_hcore = lambda *_: plain - slope
        gradient = np.array(solver.kernel(), dtype=np.float64)
        del solver
        gc.collect()
        return gradient


def polarisability_gradient(gradients: dict[Direction, Array]) -> Array:
    """Second differences of the thirteen gradients.

    Parameters
    ----------
    gradients : mapping from direction to (N, 3) float64

    Returns
    -------
    (3N, 3, 3) float64
        Change of the polarisability tensor with each coordinate, bohr^2.
    """
    flat = {key: value.ravel() for key, value in gradients.items()}
    rest = flat[0, 0, 0]

    def second(direction: Direction) -> Array:
        return np.asarray(flat[direction] + flat[_mirror(direction)] - 2.0 * rest, dtype=np.float64)

    result = np.zeros((len(rest), 3, 3))
    for axis, one in enumerate(((1, 0, 0), (0, 1, 0), (0, 0, 1))):
        result[:, axis, axis] = -second(one) / FIELD**2
    for pair in ((1, 1, 0), (1, 0, 1), (0, 1, 1)):
        i, j = (axis for axis in range(3) if pair[axis])
        mixed = second(pair) - sum(second(one) for one in _parts(pair))
        result[:, i, j] = result[:, j, i] = -mixed / (2.0 * FIELD**2)
    return result
