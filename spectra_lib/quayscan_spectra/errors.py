"""What can go wrong when asking what is known.

ValueError
├── UnknownSubstance     no substance goes by that id, name or CAS number; near matches are given
│   └── AmbiguousName    several substances go by it
├── UnknownRegime        no control regime goes by that name; those that exist are given
├── BadStructure         a SMILES that cannot be read
├── ChemistryMissing     a structure was given and the library that reads it is not installed
└── ControlTableError    an updated control table that must not be used; every bad row is named
"""


class UnknownSubstance(ValueError):
    """No substance goes by that id, name or CAS number."""

    def __init__(self, message: str, *, near: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.near = near


class AmbiguousName(UnknownSubstance):
    """Several substances go by that name; `near` holds their ids."""


class UnknownRegime(ValueError):
    """No control regime goes by that name."""


class BadStructure(ValueError):
    """A SMILES that cannot be read."""


class ChemistryMissing(ValueError):
    """A structure was given, and the library that reads it is not installed; the message says how to get it."""


class ControlTableError(ValueError):
    """An updated control table that must not be used. `problems` names every bad row and what to do."""

    def __init__(self, message: str, *, problems: tuple[str, ...]) -> None:
        super().__init__(message)
        self.problems = problems
