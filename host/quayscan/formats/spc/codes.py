"""Code numbers of the Galactic SPC format, from its published header file SPC.H (Galactic Industries, 1997)."""

from __future__ import annotations

X_AXES = {
    0: ("", ""),
    1: ("wavenumber", "cm-1"),
    2: ("wavelength", "um"),
    3: ("wavelength", "nm"),
    4: ("time", "s"),
    5: ("time", "min"),
    6: ("frequency", "Hz"),
    7: ("frequency", "kHz"),
    8: ("frequency", "MHz"),
    9: ("m/z", "m/z"),
    10: ("chemical shift", "ppm"),
    11: ("time", "d"),
    12: ("time", "years"),
    13: ("Raman shift", "cm-1"),
    14: ("energy", "eV"),
    16: ("diode", ""),
    17: ("channel", ""),
    18: ("angle", "degrees"),
    19: ("temperature", "F"),
    20: ("temperature", "C"),
    21: ("temperature", "K"),
    22: ("pixel", "pixel"),
    23: ("time", "ms"),
    24: ("time", "us"),
    25: ("time", "ns"),
    26: ("frequency", "GHz"),
    27: ("length", "cm"),
    28: ("length", "m"),
    29: ("length", "mm"),
    30: ("time", "h"),
    255: ("double interferogram", ""),
}
"""Quantity and unit of fxtype, and of fztype for the subfiles of a multifile."""

Y_UNITS = {
    0: "",
    1: "interferogram",
    2: "absorbance",
    3: "kubelka-munk",
    4: "counts",
    5: "volts",
    6: "degrees",
    7: "milliamps",
    8: "millimeters",
    9: "millivolts",
    10: "log(1/r)",
    11: "percent",
    12: "intensity",
    13: "relative intensity",
    14: "energy",
    16: "decibel",
    19: "temperature (f)",
    20: "temperature (c)",
    21: "temperature (k)",
    22: "index of refraction",
    23: "extinction coefficient",
    24: "real",
    25: "imaginary",
    26: "complex",
    128: "transmission",
    129: "reflectance",
    130: "single beam",
    131: "emission",
}

TECHNIQUES = {
    1: "GC",
    2: "chromatography",
    3: "HPLC",
    5: "NIR",
    7: "UV-VIS",
    8: "X-ray diffraction",
    9: "mass",
    10: "NMR",
    11: "Raman",
    12: "fluorescence",
    13: "atomic",
    14: "diode array",
}
"""fexper; 0 is "could be anything" and 4 "FT-IR, FT-NIR or FT-Raman": both state no one technique."""

HALF_WORDS, MULTIFILE, OWN_LABELS, X_VALUES, X_EACH = 0x01, 0x04, 0x20, 0x80, 0x40
"""Flags: 16-bit values, several subfiles, axis labels in the text, X stored, X stored for each subfile."""

FLOATS = -128
"""The exponent that says: the values are 32-bit floats."""

RAMAN_SHIFT = 13
"""The code of an axis that no other technique has."""
