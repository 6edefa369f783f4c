"""The verdict: a decision with its reasons, from evidence and controls.

verdict    the values: `Verdict`, its parts, and the two enumerations
adequacy   whether the data can decide anything, else cause and remedy
naming     which substances the evidence names
controls   what the law says about them, and the action that follows
known      the two questions about a substance, answered by quayscan_spectra
decide     `decide`, which composes them
"""

from .adequacy import Limits
from .controls import ControlsAt, ControlStatus
from .decide import decide
from .known import known_controls_at, known_group_of
from .verdict import Action, Candidate, Component, Control, FalseAlarm, Verdict, VerdictKind

__all__ = [
    "Action",
    "Candidate",
    "Component",
    "Control",
    "ControlStatus",
    "ControlsAt",
    "FalseAlarm",
    "Limits",
    "Verdict",
    "VerdictKind",
    "decide",
    "known_controls_at",
    "known_group_of",
]
