"""Reference bands computed from a structure, where no measured spectrum exists. Needs the extra `compute`."""

from .bands import Band
from .computed import ComputedBands, compute
from .computed_references import ComputedReference, computed_references, draw
from .errors import BadStructure, ComputeError, MissingTool, NotConverged
from .progress import Progress

__all__ = [
    "BadStructure",
    "Band",
    "ComputeError",
    "ComputedBands",
    "ComputedReference",
    "MissingTool",
    "NotConverged",
    "Progress",
    "compute",
    "computed_references",
    "draw",
]
