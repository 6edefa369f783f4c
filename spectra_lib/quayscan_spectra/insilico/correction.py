"""Corrects a prior Hessian by a few gradients: a Gaussian process over pairs of internal coordinates.

The correction is a sum of theta_ij (b_i b_j^T + b_j b_i^T) over rows of the B matrix. Each theta has an expected size
and is part shared by its class, part its own. How large both parts and the noise are, the gradients decide: the
marginal likelihood is largest (Rasmussen and Williams, Gaussian Processes for Machine Learning, 2006, section 5.4).
"""

from dataclasses import dataclass

import numpy as np
from scipy.linalg import cho_factor, cho_solve
from scipy.optimize import minimize

from .expectation import Expectation
from .units import Array

# Natural logarithms of the shared part, the own part and the noise (hartree/bohr): centre and width of what is
# expected of them, from small molecules. The own part and the noise are held tightly: with few gradients the likelihood
# has a second maximum, where half of what the prior does wrong passes for noise.
_CENTRE = np.array([np.log(0.3), np.log(0.7), np.log(2e-5)])
_WIDTH = np.array([0.7, 0.1, 0.3])
_BOUNDS = ((-5.0, 3.0), (-5.0, 3.0), (np.log(1e-6), np.log(1e-2)))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Correction:
    """The correction (3N, 3N) in hartree/bohr^2 and what was learned about its parts and the noise (hartree/bohr)."""

    hessian: Array
    shared: float
    own: float
    noise: float


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Design:
    features: Array  # (P, D): the change of the gradient for a theta of its expected size
    by_class: Array  # (G, D): their sums over the classes
    own: Array  # (D, D)
    shared: Array  # (D, D)


def _features(b_matrix: Array, moves: Array, expected: Expectation, basis: Array) -> Array:
    rows = b_matrix @ basis
    along = moves @ b_matrix.T
    i, j = expected.first, expected.second
    size = expected.deviation * np.where(i == j, 0.5, 1.0)
    left = np.einsum("pd,kp->pkd", rows[i] * size[:, None], along[:, j])
    left += np.einsum("pd,kp->pkd", rows[j] * size[:, None], along[:, i])
    return np.asarray(left.reshape(len(i), -1), dtype=np.float64)


def _design(b_matrix: Array, moves: Array, expected: Expectation, basis: Array) -> _Design:
    features = _features(b_matrix, moves, expected, basis)
    by_class = np.zeros((int(expected.group.max()) + 1, features.shape[1]))
    np.add.at(by_class, expected.group, features)
    return _Design(features=features, by_class=by_class, own=features.T @ features, shared=by_class.T @ by_class)


def _covariance(design: _Design, logs: Array) -> Array:
    shared, own, noise = np.exp(2.0 * logs)
    return np.asarray(shared * design.shared + own * design.own + noise * np.eye(len(design.own)), dtype=np.float64)


def _cost(logs: Array, design: _Design, data: Array) -> float:
    """Minus the logarithm of the marginal likelihood and of what is expected of the three numbers."""
    factor = cho_factor(_covariance(design, logs), lower=True)
    fit = 0.5 * float(data @ cho_solve(factor, data)) + float(np.log(np.diag(factor[0])).sum())
    return fit + 0.5 * float((((logs - _CENTRE) / _WIDTH) ** 2).sum())


def correction(b_matrix: Array, moves: Array, changes: Array, expected: Expectation) -> Correction:
    """The correction that explains how the true gradient changes differently from the prior's.

    Parameters
    ----------
    b_matrix : (Q, 3N) float64
    moves : (K, 3N) float64
        Displacements from the minimum without rigid motion, bohr.
    changes : (K, 3N) float64
        Change of the true gradient minus change of the prior's, hartree/bohr.
    expected : Expectation

    Returns
    -------
    Correction
    """
    _, sizes, rows = np.linalg.svd(b_matrix, full_matrices=False)
    basis = rows[sizes > 1e-6 * sizes[0]].T
    design = _design(b_matrix, moves, expected, basis)
    data = (changes @ basis).ravel()
    best = minimize(
        _cost,
        _CENTRE,
        (design, data),
        method="Nelder-Mead",
        bounds=_BOUNDS,
        options={"xatol": 0.05, "fatol": 0.05},
    )
    weights = cho_solve(cho_factor(_covariance(design, best.x), lower=True), data)
    shared, own, noise = np.exp(best.x)
    theta = shared**2 * (design.by_class @ weights)[expected.group] + own**2 * (design.features @ weights)
    couplings = np.zeros((len(b_matrix), len(b_matrix)))
    couplings[expected.first, expected.second] += 0.5 * theta * expected.deviation
    couplings[expected.second, expected.first] += 0.5 * theta * expected.deviation
    couplings[np.triu_indices_from(couplings, 1)] *= 2.0
    couplings[np.tril_indices_from(couplings, -1)] *= 2.0
    return Correction(
        hessian=b_matrix.T @ couplings @ b_matrix, shared=float(shared), own=float(own), noise=float(noise)
    )
