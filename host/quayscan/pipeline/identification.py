"""From a spectrum or a file to a verdict."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from functools import lru_cache
from pathlib import Path

from ..errors import InputError, UsageError
from ..formats import read_spectrum
from ..library import NIR, Library
from ..library.suited import suited
from ..match import MatchOptions, MatchResult, match, recipe_id
from ..match.axis_search import CONSTANTS as AXIS_CONSTANTS
from ..match.axis_search import AxisOff, axis_off
from ..match.barcode import barcode_constants, family_patterns
from ..match.declared import shipped_standard
from ..match.lamps import CONSTANTS as LAMP_CONSTANTS
from ..match.lamps import Lamp, lamp_in
from ..match.mixture import MixtureOptions, counts_sha256
from ..match.nir import match_nir, nir_recipe_id, pools_of
from ..preprocess import Features, prepare
from ..preprocess.nir import prepare_nir
from ..spectrum import Spectrum
from ..verdict import (
    Limits,
    Verdict,
    VerdictKind,
    decide,
    decide_declared,
    decide_declared_nir,
    decide_mixture,
    declared_goods,
    with_doubts,
    with_families,
)
from ..verdict.adequacy import may_be_displaced
from .one_thread import one_thread
from .request import Request


@dataclass(frozen=True, slots=True, kw_only=True)
class FileResult:
    """One file of a batch: its spectrum and verdict, or the error that kept it from having them."""

    file: str
    spectrum: Spectrum | None = None
    verdict: Verdict | None = None
    error: str | None = None


def identify(spectrum: Spectrum, library: Library | None = None, *, request: Request | None = None) -> Verdict:
    """Decide what a spectrum is: over Raman shift, or in the near infrared over wavelength.

    Parameters
    ----------
    library : what to compare with; the one that ships with quayscan for the spectrum's technique by default.
    request : jurisdictions, date and constants; all jurisdictions and today by default.

    Raises
    ------
    LibraryError
        The library is of the other technique.
    UsageError
        A wall was given for a near-infrared spectrum.
    """
    library = suited(library, spectrum)
    request = Request() if request is None else request
    with one_thread():
        if spectrum.axis_unit == NIR.unit:
            return _identify_nir(spectrum, library, request)
        return _identify_raman(spectrum, library, request)


def _identify_raman(spectrum: Spectrum, library: Library, request: Request) -> Verdict:
    features = prepare(spectrum)
    recipe = recipe_of(request)
    result = match(features, library, request.options)
    verdict = decide_mixture(
        features,
        result,
        _decide(result, library, request, recipe),
        library=library,
        options=request.mixtures,
        single=request.options,
        wall=request.wall,
    )
    verdict = _doubted(features, result, verdict, library, request)
    verdict = with_doubts(with_families(verdict, family_patterns(features)), library)
    if not request.declared:
        return verdict
    goods = declared_goods(request.declared, library)
    declared = decide_declared(features, goods, verdict, library=library, options=request.options)
    return replace(verdict, declared=declared)


def _doubted(features: Features, result: MatchResult, verdict: Verdict, library: Library, request: Request) -> Verdict:
    """Where little or nothing is named: whether room light or a wrong axis is why."""
    if not may_be_displaced(verdict):
        return verdict
    lamp = lamp_in(features) if verdict.verdict is VerdictKind.UNKNOWN else None
    axis = axis_off(features, library, request.options) if lamp is None else None
    if lamp is None and axis is None:
        return verdict
    return _decide(result, library, request, verdict.recipe, axis, lamp)


def recipe_of(request: Request, *, nir: bool = False) -> str:
    """The id of every constant in the way of a request's verdicts."""
    if nir:
        return nir_recipe_id(request.options, more=asdict(request.limits))
    return _recipe(request.options, request.limits, request.mixtures, declared=bool(request.declared))


@lru_cache(maxsize=8)
def _recipe(options: MatchOptions, limits: Limits, mixtures: MixtureOptions, *, declared: bool) -> str:
    """With the constants of the stages beside the comparison of single substances."""
    constants = {
        **asdict(limits),
        "axis": AXIS_CONSTANTS,
        "lamps": LAMP_CONSTANTS,
        "mixture": [asdict(mixtures), counts_sha256()],
        "families": barcode_constants(),
        **({"declared": shipped_standard().threshold} if declared else {}),
    }
    return recipe_id(options, more=constants)


def _identify_nir(spectrum: Spectrum, library: Library, request: Request) -> Verdict:
    if request.wall is not None:
        raise UsageError("a wall can be taken out of Raman spectra only: scan the goods themselves")
    result = match_nir(prepare_nir(spectrum), library)
    recipe = recipe_of(request, nir=True)
    verdict = with_doubts(_decide(result, library, request, recipe), library)
    if not request.declared:
        return verdict
    goods = declared_goods(request.declared, library)
    right = pools_of(library).right
    return replace(verdict, declared=decide_declared_nir(result, goods, verdict, right=right, options=request.options))


def _decide(
    result: MatchResult,
    library: Library,
    request: Request,
    recipe: str,
    axis: AxisOff | None = None,
    lamp: Lamp | None = None,
) -> Verdict:
    return decide(
        result,
        library=library,
        jurisdictions=request.jurisdictions,
        at=request.at,
        recipe=recipe,
        options=request.options,
        limits=request.limits,
        axis=axis,
        lamp=lamp,
    )


def identify_files(
    paths: Iterable[str | Path],
    library: Library | None = None,
    *,
    request: Request | None = None,
    laser_nm: float | None = None,
) -> Iterator[FileResult]:
    """Verdicts of files, in order. A bad file is a result with its error, and the next one follows."""
    request = Request() if request is None else request
    for path in paths:
        try:
            spectrum = read_spectrum(path, laser_nm=laser_nm)
            verdict = identify(spectrum, library, request=request)
        except InputError as exc:
            yield FileResult(file=str(path), error=str(exc))
        else:
            yield FileResult(file=str(path), spectrum=spectrum, verdict=verdict)
