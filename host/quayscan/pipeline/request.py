"""`Request`: what is asked about every spectrum of a run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

import quayscan_spectra

from ..errors import UsageError
from ..match import MatchOptions
from ..match.mixture import MixtureOptions
from ..spectrum import Spectrum
from ..verdict import Limits


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What is asked about every spectrum of a run.

    Attributes
    ----------
    jurisdictions : regimes asked about; all that the tables have by default.
    at : date on which the controls are read; today here by default.
    options, limits : constants of the comparison and of the quality gate.
    declared : what the papers say the goods are, by name, CAS number or customs code; "" when nobody asks.
    mixtures : constants of the unmixing.
    wall : the empty container, measured on the same unit, when the sample is scanned through it.

    Raises
    ------
    UsageError
        A regime is not known; the message lists those that are.
    """

    jurisdictions: Sequence[str] = field(default_factory=quayscan_spectra.regimes)
    at: date = field(default_factory=date.today)
    options: MatchOptions = field(default_factory=MatchOptions)
    limits: Limits = field(default_factory=Limits)
    declared: str = ""
    mixtures: MixtureOptions = field(default_factory=MixtureOptions)
    wall: Spectrum | None = None

    def __post_init__(self) -> None:
        known = quayscan_spectra.regimes()
        unknown = [regime for regime in self.jurisdictions if regime not in known]
        if unknown or not self.jurisdictions:
            what = f"jurisdiction {unknown[0]!r} is not known" if unknown else "no jurisdiction was given"
            raise UsageError(f"{what}: use one or more of {', '.join(known)}")
