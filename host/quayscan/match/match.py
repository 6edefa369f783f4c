"""`match`: screen the library, then judge the best candidates by what they leave unexplained."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ..library import Library
from ..preprocess import Features
from ..preprocess.envelope import band_part
from ..preprocess.grid import STEP_CM1, WINDOW
from .evidence import Evidence, MatchResult
from .options import MatchOptions
from .residual import Fit, Target, Template, background_chi, fit, template
from .screen import Screen, screen, shortlist


def match(features: Features, library: Library, options: MatchOptions | None = None) -> MatchResult:
    """Compare one spectrum with a library.

    Parameters
    ----------
    features : the prepared spectrum.
    library : references on the same grid.
    options : constants; the defaults when None.

    Returns
    -------
    MatchResult with evidence for the best candidates, best score first.
    """
    chosen = options if options is not None else MatchOptions()
    target = target_of(features)
    found = screen(features, library)
    rows = shortlist(found, chosen, lambda row: library.references[row].substance)
    return MatchResult(
        evidence=_judged(target, library, found, rows.tolist(), chosen),
        quality=features.quality,
        background_chi=background_chi(target, chosen.model),
    )


def judge(
    features: Features, library: Library, rows: Sequence[int], options: MatchOptions | None = None
) -> tuple[Evidence, ...]:
    """Evidence for chosen rows of a library, best score first, however they fare in the screen."""
    chosen = options if options is not None else MatchOptions()
    return _judged(target_of(features), library, screen(features, library), rows, chosen)


def target_of(features: Features) -> Target:
    """The spectrum within the matching window, as the residual fit takes it."""
    return Target(
        values=features.values[WINDOW],
        noise=features.variance[WINDOW],
        level=features.level[WINDOW],
        bands=features.bands[WINDOW],
        mask=features.mask[WINDOW],
    )


def _judged(
    target: Target, library: Library, found: Screen, rows: Sequence[int], options: MatchOptions
) -> tuple[Evidence, ...]:
    evidence = [_judge(target, library, found, row, options) for row in rows]
    return tuple(sorted(evidence, key=lambda one: (-one.score, -one.cosine, one.entry)))


def _judge(target: Target, library: Library, found: Screen, row: int, options: MatchOptions) -> Evidence:
    reference = library.references[row]
    better = found.cosine_sqrt[row] > found.cosine[row]
    steps = int(found.steps_sqrt[row] if better else found.steps[row])
    shape = _shape(library, row, steps)
    by_reference, by_both = (_fit(target, shape, options, symmetric=both) for both in (False, True))
    mean = (np.arctanh(by_reference.explained) + np.arctanh(by_both.explained)) / 2
    return Evidence(
        entry=row,
        substance=reference.substance,
        name=reference.name,
        grade=reference.grade,
        origin=reference.origin,
        score=float(np.tanh(mean)),
        d_ref=by_reference.explained,
        d_sym=by_both.explained,
        cosine=float(found.cosine[row]),
        cosine_sqrt=float(found.cosine_sqrt[row]),
        shift_cm1=STEP_CM1 * steps + by_both.shift_cm1,
        scale=by_both.scale,
        chi=by_both.chi,
        background_chi=by_both.background_chi,
    )


def _shape(library: Library, row: int, steps: int) -> Template:
    values = np.asarray(library.spectra[row], dtype=np.float64)
    mask = library.masks(slice(row, row + 1))[0]
    return template(values, band_part(values, mask), mask, steps)


def _fit(target: Target, shape: Template, options: MatchOptions, *, symmetric: bool) -> Fit:
    return fit(
        target,
        shape,
        options.model,
        symmetric=symmetric,
        passes=options.passes,
        noise_credit=options.noise_credit,
    )
