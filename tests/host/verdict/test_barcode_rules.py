from quayscan.match.barcode import FamilyPattern
from quayscan.verdict import Action, Verdict, VerdictKind, with_families

from .fakes import evidence, judged, result

FOUND = FamilyPattern(
    family="methylenedioxyphenyls",
    title="methylenedioxyphenyls",
    score=4.0,
    threshold=3.0,
    rate=1 / 273,
    n=272,
    regions_cm1=((710.0, 730.0), (1250.0, 1250.0)),
)


def unknown() -> Verdict:
    return judged(result(evidence("a", 0.3)))


def test_unknown_with_a_pattern_says_send_to_lab_with_its_rate_and_names_nothing() -> None:
    found = with_families(unknown(), (FOUND,))
    assert (found.verdict, found.action) == (VerdictKind.UNKNOWN, Action.SEND_TO_LAB)
    assert found.families == (FOUND,)
    assert not any(one.named for one in found.candidates)
    assert "Pattern of a controlled family: methylenedioxyphenyls" in found.reasons[0]
    assert "710-730, 1250 cm-1" in found.reasons[0]
    assert "send to lab" in found.reasons[0]
    assert "0.4%" in found.reasons[0]
    assert "n 272" in found.reasons[0]


def test_a_named_substance_needs_no_pattern() -> None:
    match = judged(result(evidence("a", 0.99)))
    assert match.verdict is VerdictKind.MATCH
    assert with_families(match, (FOUND,)) is match


def test_unknown_without_a_pattern_stays_as_it_is() -> None:
    before = unknown()
    assert with_families(before, ()) is before
