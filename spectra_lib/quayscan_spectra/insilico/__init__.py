"""Reference bands computed from a structure, where no measured spectrum exists.

Reading what was computed needs numpy alone. `compute` needs the extra `compute`, and is loaded when first used.
"""

from typing import TYPE_CHECKING, Any

from .bands import Band
from .computed_references import ComputedReference, computed_references, draw
from .errors import BadStructure, ComputeError, MissingTool, NotConverged
from .progress import Progress

if TYPE_CHECKING:
    from .computed import ComputedBands, compute

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


def __getattr__(name: str) -> Any:
    if name not in {"ComputedBands", "compute"}:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from . import computed

    return getattr(computed, name)
