"""`Reference`: what is known about one library entry beside its numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal, get_args

from ..errors import LibraryError

Grade = Literal["measured", "published", "computed"]
Origin = Literal["spectrum", "bands"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A library entry.

    Attributes
    ----------
    substance : lower-case id of the substance table, else the lower-case file stem.
    name : the reference's own title (a user's file name unchanged).
    grade : "measured", "published" or "computed": how the numbers came about.
    origin : "spectrum" when a whole spectrum was recorded, "bands" when it is drawn from a band table; a band
        table lacks weak bands and exact shapes, and the match allows for that.
    provenance : source, licence, instrument, laser and the like, text by text.

    Raises
    ------
    LibraryError
        When the substance or name is empty, or grade or origin is not one of those above.
    """

    substance: str
    name: str
    grade: Grade
    origin: Origin = "spectrum"
    provenance: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not self.substance or not self.name:
            raise LibraryError(f"a reference has substance '{self.substance}' and name '{self.name}': give both")
        if self.grade not in get_args(Grade):
            raise LibraryError(f"reference '{self.name}' has grade '{self.grade}': use one of {get_args(Grade)}")
        if self.origin not in get_args(Origin):
            raise LibraryError(f"reference '{self.name}' has origin '{self.origin}': use one of {get_args(Origin)}")
        object.__setattr__(self, "provenance", MappingProxyType(dict(self.provenance)))
