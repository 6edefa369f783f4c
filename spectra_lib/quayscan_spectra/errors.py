"""What can go wrong when asking what is known.

ValueError
├── UnknownSubstance    no substance goes by that id, name or CAS number; near matches are given
│   └── AmbiguousName   several substances go by it
└── UnknownRegime       no control regime goes by that name; those that exist are given
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
