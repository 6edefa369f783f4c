"""`MixtureOptions`: every constant of the unmixing."""

from __future__ import annotations

from dataclasses import dataclass, field

from ...library import Reference

COMMON_LASER_NM = 785.0
"""Excitation of a reference that does not state its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShapeError:
    """By how much a reference's shape may differ between two instruments, all for net band area 1.

    Standard deviations, fitted by maximum likelihood to spectra of one substance on two instruments (see the
    README of this folder's room for which, and how well they carry over to an instrument not fitted on).

    Attributes
    ----------
    band, band_cm1 : share of the band, alike within this distance: intensity ratios of neighbouring bands.
    group, group_cm1 : the same over groups of bands.
    response, response_cm1 : the same over a wide range: the response of the detector and the grating.
    jitter, jitter_cm1 : axis error in cm-1, alike within this distance. shift : of the whole axis, cm-1.
    width : of the second derivative's coefficient, cm-1 squared. skew : of the third's, cm-1 cubed.
    wing : share of a Lorentzian wing of 8 cm-1 under the bands.
    floor, floor_cm1 : share of the highest band, everywhere, alike within this distance.
    unknown, unknown_cm1 : of what the reference may show where it was not measured, in root mean squares of its bands;
        alike within about a band's width. Not fitted.
    """

    band: float = 0.083
    band_cm1: float = 9.4
    group: float = 0.16
    group_cm1: float = 14.4
    response: float = 0.133
    response_cm1: float = 300.0
    jitter: float = 0.42
    jitter_cm1: float = 11.2
    shift: float = 0.56
    width: float = 6.0
    skew: float = 3.4
    wing: float = 0.33
    floor: float = 0.0026
    floor_cm1: float = 16.0
    unknown: float = 1.0
    unknown_cm1: float = 10.0


@dataclass(frozen=True, slots=True, kw_only=True)
class WallError(ShapeError):
    """The same for a wall that was measured on the same unit: focus and axis drift, little else."""

    band: float = 0.004
    group: float = 0.004
    response: float = 0.02
    jitter: float = 0.05
    shift: float = 0.3
    width: float = 0.5
    skew: float = 0.2
    wing: float = 0.01
    floor: float = 0.0005


@dataclass(frozen=True, slots=True, kw_only=True)
class MixtureOptions:
    """Constants of the unmixing; defaults chosen on the development spectra.

    Attributes
    ----------
    shape, wall : by how much a library's reference and a wall's own scan may differ from what the query holds.
    background : fine background, share of the local background. level : white error, share of the signal.
    significance : a component must stand out by this many standard deviations in the matched filter, times the
        chi-square a point that is left with it to the power of `strictness` where that exceeds 1. later : the same for
        the third and further ones.
    drawn : factor on significance and least share where the main component's reference is drawn from a band table.
    foreign : the same where the query's laser is another than that reference's, by more than `foreign_nm`.
    least_share : smallest share of net band area that is ever reported.
    most : components at most, containers apart.
    score, chi : what the sum must reach in the two-direction score, and must not exceed in chi-square a point.
    parts_score, parts_chi, sure_score : the same where no container is among the components: a part that the library
        lacks leaves more than shapes err by. From `sure_score` on, `chi` holds.
    beam : combinations that are followed at once. tried : candidates that each of them is extended by.
    rival : another reference in the place of a component, with which the whole is at most this much less likely (in
        twice the log likelihood), cannot be told from it.
    response : share by which a component's area may differ between two instruments; widens the ranges.
    wall_significance : as `significance`, behind a wall's own scan, where one content is looked for.
    wall_credit : chi-square a point that may be left behind a wall beyond 1, as a share of what the wall alone leaves.
    wall_most : and no more than this, whatever the wall leaves.
    wall_alone : chi-square a point of the wall alone up to which nothing lies behind it that could be named.
    certainty : standard deviations between the significance and the detection limit; 1.645 for 95 % of a normal.
    allowance : a limit is raised by this factor for what the shapes' errors take from a small component.
    """

    shape: ShapeError = field(default_factory=ShapeError)
    wall: ShapeError = field(default_factory=WallError)
    background: float = 0.06
    level: float = 0.0002
    significance: float = 4.6
    strictness: float = 1.5
    later: float = 5.5
    drawn: float = 1.3
    foreign: float = 1.5
    foreign_nm: float = 100.0
    least_share: float = 0.02
    most: int = 3
    score: float = 0.91
    chi: float = 4.2
    parts_score: float = 0.94
    parts_chi: float = 1.5
    sure_score: float = 0.975
    beam: int = 2
    tried: int = 2
    rival: float = 5.0
    response: float = 0.3
    wall_significance: float = 9.0
    wall_credit: float = 0.015
    wall_most: float = 6.0
    wall_alone: float = 2.0
    certainty: float = 1.645
    allowance: float = 2.3

    def doubt(self, reference: Reference, laser_nm: float | None) -> float:
        """Factor on significance and least share beside a reference, for a query at a laser (None when not known)."""
        stated = reference.provenance.get("laser_nm", "")
        own = float(stated) if stated.replace(".", "", 1).isdigit() else COMMON_LASER_NM
        far = laser_nm is not None and abs(laser_nm - own) > self.foreign_nm
        return (self.drawn if reference.origin == "bands" else 1.0) * (self.foreign if far else 1.0)
