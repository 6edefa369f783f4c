"""`decide`: rules over evidence and controls give the verdict and the action."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from ..library import Library
from ..match import Calibration, ComputedEvidence, Contradiction, Evidence, MatchOptions, MatchResult
from ..match.axis_search import AxisOff
from ..match.conformal import MOST_RATE
from ..match.lamps import Lamp
from .adequacy import Inadequacy, Limits, clipped, displaced, inadequacy, lit
from .adequacy_nir import nir_inadequacy
from .controls import ControlsAt, Finding, Subject, legal_finding
from .known import known_controls_at, known_group_of
from .naming import GroupOf, best_per_substance, candidates, named_by_structure, named_evidence
from .sensor_limits import limit_reasons
from .verdict import Action, FalseAlarm, Verdict, VerdictKind

Named = Evidence | ComputedEvidence

PRESUMPTIVE = "This is a field screen and not a confirmation; only a laboratory confirms."

SMALLER = "Use a smaller library, chosen before this spectrum was seen."

NO_RATE = "No false-alarm rate is stated: it is known for the default constants alone, and others were used."


def decide(
    result: MatchResult,
    *,
    library: Library,
    jurisdictions: Sequence[str],
    at: date,
    recipe: str,
    controls_at: ControlsAt = known_controls_at,
    group_of: GroupOf = known_group_of,
    options: MatchOptions | None = None,
    limits: Limits | None = None,
    axis: AxisOff | None = None,
    lamp: Lamp | None = None,
) -> Verdict:
    """Decide about one spectrum.

    Parameters
    ----------
    result : evidence and quality.
    library : what the evidence was found in; its name, hash and warnings go into the verdict.
    jurisdictions : regimes that the officer asks about.
    at : date on which the controls are read, and the library's expiry.
    recipe : id of the constants, as `recipe_id` gives it.
    controls_at : gives every regime's word on a substance at a date; the tables of quayscan_spectra by default.
    group_of : identity group of a substance, itself among its members; likewise.
    options, limits : constants; the defaults when None.
    axis : a displaced axis on which a reference would fit; it counts when no measured reference is named.
    lamp : a lamp whose lines make most of the spectrum; likewise.
    """
    options = options if options is not None else MatchOptions()
    limits = limits if limits is not None else Limits()
    ranked = best_per_substance(result)
    kind, named = named_evidence(ranked, options, group_of, result.calibration)
    if ranked and ranked[0].score < result.least_score:
        kind, named = VerdictKind.UNKNOWN, ()
    by_structure: tuple[ComputedEvidence, ...] = ()
    nir = result.technique == "NIR"
    failing = nir_inadequacy(result.quality, limits) if nir else inadequacy(result, options, limits)
    if failing is None and kind is VerdictKind.UNKNOWN:
        failing = _spoiled(result, axis, lamp)
    if failing is not None:
        kind, named = VerdictKind.INADEQUATE, ()
    elif kind is VerdictKind.UNKNOWN:
        kind, by_structure = named_by_structure(result, options, group_of)
    finding = _finding(kind, by_structure or named, failing, jurisdictions, at, controls_at, group_of)
    cause = failing.cause if failing is not None else ""
    limited = limit_reasons(kind, cause, [one.substance for one in by_structure or named], result)
    kept = _false_alarm(result, options, by_structure) if limits == Limits() else None
    remarks = (
        *limited,
        *_rate_words(kept, kind),
        *result.quality.notes,
        *library.seal.warnings(at),
        PRESUMPTIVE,
    )
    return Verdict(
        verdict=kind,
        action=finding.action,
        cause=cause,
        candidates=candidates(ranked, named, by_structure, result.contradiction),
        components=(),
        reasons=(*_what_was_found(kind, by_structure or named), *_nearest(kind, result), *finding.reasons, *remarks),
        controls=finding.controls,
        false_alarm=kept,
        jurisdictions=tuple(jurisdictions),
        at=at,
        recipe=recipe,
        library_name=library.name,
        library_sha256=library.sha256,
    )


def _false_alarm(
    result: MatchResult, options: MatchOptions, by_structure: tuple[ComputedEvidence, ...]
) -> FalseAlarm | None:
    """The rate that the pool behind the answer keeps."""
    calibration = result.computed_calibration if by_structure else result.calibration
    if calibration is None:
        return None
    ranked: Sequence[Named] = by_structure or result.evidence
    return FalseAlarm(
        rate=calibration.kept_rate(options.rate),
        asked=options.rate,
        smallest=calibration.smallest,
        p_value=ranked[0].p_value if ranked else None,
        n=calibration.n,
        entries=calibration.entries,
        substances=calibration.null.substances,
        trials="computed" if by_structure else "single",
    )


def _spoiled(result: MatchResult, axis: AxisOff | None, lamp: Lamp | None) -> Inadequacy | None:
    """Why nothing may have been named although the data looks good."""
    if (cut := clipped(result)) is not None:
        return cut
    if lamp is not None:
        return lit(lamp)
    return None if axis is None else displaced(axis)


def _rate_words(kept: FalseAlarm | None, kind: VerdictKind) -> tuple[str, ...]:
    """Where the rate is not the one that was asked for, or none can be stated."""
    if kept is None:
        return (NO_RATE,)
    if kind is VerdictKind.UNKNOWN and kept.smallest > MOST_RATE:
        return (
            f"With a library of {kept.entries:,} references nothing is named: n {kept.n} cannot state that the best one"
            f" is wrong in less than {MOST_RATE:.0%} of samples. {SMALLER}",
        )
    if kept.rate <= kept.asked or kind in (VerdictKind.UNKNOWN, VerdictKind.INADEQUATE):
        return ()
    return (
        f"The false-alarm rate is {kept.rate:.1%} and not the {kept.asked:.1%} asked for: n {kept.n} cannot state less"
        f" for {kept.entries} references.",
    )


def _finding(
    kind: VerdictKind,
    named: Sequence[Named],
    failing: Inadequacy | None,
    jurisdictions: Sequence[str],
    at: date,
    controls_at: ControlsAt,
    group_of: GroupOf,
) -> Finding:
    if failing is not None:
        return Finding(action=Action.RESCAN, controls=(), reasons=(failing.finding, failing.remedy))
    if kind is VerdictKind.UNKNOWN:
        advice = "Send a sample to the laboratory: that it is unknown says nothing about what it is."
        return Finding(action=Action.SEND_TO_LAB, controls=(), reasons=(advice,))
    found = legal_finding(_subjects(named, group_of), jurisdictions=jurisdictions, at=at, controls_at=controls_at)
    return _unconfirmed(found) if any(one.grade == "computed" for one in named) else found


def _unconfirmed(found: Finding) -> Finding:
    """What a computed reference names goes to the laboratory, controlled or not."""
    nothing = found.action is Action.NO_CONTROLLED_FOUND
    return replace(
        found,
        action=Action.SEND_TO_LAB if nothing else found.action,
        reasons=("Computed reference: send to lab. Nobody has measured it; it was computed.", *found.reasons),
    )


def _subjects(named: Sequence[Named], group_of: GroupOf) -> tuple[Subject, ...]:
    """The named substances, then those that no instrument of this kind can tell from them."""
    subjects = {one.substance: Subject(substance=one.substance, name=one.name) for one in named}
    for one in named:
        for member in sorted(group_of(one.substance)):
            alike = f"{member} (which cannot be told from {one.name})"
            subjects.setdefault(member, Subject(substance=member, name=alike))
    return tuple(subjects.values())


def _what_was_found(kind: VerdictKind, named: Sequence[Named]) -> tuple[str, ...]:
    if kind is VerdictKind.UNKNOWN:
        return ("Good data, and no single substance of the library explains it.",)
    if kind is VerdictKind.INADEQUATE:
        return ()
    names = [_with_grade(one) for one in named]
    if kind is VerdictKind.MATCH:
        return (f"The spectrum is consistent with {names[0]}.",)
    return (f"The spectrum is consistent with each of: {', '.join(names)}; this scan cannot tell them apart.",)


def _nearest(kind: VerdictKind, result: MatchResult) -> tuple[str, ...]:
    """What speaks against the nearest reference of an UNKNOWN, band by band."""
    if kind is not VerdictKind.UNKNOWN or not result.contradiction:
        return ()
    best, bands = result.evidence[0], result.contradiction
    name = best.name
    return (f"Nearest is {name}{_how_near(best, result.calibration)}.", *_band_words(name, bands), *_rough(best))


def _how_near(best: Evidence, calibration: Calibration | None) -> str:
    if best.p_value is None or (calibration is not None and not calibration.states_a_rate):
        return ""
    return f"; {best.p_value:.0%} of samples that the library lacks come as near"


def _band_words(name: str, bands: Contradiction) -> tuple[str, ...]:
    more = f" has bands that {name} lacks, at {_places(bands.only_spectrum)}" if bands.only_spectrum else ""
    less = f" lacks bands that {name} has, at {_places(bands.only_reference)}" if bands.only_reference else ""
    return (f"The spectrum{more}{' and' if more and less else ''}{less} cm-1.",) if more or less else ()


def _rough(best: Evidence) -> tuple[str, ...]:
    """A drawn reference gives a right substance a low score, which must not read as if it were ruled out."""
    if best.origin != "bands" or best.grade != "published":
        return ()
    return (f"The reference of {best.name} is a published table of bands, a rough one: this does not rule it out.",)


def _places(shifts_cm1: Sequence[float]) -> str:
    return ", ".join(f"{shift:.0f}" for shift in shifts_cm1)


def _with_grade(one: Named) -> str:
    return f"{one.name} (computed reference)" if one.grade == "computed" else one.name
