"""What is known: reference bands, substances and identity groups, controls by regime and date.

Tables are package data, read on first use; nothing is read or computed at import.
"""

from .control_rows import Control, controls
from .errors import AmbiguousName, UnknownRegime, UnknownSubstance
from .gaps import Gap, gaps
from .identity import IdentityGroup, identity_group, identity_groups
from .law import ControlStatus, controls_at, regimes
from .references import BandReference, references, synthesise
from .substances import Substance, library_names, name_key, resolve, substance, substances

__all__ = [
    "AmbiguousName",
    "BandReference",
    "Control",
    "ControlStatus",
    "Gap",
    "IdentityGroup",
    "Substance",
    "UnknownRegime",
    "UnknownSubstance",
    "controls",
    "controls_at",
    "gaps",
    "identity_group",
    "identity_groups",
    "library_names",
    "name_key",
    "references",
    "regimes",
    "resolve",
    "substance",
    "substances",
    "synthesise",
]
