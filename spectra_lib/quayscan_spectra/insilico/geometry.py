"""Walks to the nearest minimum: Newton steps on a given Hessian, kept up to date by BFGS."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from .errors import NotConverged
from .structure import without_rigid_motion
from .units import Array

GradientOf = Callable[[Array], tuple[float, Array]]

_LEAST_CURVATURE = 5e-4  # hartree/bohr^2: softer directions are stepped along as if they were this stiff
_LEAST_TRUST = 0.01  # bohr
_STALE = 40  # gradients after which a Hessian kept up by BFGS has lost a floppy molecule's soft directions


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Minimum:
    """Where a walk ended: coordinates (N, 3) bohr, energy hartree, gradient (N, 3), and how many gradients it took."""

    coordinates: Array
    energy: float
    gradient: Array
    evaluations: int


def _newton_step(hessian: Array, gradient: Array, projector: Array, trust: float) -> Array:
    values, vectors = np.linalg.eigh(projector @ hessian @ projector)
    along = vectors.T @ gradient
    step = -projector @ (vectors @ (along / np.maximum(np.abs(values), _LEAST_CURVATURE)))
    longest = np.abs(step).max()
    return np.asarray(step * min(1.0, trust / longest), dtype=np.float64)


def _updated(hessian: Array, step: Array, change: Array) -> Array:
    """BFGS (Nocedal and Wright, Numerical Optimization, 2006, equation 6.19)."""
    curvature = step @ change
    if curvature <= 1e-4 * (step @ step) * _LEAST_CURVATURE:
        return hessian
    pushed = hessian @ step
    denominator = step @ pushed
    if denominator <= 0:
        return hessian
    return np.asarray(
        hessian + np.outer(change, change) / curvature - np.outer(pushed, pushed) / denominator, dtype=np.float64
    )


def minimise(
    gradient_of: GradientOf,
    start: Array,
    hessian: Array,
    *,
    tolerance: float,
    trust: float = 0.15,
    most: int = 40,
    hessian_of: Callable[[Array], Array] | None = None,
) -> Minimum:
    """The minimum near a start.

    Parameters
    ----------
    gradient_of : callable
        Coordinates (N, 3) to energy and gradient (N, 3).
    start : (N, 3) float64
        bohr.
    hessian : (3N, 3N) float64
        A guess, hartree/bohr^2.
    tolerance : float
        The largest gradient component that ends the walk, hartree/bohr, after rigid motion is taken out.
    trust : float
        The farthest that one component moves in a step, bohr; halved when the energy rises.
    most : int
        The most gradients that may be taken.
    hessian_of : callable
        Coordinates (N, 3) to a Hessian, asked for anew whenever the walk gets long.

    Raises
    ------
    NotConverged
        When they are used up.
    """
    place = start.ravel()
    energy, gradient = gradient_of(place.reshape(start.shape))
    for count in range(1, most + 1):
        projector = without_rigid_motion(place.reshape(start.shape))
        pull = projector @ gradient.ravel()
        if np.abs(pull).max() < tolerance:
            return Minimum(coordinates=place.reshape(start.shape), energy=energy, gradient=gradient, evaluations=count)
        step = _newton_step(hessian, pull, projector, trust)
        before = energy, gradient
        place = place + step
        energy, gradient = gradient_of(place.reshape(start.shape))
        if hessian_of is not None and count % _STALE == 0:
            hessian = hessian_of(place.reshape(start.shape))
        else:
            hessian = _updated(hessian, step, (gradient - before[1]).ravel())
        trust = max(trust / 2.0, _LEAST_TRUST) if energy > before[0] else trust
    raise NotConverged(
        f"no minimum after {most} gradients: the largest component is still {np.abs(pull).max():.1e} hartree/bohr"
    )
