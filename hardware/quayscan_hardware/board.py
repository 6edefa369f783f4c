"""`Board`: one board definition, read from `boards/NAME.toml`, the one source for firmware, bench and rig."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]

POWER_UNITS_PER_MW = 10
"""Light power travels in 0.1 mW (protocol, SCAN)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Detector:
    """The detector and its converter. Electrons, counts, seconds and degrees Celsius, as the names say."""

    part: str
    pixels: int
    adc_max: int
    adc_offset: float
    gain_e_per_count: float
    full_well_e: float
    read_noise_e: float
    dark_e_per_s: float
    dark_reference_c: float
    dark_doubling_c: float
    dark_spread: float
    response_spread: float
    hot_pixels: int
    hot_factor: float
    cosmic_per_s: float
    temp_c: float
    temp_range_c: tuple[float, float]
    min_exposure_us: int
    max_exposure_us: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Optics:
    """Nominal optics: `wavelength_nm` holds polynomial coefficients, lowest power first, in pixels."""

    wavelength_nm: tuple[float, ...]
    slit_fwhm_px: float
    response_nm: tuple[float, ...]
    response: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Light:
    """The laser or lamp and the photodiode that watches it. `wavelength_nm` is 0 for a lamp.

    A lamp settles within `settle_ms`, a laser at once; the device waits `warmup_ms` before its first frame with light.
    Light is seen from `photodiode_on` counts on. `follow_ms` after a change, the photodiode must show what the power
    set gives, up to a share of `photodiode_tolerance`.
    """

    kind: str
    wavelength_nm: float
    default_mw: float
    max_mw: float
    temp_c: float
    temp_range_c: tuple[float, float]
    cutout_c: float
    drift: float
    photodiode_counts_per_mw: float
    photodiode_on: int
    photodiode_tolerance: float
    follow_ms: int
    settle_ms: int = 0
    warmup_ms: int = 0

    @property
    def least_mw(self) -> float:
        """The least power whose light the photodiode can tell from none, at the worst of its tolerance; mW."""
        return self.photodiode_on / (self.photodiode_counts_per_mw * (1.0 - self.photodiode_tolerance))


@dataclass(frozen=True, slots=True, kw_only=True)
class White:
    """The white tile that a near-infrared board puts before its own window: how long it takes to move, in ms."""

    move_ms: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Safety:
    """Time limits in milliseconds: warning before light, host silence, light on, the hardware one-shot."""

    warning_ms: int
    heartbeat_ms: int
    max_on_ms: int
    standalone_max_on_ms: int
    one_shot_ms: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Scan:
    """The default exposure of one frame and its averages, and what the device can hold in memory and in flash."""

    exposure_us: int
    averages: int
    max_averages: int
    ring: int
    flash_bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SelfTest:
    """Limits of the host's self-test.

    Attributes
    ----------
    dark_level : share by which the dark level may be off its nominal value. noise : most noise over the nominal one.
    linearity : largest departure from proportion. defects : most pixels that are dead or glow.
    read_back : share by which the photodiode may be off. shift_cm1 : largest error of polystyrene's strong lines; 0
        for a board without a Raman axis.
    """

    dark_level: float
    noise: float
    linearity: float
    defects: int
    read_back: float
    shift_cm1: float


