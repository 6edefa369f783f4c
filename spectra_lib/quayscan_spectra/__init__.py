"""What is known: reference bands, substances and identity groups, controls by regime and date.

Tables are package data, read on first use; nothing is read or computed at import.
"""

from .barcodes import Barcode, barcodes
from .class_members import ClassMember, class_members, known_or_member, name_of
from .computed_bands import computed_band_references
from .control_file import controls_of_bytes, load_controls
from .control_rows import Control, ControlTable, controls
from .coverage import Coverage, coverage
from .errors import (
    AmbiguousName,
    BadStructure,
    ChemistryMissing,
    ControlTableError,
    UnknownRegime,
    UnknownSubstance,
)
from .families import Family, families
from .gaps import Gap, gaps
from .hs_codes import HsCode, customs_code, hs_codes, substances_of_code
from .identity import IdentityGroup, identity_group, identity_groups
from .law import ControlStatus, controls_at, regimes
from .limits import Limit, ScanWarning, limits, limits_of, scan_warning, scan_warnings
from .lookup import Found, cas_of, look_up, statuses_of
from .nir import NirReference, nir_references, synthesise_nir
from .references import BandReference, references, synthesise
from .structure_rules import StructureRule, structure_rules
from .substances import Substance, library_names, name_key, resolve, substance, substances
from .timeline import Change, changes, timeline

__all__ = [
    "AmbiguousName",
    "BadStructure",
    "BandReference",
    "Barcode",
    "Change",
    "ChemistryMissing",
    "ClassMember",
    "Control",
    "ControlStatus",
    "ControlTable",
    "ControlTableError",
    "Coverage",
    "Family",
    "Found",
    "Gap",
    "HsCode",
    "IdentityGroup",
    "Limit",
    "NirReference",
    "ScanWarning",
    "StructureRule",
    "Substance",
    "UnknownRegime",
    "UnknownSubstance",
    "barcodes",
    "cas_of",
    "changes",
    "class_members",
    "computed_band_references",
    "controls",
    "controls_at",
    "controls_of_bytes",
    "coverage",
    "customs_code",
    "families",
    "gaps",
    "hs_codes",
    "identity_group",
    "identity_groups",
    "known_or_member",
    "library_names",
    "limits",
    "limits_of",
    "load_controls",
    "look_up",
    "name_key",
    "name_of",
    "nir_references",
    "references",
    "regimes",
    "resolve",
    "scan_warning",
    "scan_warnings",
    "statuses_of",
    "structure_rules",
    "substance",
    "substances",
    "substances_of_code",
    "synthesise",
    "synthesise_nir",
    "timeline",
]
