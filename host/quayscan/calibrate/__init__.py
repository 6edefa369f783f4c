"""From counts to a calibrated spectrum.

noise      variance of each pixel from the detector's figures
calibrate  `calibrate`, which composes them
"""

from .calibrate import calibrate

__all__ = ["calibrate"]
