"""Words of many writers become one spelling; unknown words are kept."""

from __future__ import annotations

import pytest

from quayscan.formats.units import axis_of, is_absorption, technique_of, value_unit


@pytest.mark.parametrize(
    ("words", "axis"),
    [
        ("1/CM", ("wavenumber", "cm-1")),
        ("cm^-1", ("wavenumber", "cm-1")),
        ("Wavenumber / cm-1  ", ("wavenumber", "cm-1")),
        ("Raman Shift (cm-1)", ("Raman shift", "cm-1")),
        ("NANOMETERS", ("wavelength", "nm")),
        ("µm", ("wavelength", "um")),
        ("SECONDS", ("time", "s")),
        ("M/Z", ("m/z", "m/z")),
        ("ARBITRARY UNITS", ("", "")),
        ("GAUSS", ("", "GAUSS")),
    ],
)
def test_axes_are_named_and_never_guessed(words: str, axis: tuple[str, str]) -> None:
    assert axis_of(words) == axis


@pytest.mark.parametrize(
    ("words", "technique"),
    [
        ("RAMAN SPECTRUM", "Raman"),
        ("INFRARED SPECTRUM", "infrared"),
        ("NEAR-INFRARED SPECTRUM", "NIR"),
        ("UV-VISIBLE SPECTRUM", "UV-VIS"),
        ("CONTINUOUS MASS SPECTRUM", "mass"),
        ("NMR  FID", "NMR"),
        ("pH TITRATION", "pH TITRATION"),
    ],
)
def test_techniques_are_named_by_their_words(words: str, technique: str) -> None:
    assert technique_of(words) == technique


def test_value_units_are_lower_case_and_arbitrary_is_nothing() -> None:
    assert [value_unit(one) for one in ("TRANSMITTANCE", " a.u. ", "Relative  Abundance")] == [
        "transmittance",
        "",
        "relative abundance",
    ]


def test_counts_of_no_stated_technique_are_not_absorption() -> None:
    assert is_absorption("", "absorbance")
    assert is_absorption("NIR", "counts")
    assert not is_absorption("", "counts")
    assert not is_absorption("Raman", "absorbance")
