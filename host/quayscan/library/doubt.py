"""`Doubt`: something in a library that a person should look at. Doubtful entries are kept and named."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from ..errors import LibraryError

DoubtKind = Literal["label", "repeat", "pair"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """One doubt about one or two entries.

    Attributes
    ----------
    kind : "label" when the shipped library contradicts the name; "repeat" when another spectrum of the same name
        does; "pair" when two different names are as near as two spectra of one substance.
    names : the files or entries meant; for a pair both.
    text : a sentence for a person.

    Raises
    ------
    LibraryError
        When the kind is another or no name is given.
    """

    kind: DoubtKind
    names: tuple[str, ...]
    text: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "names", tuple(self.names))
        if self.kind not in get_args(DoubtKind) or not self.names:
            raise LibraryError(f"a doubt of kind {self.kind!r} about {self.names}: it is damaged")
