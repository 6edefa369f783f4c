"""The one place that composes the stages: a spectrum, a file or a device in, a verdict out."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import quayscan_spectra
from quayscan_hardware import load_board

from .calibrate import applied_json, apply_state, load_state, require_unlocked
from .device import DeviceClient, Progress, ScanSettings
from .errors import DeviceError, InputError, UsageError
from .exposure import Exposure
from .formats import read_spectrum
from .library import NIR, Library
from .library.suited import suited
from .link import open_link
from .match import MatchOptions, MatchResult, match, recipe_id
from .match.axis_search import CONSTANTS as AXIS_CONSTANTS
from .match.axis_search import AxisOff, axis_off
from .match.barcode import barcode_constants, family_patterns
from .match.declared import shipped_standard
from .match.mixture import MixtureOptions
from .match.nir import match_nir, nir_recipe_id, pools_of
from .preprocess import prepare
from .preprocess.nir import prepare_nir
from .record import RecordStore
from .record.row import make_body
from .report import verdict_json
from .report.device_screen import device_screen
from .spectrum import Spectrum
from .verdict import (
    Limits,
    Verdict,
    decide,
    decide_declared,
    decide_declared_nir,
    decide_mixture,
    declared_goods,
    with_families,
)
from .verdict.adequacy import may_be_displaced


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What is asked about every spectrum of a run.

    Attributes
    ----------
    jurisdictions : regimes asked about; all that the tables have by default.
    at : date on which the controls are read; today here by default.
    options, limits : constants of the comparison and of the quality gate.
    declared : what the papers say the goods are, by name, CAS number or customs code; "" when nobody asks.
    mixtures : constants of the unmixing.
    wall : the empty container, measured on the same unit, when the sample is scanned through it.

    Raises
    ------
    UsageError
        A regime is not known; the message lists those that are.
    """

    jurisdictions: Sequence[str] = field(default_factory=quayscan_spectra.regimes)
    at: date = field(default_factory=date.today)
    options: MatchOptions = field(default_factory=MatchOptions)
    limits: Limits = field(default_factory=Limits)
    declared: str = ""
    mixtures: MixtureOptions = field(default_factory=MixtureOptions)
    wall: Spectrum | None = None

    def __post_init__(self) -> None:
        known = quayscan_spectra.regimes()
        unknown = [regime for regime in self.jurisdictions if regime not in known]
        if unknown or not self.jurisdictions:
            what = f"jurisdiction {unknown[0]!r} is not known" if unknown else "no jurisdiction was given"
            raise UsageError(f"{what}: use one or more of {', '.join(known)}")


@dataclass(frozen=True, slots=True, kw_only=True)
class FileResult:
    """One file of a batch: its spectrum and verdict, or the error that kept it from having them."""

    file: str
    spectrum: Spectrum | None = None
    verdict: Verdict | None = None
    error: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanResult:
    """One scan: what the device measured, what it looks like, what it is.

    `device` tells which port, board and interpreter measured it and what the link cost; `record` is the stored
    row's id.
    """

    exposure: Exposure
    spectrum: Spectrum
    verdict: Verdict
    device: Mapping[str, Any]
    record: int | None = None


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
    if spectrum.axis_unit == NIR.unit:
        if request.wall is not None:
            raise UsageError("a wall can be taken out of Raman spectra only: scan the goods themselves")
        return _identify_nir(spectrum, library, request)
    features = prepare(spectrum)
    recipe = recipe_id(request.options, more=_constants(request))
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
    if may_be_displaced(verdict):
        axis = axis_off(features, library, request.options)
        verdict = verdict if axis is None else _decide(result, library, request, recipe, axis)
    verdict = with_families(verdict, family_patterns(features))
    if not request.declared:
        return verdict
    goods = declared_goods(request.declared, library)
    declared = decide_declared(features, goods, verdict, library=library, options=request.options)
    return replace(verdict, declared=declared)


def _constants(request: Request) -> Mapping[str, object]:
    """Constants of the stages beside the comparison of single substances."""
    return {
        **asdict(request.limits),
        "axis": AXIS_CONSTANTS,
        "mixture": asdict(request.mixtures),
        "families": barcode_constants(),
        **({"declared": shipped_standard().threshold} if request.declared else {}),
    }


def _identify_nir(spectrum: Spectrum, library: Library, request: Request) -> Verdict:
    result = match_nir(prepare_nir(spectrum), library)
    recipe = nir_recipe_id(request.options, more=asdict(request.limits))
    verdict = _decide(result, library, request, recipe)
    if not request.declared:
        return verdict
    goods = declared_goods(request.declared, library)
    right = pools_of(library).right
    return replace(verdict, declared=decide_declared_nir(result, goods, verdict, right=right, options=request.options))


