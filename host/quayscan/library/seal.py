"""`Seal`: who vouches for a library, which version it is, and until when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ..errors import LibraryError


@dataclass(frozen=True, slots=True, kw_only=True)
class Seal:
    """What a library file says about itself beside its content. Dates as YYYY-MM-DD, "" where none is stated.

    Attributes
    ----------
    version : counts up with every change of the content.
    created, expires : days; the library is good on the day it expires and no longer after it.
    signer : fingerprint of the key that signed it; "" when nobody did.
    trusted : whether this host believes that key.
    shipped : True for the library inside the package, which its hash names and which needs no signature.

    Raises
    ------
    LibraryError
        The version is under 1 or a date is none.
    """

    version: int = 1
    created: str = ""
    expires: str = ""
    signer: str = ""
    trusted: bool = False
    shipped: bool = False

    def __post_init__(self) -> None:
        if isinstance(self.version, bool) or not isinstance(self.version, int) or self.version < 1:
            raise LibraryError(f"version {self.version!r} of a library: give a number from 1")
        for day in (self.created, self.expires):
            if day:
                _day(day)

    def expired(self, at: date) -> bool:
        """Whether `at` is after the last day."""
        return bool(self.expires) and at > _day(self.expires)

    def warnings(self, at: date) -> tuple[str, ...]:
        """Sentences that every verdict from this library must carry on the day `at`."""
        if self.shipped:
            return ()
        said = []
        if not self.signer:
            said.append("The library is not signed: nobody vouches for its content.")
        elif not self.trusted:
            said.append(f"The library is signed with a key that this host does not know ({self.signer}).")
        if self.expired(at):
            said.append(f"The library expired on {self.expires}: renew it with `quayscan library sign`.")
        return tuple(said)


def _day(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except (ValueError, TypeError):
        raise LibraryError(f"{text!r} is no date: write it as 2027-11-25") from None
    if day.isoformat() != text:  # other ISO forms would give other bytes for the same day
        raise LibraryError(f"{text!r} is no date as 2027-11-25")
    return day
