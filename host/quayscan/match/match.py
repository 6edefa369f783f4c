"""`match`: screen the library, then judge the best candidates by what they leave unexplained."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ..library import Library
from ..preprocess import Features
from ..preprocess.grid import STEP_CM1, WINDOW, BoolArray, FloatArray
from .computed import computed_entries, computed_evidence
from .conformal import FAINT_CHI, Calibration, Channel, null_scores
from .contradiction import contradiction
from .evidence import Evidence, MatchResult
from .kept import Kept
from .options import MatchOptions
from .prepared import bands_of, compared_rows
from .residual import Fit, Target, Template, background_chi, fits, template
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
    rows = shortlist(found, chosen, lambda row: library.references[row].substance, compared_rows(library))
    chi = background_chi(target, chosen.model)
    calibration = _calibration("measured", library, chosen, faint=chi < FAINT_CHI)
    by_structure = _calibration("computed", library, chosen)
    evidence = _judged(target, library, found, rows.tolist(), chosen, calibration)
    return MatchResult(
        evidence=evidence,
        quality=features.quality,
        background_chi=chi,
        contradiction=contradiction(features, library, evidence[0]) if evidence else None,
        calibration=calibration,
        computed=computed_evidence(features, library, by_structure),
        computed_calibration=by_structure,
    )


def judge(
    features: Features, library: Library, rows: Sequence[int], options: MatchOptions | None = None
) -> tuple[Evidence, ...]:
    """Evidence for chosen rows of a library, best score first, however they fare in the screen."""
    chosen = options if options is not None else MatchOptions()
    target = target_of(features)
    faint = background_chi(target, chosen.model) < FAINT_CHI
    calibration = _calibration("measured", library, chosen, faint=faint)
    return _judged(target, library, screen(features, library), rows, chosen, calibration)


def target_of(features: Features) -> Target:
    """The spectrum within the matching window, as the residual fit takes it."""
    return Target(
        values=features.values[WINDOW],
        noise=features.variance[WINDOW],
        level=features.level[WINDOW],
        bands=features.bands[WINDOW],
        mask=features.mask[WINDOW],
    )


def _calibration(
    channel: Channel, library: Library, options: MatchOptions, *, faint: bool = False
) -> Calibration | None:
    """The pool of null scores for this library; None where it was made with other constants."""
    if not options.calibrated:
        return None
    if channel == "computed":
        return Calibration(null=null_scores(channel, shipped=True), entries=computed_entries(library).rows.size)
    return Calibration(null=null_scores(channel, library.seal.shipped, faint), entries=compared_rows(library).size)


def _judged(
    target: Target,
    library: Library,
    found: Screen,
    rows: Sequence[int],
    options: MatchOptions,
    calibration: Calibration | None,
) -> tuple[Evidence, ...]:
    steps = [_steps(found, row) for row in rows]
    shapes = [_shape(library, row, own) for row, own in zip(rows, steps, strict=True)]
    by_reference, by_both = both_directions(target, shapes, options)
    evidence = [
        _evidence(library, found, *one, calibration) for one in zip(rows, steps, by_reference, by_both, strict=True)
    ]
    return tuple(sorted(evidence, key=lambda one: (-one.score, -one.cosine, one.entry)))


def both_directions(target: Target, shapes: Sequence[Template], options: MatchOptions) -> tuple[list[Fit], list[Fit]]:
    """Each shape's fit weighted by its own bands, and by either side's."""
    count = len(shapes)
    if not count:
        return [], []
    found = fits(
        target,
        [*shapes, *shapes],
        options.model,
        symmetric=[False] * count + [True] * count,
        passes=options.passes,
        noise_credit=options.noise_credit,
        promising=lambda explained: np.tile(_near_best(explained.reshape(2, count), options.hopeless), 2),
    )
    return found[:count], found[count:]


def _near_best(explained: FloatArray, hopeless: float) -> BoolArray:
    """(K,) bool of (2, K) explained amounts: which references further passes could still bring to the front."""
    reached = np.arctanh(explained).mean(axis=0)
    near: BoolArray = reached >= reached.max() - hopeless
    return near


def _steps(found: Screen, row: int) -> int:
    better = found.cosine_sqrt[row] > found.cosine[row]
    return int(found.steps_sqrt[row] if better else found.steps[row])


def _evidence(
    library: Library,
    found: Screen,
    row: int,
    steps: int,
    by_reference: Fit,
    by_both: Fit,
    calibration: Calibration | None,
) -> Evidence:
    reference = library.references[row]
    score = float(np.tanh((np.arctanh(by_reference.explained) + np.arctanh(by_both.explained)) / 2))
    return Evidence(
        entry=row,
        substance=reference.substance,
        name=reference.name,
        grade=reference.grade,
        origin=reference.origin,
        score=score,
        d_ref=by_reference.explained,
        d_sym=by_both.explained,
        cosine=float(found.cosine[row]),
        cosine_sqrt=float(found.cosine_sqrt[row]),
        shift_cm1=STEP_CM1 * steps + by_both.shift_cm1,
        scale=by_both.scale,
        chi=by_both.chi,
        background_chi=by_both.background_chi,
        p_value=None if calibration is None else calibration.p_value(score),
    )


MOST_SHAPES = 512
"""Templates kept for each library: 14 MB."""

_SHAPES: Kept[tuple[int, int], Template] = Kept(MOST_SHAPES)


def _shape(library: Library, row: int, steps: int) -> Template:
    return _SHAPES.get(library, (row, steps), lambda: _made_shape(library, row, steps))


def _made_shape(library: Library, row: int, steps: int) -> Template:
    values = np.asarray(library.spectra[row], dtype=np.float64)
    mask = library.masks(slice(row, row + 1))[0]
    return template(values, bands_of(library, row), mask, steps)
