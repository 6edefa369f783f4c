"""A calibration for a person at a terminal."""

from __future__ import annotations

import numpy as np

from ..calibrate import Calibration

SHOWN_CM1 = (400.0, 600.0, 1000.0, 1400.0, 1800.0)


def calibration_lines(found: Calibration) -> list[str]:
    """What was found and how sure it is, a line each: laser, axis, lamp, standard, response, expiry."""
    wavelength = found.wavelength_nm()
    sigma = found.sigma_cm1(np.array(SHOWN_CM1))
    response = found.response
    lines = [
        f"laser      {found.laser_nm:.3f} nm, standard uncertainty {found.laser_sigma_nm:.3f} nm",
        f"axis       {wavelength[0]:.2f} to {wavelength[-1]:.2f} nm over {found.pixels} pixels",
        "           standard uncertainty "
        + ", ".join(f"{one:.2f} at {at:.0f}" for at, one in zip(SHOWN_CM1, sigma, strict=True))
        + " cm-1",
        f"neon       {len(found.lamp_lines)} lines, {found.lamp_rms_nm:.4f} nm rms",
        f"{found.standard:<10} {len(found.standard_lines)} lines, {found.standard_rms_cm1:.2f} cm-1 rms",
    ]
    lines += [f"           {line.true:8.1f} cm-1  {line.residual:+6.2f}" for line in found.standard_lines]
    lines.append(
        "response   not measured"
        if response is None
        else f"response   {response.shift_cm1[0]:.0f} to {response.shift_cm1[-1]:.0f} cm-1, from {response.standard}"
    )
    lines.append(f"valid      until {found.expires_on.isoformat()}")
    return lines
