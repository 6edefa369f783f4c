"""How well the shipped near-infrared references draw their spectra, and whether they recognise others."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from quayscan_spectra.nir import VALID_NM, nir_references, synthesise_nir
from quayscan_spectra.profile import Array

from .nir_curvature import cosine, second_derivative
from .nir_sources import REFERENCE_OPERATORS, file_substances, operator_means, read_scans


@dataclass(frozen=True, slots=True, kw_only=True)
class NirTrial:
    """One scan against all references: the substance it is, the one that came first, and the lead of the truth.

    `lead` is the cosine with the true reference less the best other one: negative when the answer is wrong.
    """

    substance: str
    operator: int
    first: str
    lead: float


def nir_fit_quality(data: Path) -> dict[str, float]:
    """Substance id -> cosine of second derivatives, drawn against the mean that it was fitted to."""
    drawn = {one.substance: one for one in nir_references()}
    found: dict[str, float] = {}
    for stem, identifier in file_substances().items():
        axis, by_operator = operator_means(data, stem, REFERENCE_OPERATORS)
        _, operator = second_derivative(axis, *VALID_NM)
        curve = synthesise_nir(drawn[identifier], axis)
        found[identifier] = cosine(operator @ by_operator.mean(axis=0), operator @ curve)
    return found


def nir_trials(data: Path, operators: tuple[int, ...]) -> list[NirTrial]:
    """Every scan of these operators as a query against all references, by cosine of second derivatives."""
    names = [one.substance for one in nir_references()]
    return [
        _trial(identifier, operator, names, scores)
        for stem, identifier in file_substances().items()
        for operator in operators
        for scores in _scores(*read_scans(data, stem, operator))
    ]


def _scores(axis: Array, scans: Array) -> Array:
    """Cosines (R, S) of scans (R, N) with every reference."""
    _, operator = second_derivative(axis, *VALID_NM)
    library = np.array([operator @ synthesise_nir(one, axis) for one in nir_references()])
    queries = scans @ operator.T
    products = queries @ library.T
    return np.asarray(
        products / np.linalg.norm(queries, axis=1)[:, None] / np.linalg.norm(library, axis=1), dtype=np.float64
    )


def _trial(truth: str, operator: int, names: list[str], scores: Array) -> NirTrial:
    at = names.index(truth)
    return NirTrial(
        substance=truth,
        operator=operator,
        first=names[int(scores.argmax())],
        lead=float(scores[at] - np.delete(scores, at).max()),
    )
