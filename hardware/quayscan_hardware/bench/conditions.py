"""`Conditions`: how good or bad a day the bench has."""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Conditions:
    """Scale of each imperfection, and the light in the room.

    Attributes
    ----------
    ambient : "none", "daylight" or "fluorescent".
    wavelength_error, efficiency_ripple, pixel_response, dark_spread, hot_pixels, cosmic_rays, laser_drift :
        factors, 1 for what the board's definition says, 0 to switch the effect off.
    packing : likewise, how differently a powder is packed from one seed to the next (near infrared).
    dark_current, read_noise, photodiode : factors of a fault, 1 for a sound board.
    nonlinearity : share by which the counts fall short at the full well, 0 for a straight line.
    defects : pixels that are dead or glow, beside the hot ones that every board has.
    axis_shift_nm : by which the whole axis has slipped. axis_step_nm : by which its second half has (a sensor of two
        parts, or one that was knocked).
    interlock_welded : the interlock's contact does not open any more.
    loose_probe : standard deviation, from frame to frame, of the share of a sample's light that is collected.
    stray_light : share of all light that falls evenly on every pixel.
    warm_up_nm : how far the axis is off at power-up; it settles within some minutes.
    burns_at_mj : dose of light after which the sample chars and glows; infinite for one that bears it.
    """

    ambient: str = "none"
    wavelength_error: float = 1.0
    efficiency_ripple: float = 1.0
    pixel_response: float = 1.0
    dark_spread: float = 1.0
    hot_pixels: float = 1.0
    cosmic_rays: float = 1.0
    laser_drift: float = 1.0
    packing: float = 1.0
    dark_current: float = 1.0
    read_noise: float = 1.0
    photodiode: float = 1.0
    nonlinearity: float = 0.0
    defects: int = 0
    axis_shift_nm: float = 0.0
    axis_step_nm: float = 0.0
    interlock_welded: bool = False
    loose_probe: float = 0.0
    stray_light: float = 0.0
    warm_up_nm: float = 0.0
    burns_at_mj: float = math.inf


IDEAL = Conditions(
    wavelength_error=0.0,
    efficiency_ripple=0.0,
    pixel_response=0.0,
    dark_spread=0.0,
    hot_pixels=0.0,
    cosmic_rays=0.0,
    laser_drift=0.0,
    packing=0.0,
)
"""An instrument without fault in a dark room: only shot noise, read noise and the converter are left."""
