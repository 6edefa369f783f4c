"""A bench with one thing broken, by the name of the thing: for whoever checks a device, or a check."""

from __future__ import annotations

from collections.abc import Mapping

from .conditions import Conditions

FAULTS: Mapping[str, Conditions] = {
    "dark-level": Conditions(dark_current=6.0),
    "noise": Conditions(read_noise=4.0),
    "linearity": Conditions(nonlinearity=0.25),
    "pixels": Conditions(defects=120),
    "read-back": Conditions(photodiode=0.6),
    "interlock": Conditions(interlock_welded=True),
    "axis": Conditions(axis_shift_nm=0.5),
    "burning": Conditions(burns_at_mj=0.5),
}
"""Each by what it breaks."""


def broken(name: str) -> Conditions:
    """The conditions of a bench with that fault; a sound one for "".

    Raises
    ------
    ValueError
        No such fault is known; lists those that are.
    """
    if name and name not in FAULTS:
        raise ValueError(f"no fault is called {name!r}: choose one of {', '.join(FAULTS)}")
    return FAULTS[name] if name else Conditions()