def _decide(
    result: MatchResult, library: Library, request: Request, recipe: str, axis: AxisOff | None = None
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


def scan(
    device: DeviceClient,
    library: Library | None = None,
    *,
    request: Request | None = None,
    settings: ScanSettings | None = None,
    store: RecordStore | None = None,
    sample: str = "",
    override: str = "",
    on_progress: Callable[[Progress], None] = lambda progress: None,
) -> ScanResult:
    """Measure once with a device and decide what it saw.

    The device keeps its exposure until the record is stored (or, without a store, until it is here whole).

    Parameters
    ----------
    settings : the board's default exposure by default.
    store : where the record goes; none is kept when None.
    sample : what the operator calls it; kept in the record.
    override : who answers for a scan with a device that failed its check; kept in the record.

    Raises
    ------
    CalibrationLocked
        The device failed its check and nobody answers for it: nothing was measured.
    CalibrationError
        What this host knows of the device cannot be used.
    DeviceError, SafetyFault
        As `DeviceClient.measure` says.
    RecordError
        The record could not be stored; the device still holds the exposure.
    """
    request = Request() if request is None else request
    require_unlocked(load_state(device.info.uid), override=override)
    exposure = device.measure(settings or default_settings(device.info.board), on_progress)
    result = _conclude(device, exposure, library, request, store, sample, override)
    _show(device, result.verdict)
    return result


def _show(device: DeviceClient, verdict: Verdict) -> None:
    """The decision on the device's own display: a courtesy, on which nothing depends; the record is stored."""
    if not device.link.details.get("replayed"):
        with contextlib.suppress(DeviceError):  # an older firmware, or a link that has just gone
            device.show(device_screen(verdict))


def recover(
    device: DeviceClient, library: Library | None = None, *, request: Request | None = None, store: RecordStore
) -> Iterator[ScanResult]:
    """Exposures that a device still holds from an earlier session: each is decided, stored, released.

    One whose record is here already, because the link was lost before the device knew, is only released. What is
    declared now was not declared for them, and a wall was not theirs.
    """
    request = Request() if request is None else replace(request, declared="", wall=None)
    while exposure_id := device.pending():
        exposure = device.fetch(exposure_id)
        if store.holding(exposure.blob):
            device.release(exposure_id)
        else:
            yield _conclude(device, exposure, library, request, store, "recovered")


def _conclude(
    device: DeviceClient,
    exposure: Exposure,
    library: Library | None,
    request: Request,
    store: RecordStore | None,
    sample: str,
    override: str = "",
) -> ScanResult:
    """Decide about an exposure, store the record, and only then release it."""
    state = load_state(exposure.uid)
    spectrum = apply_state(exposure, state, now=datetime.now(UTC), override=override, title=sample)
    verdict = identify(spectrum, library, request=request)
    measured = {
        "port": device.link.name,
        "board": exposure.board,
        "uid": exposure.uid,
        "implementation": exposure.implementation,
        "authenticated": exposure.authenticated,
        "seed": device.link.details.get("seed"),
        "link": asdict(device.counts),
        "calibration": applied_json(state, override=override),
        "exposure": {
            "exposure_us": exposure.exposure_us,
            "averages": exposure.averages,
            "laser_mw": exposure.laser_mw,
            "found": None if exposure.found is None else asdict(exposure.found),
        },
    }
    record = None
    if store is not None:
        line = verdict_json(verdict, sample=sample, device=measured)
        record = keep(store, "scan", line, spectrum, exposure, request.wall)
    device.release(exposure.exposure_id)
    return ScanResult(exposure=exposure, spectrum=spectrum, verdict=verdict, device=measured, record=record)


def open_device(port: str, **sim_options: Any) -> DeviceClient:
    """A session with the device at a port.

    Parameters
    ----------
    port : "sim:raman785", "replay:FILE", a serial port, or any pyserial URL.
    sim_options : sample, seed, speed; for `sim:` only.

    Raises
    ------
    PortNotFound, LinkLost, ProtocolMismatch, SimUnavailable
        As each says.
    """
    return DeviceClient(open_link(port, **sim_options))


def default_settings(board: str) -> ScanSettings:
    """A board's own default exposure.

    Raises
    ------
    UsageError
        The board is not known here.
    """
    try:
        chosen = load_board(board).scan
    except ValueError as exc:
        raise UsageError(str(exc)) from exc
    return ScanSettings(exposure_us=chosen.exposure_us, averages=chosen.averages)


def keep(
    store: RecordStore,
    kind: str,
    verdict: Mapping[str, Any],
    spectrum: Spectrum,
    exposure: Exposure | None = None,
    wall: Spectrum | None = None,
) -> int:
    """Store a verdict's JSON with its evidence; the record's id. The body itself has no id: the row has."""
    content = {key: value for key, value in verdict.items() if key != "record"}
    body = make_body(kind, content, spectrum, exposure, wall)
    return store.append(body, datetime.now(UTC).isoformat(timespec="milliseconds")).id
