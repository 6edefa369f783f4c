"""Measure a reference: expose, check that it is good enough to be one, and say where it comes from."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from ..calibrate import calibrate, load_state, require_unlocked
from ..device import DeviceClient, Progress, ScanSettings
from ..errors import LibraryError
from ..exposure import Exposure
from ..library import NIR, Library, Reference
from ..library.suited import row_of
from ..match import MatchOptions, match
from ..preprocess import prepare
from ..preprocess.nir import prepare_nir
from ..spectrum import Spectrum
from ..verdict import Limits
from ..verdict.adequacy import Inadequacy, inadequacy
from ..verdict.adequacy_nir import nir_inadequacy
from .entries import Entry
from .names import substance_of
from .nir_doubts import session_of


def acquire(
    device: DeviceClient,
    name: str,
    *,
    settings: ScanSettings,
    on: date,
    second: Library,
    repeats: int = 1,
    on_progress: Callable[[Progress], None] = lambda progress: None,
) -> list[Entry]:
    """Measure `name` so many times; the repeats become one entry when a library is made of them.

    Parameters
    ----------
    name : a substance's name, synonym or CAS number, or any other name.
    on : the day, for the provenance.
    second : library that the quality check compares with.

    Raises
    ------
    LibraryError
        A spectrum is not good enough for a reference: saturated, weak, without bands; says what to do.
    CalibrationLocked
        The device failed its check: a reference must not be measured on its axis.
    DeviceError, SafetyFault
        As `DeviceClient.measure` says.
    """
    state = load_state(device.info.uid)
    require_unlocked(state)
    known = None if state is None else state.calibration
    entries = []
    for _ in range(repeats):
        exposure = device.measure(settings, on_progress)
        device.release(exposure.exposure_id)
        spectrum = calibrate(exposure, known, title=name)
        require_quality(spectrum, second)
        entries.append((row_of(spectrum, name=name), _reference(name, spectrum, exposure, on)))
    return entries


def require_quality(spectrum: Spectrum, second: Library) -> None:
    """Return when a spectrum is good enough for a reference.

    Raises
    ------
    LibraryError
        It is not: what a verdict would call inadequate, or any pixel saturated.
    """
    failing = _failing(spectrum, second, Limits(saturated=0.0))
    if failing is not None:
        raise LibraryError(f"'{spectrum.title}' is no reference yet: {failing.finding} {failing.remedy}")


def _failing(spectrum: Spectrum, second: Library, limits: Limits) -> Inadequacy | None:
    if spectrum.axis_unit == NIR.unit:
        return nir_inadequacy(prepare_nir(spectrum).quality, limits)
    return inadequacy(match(prepare(spectrum), second), MatchOptions(), limits)


def _reference(name: str, spectrum: Spectrum, exposure: Exposure, on: date) -> Reference:
    nir = spectrum.axis_unit == NIR.unit
    laser = "not stated" if spectrum.laser_nm is None else f"{spectrum.laser_nm:g}"
    return Reference(
        substance=substance_of(name),
        name=name,
        grade="measured",
        provenance={
            "source": f"{name} measured on {on.isoformat()} (exposure {exposure.exposure_id})",
            "licence": "the user's own",
            "instrument": spectrum.instrument,
            "laser_nm": "none" if nir else laser,
            "exposure": f"{exposure.averages} x {exposure.exposure_us} us",
            "authenticated": "yes" if exposure.authenticated else "no",
            **(session_of(on.isoformat(), spectrum.instrument) if nir else {}),
        },
    )
