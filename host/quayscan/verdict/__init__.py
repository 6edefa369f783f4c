"""The verdict: a decision with its reasons, from evidence and controls.

verdict    the values: `Verdict`, its parts, and the two enumerations
adequacy   whether the data can decide anything, else cause and remedy
naming     which substances the evidence names
controls   what the law says about them, and the action that follows
known      the two questions about a substance, answered by quayscan_spectra
decide     `decide`, which composes them
mixture_rules, components, detection, counted, decide_mixture   rules over combinations and walls, their components,
           detection limits and counted rates, and what composes them
barcode_rules   what the pattern of a controlled family adds to UNKNOWN
doubted    what the library doubts about the entries that are named
declared   the value: whether it is what the papers say
declared_goods, declared_rules, decide_declared   reading a declaration, the rules, and what composes them
"""

from .adequacy import Limits
from .barcode_rules import with_families
from .controls import ControlsAt, ControlStatus
from .decide import decide
from .decide_declared import decide_declared, decide_declared_nir
from .decide_mixture import decide_mixture
from .declared import Declared, DeclaredAnswer, DeclaredTest
from .declared_goods import DeclaredGoods, declared_goods
from .doubted import with_doubts
from .known import known_controls_at, known_group_of
from .mixture_rules import MixtureRules, with_mixture
from .verdict import Action, Candidate, Component, Control, DetectionLimit, FalseAlarm, Verdict, VerdictKind

__all__ = [
    "Action",
    "Candidate",
    "Component",
    "Control",
    "ControlStatus",
    "ControlsAt",
    "Declared",
    "DeclaredAnswer",
    "DeclaredGoods",
    "DeclaredTest",
    "DetectionLimit",
    "FalseAlarm",
    "Limits",
    "MixtureRules",
    "Verdict",
    "VerdictKind",
    "decide",
    "decide_declared",
    "decide_declared_nir",
    "decide_mixture",
    "declared_goods",
    "known_controls_at",
    "known_group_of",
    "with_doubts",
    "with_families",
    "with_mixture",
]
