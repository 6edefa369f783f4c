"""Whether the cm-1 of a Raman spectrum are shift or absolute wavenumber, where a writer calls both wavenumber."""

from __future__ import annotations

_LIGHT = 5000.0
"""cm-1, 2 um. The scattered light of every laser in use lies above this; an axis wholly below can only be the shift."""

_NOTE = "the file calls the axis of its Raman spectrum wavenumber: at these values it is the shift"


def raman_quantity(technique: str, quantity: str, unit: str, largest: float) -> tuple[str, tuple[str, ...]]:
    """The quantity of an axis whose greatest value is `largest`, and a note where it is not the file's own word."""
    if technique == "Raman" and (quantity, unit) == ("wavenumber", "cm-1") and largest < _LIGHT:
        return "Raman shift", (_NOTE,)
    return quantity, ()
