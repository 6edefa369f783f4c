"""Names of axes and units, from the words of many writers to one spelling.

A word that is not listed is kept as it stands: a unit is read or passed on, never guessed.
"""

from __future__ import annotations

import re

_NAMED = {
    "cm-1": ("wavenumber", "1/cm cm-1 cm^-1 cm^{-1} wavenumber wavenumbers wavenumber(cm-1) wavenumber/cm-1 cm**-1"),
    "shift": ("Raman shift", "ramanshift ramanshift(cm-1) ramanshift/cm-1 ramanshift[cm-1] ramanshift(1/cm)"),
    "nm": ("wavelength", "nm nanometer nanometers nanometre nanometres wavelength(nm) wavelength/nm wavelength[nm]"),
    "um": ("wavelength", "um µm μm micrometer micrometers micrometre micrometres micron microns"),
    "s": ("time", "s sec second seconds"),
    "ms": ("time", "ms msec millisecond milliseconds"),
    "us": ("time", "us µs μs usec microsecond microseconds"),
    "ns": ("time", "ns nsec nanosecond nanoseconds"),
    "min": ("time", "min minute minutes"),
    "h": ("time", "h hour hours"),
    "d": ("time", "d day days"),
    "Hz": ("frequency", "hz hertz"),
    "kHz": ("frequency", "khz kilohertz"),
    "MHz": ("frequency", "mhz megahertz"),
    "GHz": ("frequency", "ghz gigahertz"),
    "ppm": ("chemical shift", "ppm"),
    "m/z": ("m/z", "m/z mass(m/z) massunits"),
    "eV": ("energy", "ev"),
    "pixel": ("pixel", "pixel pixels pixel# pixels#"),
    "": ("", "arbitrary arbitraryunits arbitraryunit a.u. au none unitless"),
}
_AXES = {word: (quantity, unit) for unit, (quantity, words) in _NAMED.items() for word in words.split()}

_SPACES = re.compile(r"[\s_]+")


def axis_of(words: str) -> tuple[str, str]:
    """Quantity and unit that the words of a source stand for; unknown words come back as ("", words).

    Examples
    --------
    >>> axis_of("1/CM"), axis_of("Raman Shift / cm-1"), axis_of("GAUSS")
    (('wavenumber', 'cm-1'), ('Raman shift', 'cm-1'), ('', 'GAUSS'))
    """
    quantity, unit = _AXES.get(_SPACES.sub("", words).lower(), ("", words.strip()))
    return quantity, "cm-1" if unit == "shift" else unit


def value_unit(words: str) -> str:
    """A unit of values: "" for the many ways to say arbitrary, else the source's words in lower case."""
    squeezed = _SPACES.sub("", words).lower()
    return "" if squeezed in _NAMED[""][1].split() else " ".join(words.split()).lower()


_TECHNIQUES = (
    ("Raman", r"\braman\b"),
    ("NIR", r"\bnir\b|near.infra.?red"),
    ("infrared", r"infra.?red|\bft-?ir\b|\bir\b"),
    ("UV-VIS", r"\buv\b|visible"),
    ("NMR", r"\bnmr\b"),
    ("mass", r"\bmass\b"),
)


def technique_of(words: str) -> str:
    """The technique that a source's words name, else the words themselves.

    Examples
    --------
    >>> technique_of("RAMAN SPECTRUM"), technique_of("UV/VIS SPECTRUM"), technique_of("pH TITRATION")
    ('Raman', 'UV-VIS', 'pH TITRATION')
    """
    words = " ".join(words.split())
    return next((name for name, found in _TECHNIQUES if re.search(found, words, re.IGNORECASE)), words)


ABSORBING = frozenset({"NIR", "UV-VIS", "infrared"})
"""Techniques whose axis in nm needs no laser."""


def is_absorption(technique: str, y_unit: str) -> bool:
    """Whether technique or unit of the values says that light was absorbed or reflected, not scattered by a laser."""
    words = ("absorb", "transmi", "reflect", "log(1/r)", "kubelka")
    return technique in ABSORBING or (technique == "" and y_unit.startswith(words))