@dataclass(frozen=True, slots=True, kw_only=True)
class RigLimits:
    """Limits of the rig's tests; 0 leaves out what a board has no use for.

    Attributes
    ----------
    light_off_ms : from a cause to enable low; after the heartbeat's limit for silence. recovery_s : from the end of a
        fault to the next exact exposure.
    gain, read_noise, dark_current : shares by which they may be off the nominal values. full_well : share that may be
        missing of the smaller of full well and converter. dark_doubling_c : degC by which the doubling may be off.
    linearity : largest departure from proportion. axis_cm1, axis_rms_cm1 : of the nominal axis from the measured one,
        and of the lamp's lines from that. resolution_cm1 : widest line. stray_light : share of all light.
    repeatability : relative standard deviation of a band's height. repeatability_cm1 : of its place.
    warm_up_cm1 : by which the axis may move from power-up on.
    """

    light_off_ms: float
    recovery_s: float
    gain: float
    read_noise: float
    full_well: float
    dark_current: float
    dark_doubling_c: float
    linearity: float
    axis_cm1: float
    axis_rms_cm1: float
    resolution_cm1: float
    stray_light: float
    repeatability: float
    repeatability_cm1: float
    warm_up_cm1: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """One board: what it is made of, its limits, its default scan and its pins (name -> GPIO number)."""

    name: str
    title: str
    technique: str
    detector: Detector
    optics: Optics
    light: Light
    safety: Safety
    scan: Scan
    pins: Mapping[str, int]
    selftest: SelfTest
    rig: RigLimits
    white: White | None = None

    def wavelength_nm(self) -> FloatArray:
        """Nominal wavelength of each pixel, (P,) nm."""
        pixel = np.arange(self.detector.pixels, dtype=np.float64)
        wavelength: FloatArray = np.polynomial.polynomial.polyval(pixel, np.array(self.optics.wavelength_nm))
        return wavelength

    def shift_cm1(self) -> FloatArray:
        """Nominal Raman shift of each pixel, (P,) cm-1.

        Raises
        ------
        ValueError
            When the board has no laser.
        """
        if self.light.kind != "laser":
            raise ValueError(f"board {self.name} has a {self.light.kind} and no Raman shift: use wavelength_nm()")
        return 1e7 / self.light.wavelength_nm - 1e7 / self.wavelength_nm()

    def response(self, wavelength_nm: FloatArray) -> FloatArray:
        """Nominal relative efficiency of optics and detector at these wavelengths (nm), 1 at its best."""
        response: FloatArray = np.interp(wavelength_nm, self.optics.response_nm, self.optics.response)
        return response

    def config(self, uid: str) -> dict[str, Any]:
        """What the bench tells the device program (BENCH.md, `H`). `uid` is 16 hex digits."""
        return {
            "board": self.name,
            "uid": uid,
            "technique": self.technique,
            "pixels": self.detector.pixels,
            "adc_max": self.detector.adc_max,
            "default_power": round(self.light.default_mw * POWER_UNITS_PER_MW),
            "max_power": round(self.light.max_mw * POWER_UNITS_PER_MW),
            "min_power": math.ceil(round(self.light.least_mw * POWER_UNITS_PER_MW, 6)),
            "warning_ms": self.safety.warning_ms,
            "heartbeat_ms": self.safety.heartbeat_ms,
            "max_on_ms": self.safety.max_on_ms,
            "standalone_max_on_ms": self.safety.standalone_max_on_ms,
            "one_shot_ms": self.safety.one_shot_ms,
            "detector_temp": [round(100 * t) for t in self.detector.temp_range_c],
            "light_temp": [round(100 * t) for t in self.light.temp_range_c],
            "photodiode_on": self.light.photodiode_on,
            "photodiode_mw": round(self.light.photodiode_counts_per_mw),
            "photodiode_percent": round(100 * self.light.photodiode_tolerance),
            "follow_ms": self.light.follow_ms,
            "min_exposure_us": self.detector.min_exposure_us,
            "max_exposure_us": self.detector.max_exposure_us,
            "max_averages": self.scan.max_averages,
            "ring": self.scan.ring,
            "exposure_us": self.scan.exposure_us,
            "averages": self.scan.averages,
            "flash_bytes": self.scan.flash_bytes,
            "warmup_ms": self.light.warmup_ms,
            "white_ms": self.white.move_ms if self.white else 0,
        }


def board_names() -> list[str]:
    """The boards that are defined, sorted."""
    folder = files("quayscan_hardware").joinpath("boards")
    return sorted(item.name[: -len(".toml")] for item in folder.iterdir() if item.name.endswith(".toml"))


def load_board(name: str) -> Board:
    """The board definition called `name`.

    Raises
    ------
    ValueError
        When there is no such board; the message lists those that exist.
    """
    names = board_names()
    if name not in names:
        raise ValueError(f"no board is called {name!r}: choose one of {', '.join(names)}")
    return _defined(name)


@cache
def _defined(name: str) -> Board:
    """The board of a file of this package, read once: it cannot change while the package is in use."""
    text = files("quayscan_hardware").joinpath("boards", f"{name}.toml").read_text(encoding="utf-8")
    return _board(tomllib.loads(text))


def _board(table: Mapping[str, Any]) -> Board:
    return Board(
        name=table["name"],
        title=table["title"],
        technique=table["technique"],
        detector=Detector(**_tuples(table["detector"])),
        optics=Optics(**_tuples(table["optics"])),
        light=Light(**_tuples(table["light"])),
        safety=Safety(**table["safety"]),
        scan=Scan(**table["scan"]),
        pins=MappingProxyType(dict(table["pins"])),
        selftest=SelfTest(**table["selftest"]),
        rig=RigLimits(**table["rig"]),
        white=White(**table["white"]) if "white" in table else None,
    )


def _tuples(table: Mapping[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in table.items()}
