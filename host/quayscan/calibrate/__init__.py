"""From counts to a calibrated spectrum, and how a device is calibrated.

What every scan needs is here; what only a calibration needs (it loads much of SciPy) is imported from its module.

noise           variance of each pixel from the detector's figures
nir             absorbance from dark, white tile and sample
peaks           narrow lines in a row of pixels
polynomial      wavelength over the detector, with covariance
lamp_search     which lamp line is which peak
wavelength_fit  the axis from a neon lamp
laser_fit       the laser's wavelength from a Raman shift standard
response_fit    relative response from a luminescent glass
fit             `fit_calibration`, which composes these
calibration, response  what they give
check_axis      the daily check against a standard; check is its outcome
standing        what calibration and last check allow today
state_json, place  a device's state as a file on this host
pixel_file      counts over pixels from a file
calibrate       `calibrate`: an exposure becomes a spectrum
applied         the same with what this host knows of the device
"""

from .applied import applied_json, apply_state
from .calibrate import calibrate
from .calibration import Calibration
from .check import Check
from .place import load_state, save_state, state_path
from .standing import DeviceState, require_unlocked, warnings_of
from .state_json import calibration_id, calibration_json, parse_state, state_json

__all__ = [
    "Calibration",
    "Check",
    "DeviceState",
    "applied_json",
    "apply_state",
    "calibrate",
    "calibration_id",
    "calibration_json",
    "load_state",
    "parse_state",
    "require_unlocked",
    "save_state",
    "state_json",
    "state_path",
    "warnings_of",
]
