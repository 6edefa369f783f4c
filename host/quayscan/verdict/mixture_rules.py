"""`with_mixture`: what several substances together, or a wall, make of a verdict about single ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ..library import Library
from ..match import MatchOptions
from ..match.mixture import MixtureOptions, Unmixed
from ..match.mixture.false_alarms import Rule
from .components import CONTAINER, CONTENTS, candidates_of, components_of, is_container, subjects_of
from .controls import ControlsAt, legal_finding
from .counted import false_alarm_of, rate_words, too_often
from .decide import PRESUMPTIVE, SMALLER
from .detection import limit_words, limits_of, not_ruled_out
from .known import known_controls_at, known_group_of
from .naming import GroupOf
from .verdict import Action, Component, Verdict, VerdictKind

HIDDEN = "wall"
"""Cause of INADEQUATE where a wall leaves nothing."""

TOO_MANY = (
    "Several substances together explain it better than one, and with so large a library wrong ones would be named in"
    " more than half of samples: nothing is named."
)
"""A single one is not named either, since it does not explain the whole."""

REMEDY = "Expose longer or scan where the wall is thinner, else open it and scan the contents."


@dataclass(frozen=True, slots=True, kw_only=True)
class MixtureRules:
    """What the rules need beside the verdict and the combination found.

    Attributes
    ----------
    library : both were found in it. notes : remarks of the data's reader, kept among the reasons.
    options, single : constants of the unmixing and of the single comparison.
    controls_at, group_of : as `decide` has them.
    """

    library: Library
    notes: Sequence[str] = ()
    options: MixtureOptions
    single: MatchOptions
    controls_at: ControlsAt = known_controls_at
    group_of: GroupOf = known_group_of


def with_mixture(verdict: Verdict, unmixed: Unmixed, rules: MixtureRules) -> Verdict:
    """The verdict with components, containers and detection limits.

    A verdict on good data becomes MIXTURE when two or more substances that are no container explain the spectrum
    together, and MATCH when one does behind a container. With a wall's own scan it becomes INADEQUATE where the wall
    leaves nothing, and UNKNOWN where the library does not hold what it leaves. INADEQUATE stays what it is.
    """
    if verdict.verdict is VerdictKind.INADEQUATE:
        return verdict
    if unmixed.wall is not None:
        return _behind_wall(verdict, unmixed, rules)
    packed = any(is_container(one.substance) for one in unmixed.ingredients)
    if len(unmixed.ingredients) > 1 and unmixed.explains(rules.options, rules.single.threshold, packed=packed):
        return _together(verdict, unmixed, rules)
    if verdict.verdict is VerdictKind.MATCH and unmixed.ingredients:
        return _with_limits(_may_be_wall(verdict), unmixed, rules)
    return verdict


def _behind_wall(verdict: Verdict, unmixed: Unmixed, rules: MixtureRules) -> Verdict:
    if unmixed.hidden(rules.options):
        return _closed(
            verdict,
            VerdictKind.INADEQUATE,
            Action.RESCAN,
            ("The wall hides the contents: beside the empty wall's scan nothing stands above the noise.", REMEDY),
            unmixed,
            rules,
        )
    if not unmixed.ingredients or not unmixed.explains_contents(rules.options):
        finding = "Something lies behind the wall, and no single substance of the library explains it."
        advice = "Send a sample to the laboratory: that it is unknown says nothing about what it is."
        return _closed(verdict, VerdictKind.UNKNOWN, Action.SEND_TO_LAB, (finding, advice), unmixed, rules)
    return _together(verdict, unmixed, rules)


def _closed(
    verdict: Verdict,
    kind: VerdictKind,
    action: Action,
    said: tuple[str, ...],
    unmixed: Unmixed,
    rules: MixtureRules,
) -> Verdict:
    """A verdict behind a wall, or about a mixture, that names nothing."""
    container = tuple(one for one in components_of(unmixed, rules.library) if one.role == CONTAINER)
    return replace(
        verdict,
        verdict=kind,
        action=action,
        cause=HIDDEN if kind is VerdictKind.INADEQUATE else "",
        candidates=candidates_of(verdict, (), unmixed),
        components=container if unmixed.wall is not None else (),
        reasons=(*said, *_remarks(verdict, rules)),
        controls=(),
        false_alarm=false_alarm_of(_rule(unmixed), rules),
    )


def _rule(unmixed: Unmixed) -> Rule:
    return "mixture" if unmixed.wall is None else "wall"


def _together(verdict: Verdict, unmixed: Unmixed, rules: MixtureRules) -> Verdict:
    """The components named, and what the law says about them and about what cannot be told from them."""
    components = components_of(unmixed, rules.library)
    contents = [one for one in components if one.role == CONTENTS]
    finding = legal_finding(
        subjects_of(contents, rules.library, rules.group_of),
        jurisdictions=verdict.jurisdictions,
        at=verdict.at,
        controls_at=rules.controls_at,
    )
    kept = false_alarm_of(_rule(unmixed), rules)
    if too_often(kept):
        return _closed(verdict, VerdictKind.UNKNOWN, Action.SEND_TO_LAB, (TOO_MANY, SMALLER), unmixed, rules)
    named = replace(
        verdict,
        verdict=_kind(contents),
        action=finding.action,
        cause="",
        candidates=candidates_of(verdict, contents, unmixed),
        components=components,
        reasons=(*_said(components), *finding.reasons, rate_words(kept), *_remarks(verdict, rules)),
        controls=finding.controls,
        false_alarm=kept,
    )
    return _with_limits(named, unmixed, rules)


def _kind(contents: Sequence[Component]) -> VerdictKind:
    if len(contents) > 1:
        return VerdictKind.MIXTURE
    return VerdictKind.AMBIGUOUS if contents[0].alternatives else VerdictKind.MATCH


def _said(components: Sequence[Component]) -> tuple[str, ...]:
    shares = "; ".join(f"{one.name} {one.low:.0%} to {one.high:.0%}" for one in components if one.role == CONTENTS)
    container = [one for one in components if one.role == CONTAINER]
    what = "The spectrum is consistent with" if not container else "The contents are consistent with"
    said = [f"{what} {shares} of the signal (net band area, not weight)."]
    said += [f"Measured through {one.name}: {one.low:.0%} to {one.high:.0%} of the signal." for one in container]
    return tuple(said)


def _may_be_wall(verdict: Verdict) -> Verdict:
    """A plastic that is named alone may be what the goods are packed in."""
    named = [one for one in verdict.candidates if one.named]
    if not any(is_container(one.substance) for one in named):
        return verdict
    hint = (
        f"If {named[0].name} is only the container, it hides its contents:"
        " scan the empty wall first (--wall-first), or open it."
    )
    return replace(verdict, reasons=(verdict.reasons[0], hint, *verdict.reasons[1:]))


def _with_limits(verdict: Verdict, unmixed: Unmixed, rules: MixtureRules) -> Verdict:
    found = {one.substance for one in verdict.components} | {one.substance for one in verdict.candidates if one.named}
    limits = limits_of(unmixed, rules.library, verdict.at, rules.controls_at, rules.group_of, found)
    at = len(verdict.reasons) - len(_remarks(verdict, rules))
    open_ones = not_ruled_out(rules.library, verdict.at, rules.controls_at, rules.group_of, found)
    reasons = (*verdict.reasons[:at], *limit_words(limits, list(open_ones.values())), *verdict.reasons[at:])
    return replace(verdict, detection_limits=limits, not_ruled_out=tuple(open_ones), reasons=reasons)


def _remarks(verdict: Verdict, rules: MixtureRules) -> tuple[str, ...]:
    """What `decide` says last about any spectrum."""
    return (*rules.notes, *rules.library.seal.warnings(verdict.at), PRESUMPTIVE)
