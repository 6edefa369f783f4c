"""The sensor's limits are repeated where they matter."""

from quayscan.verdict import VerdictKind

from .fakes import evidence, judged, result


def test_a_named_substance_brings_its_limit() -> None:
    verdict = judged(result(evidence("4-piperidone", 0.99)))
    assert any("gem-diol" in reason for reason in verdict.reasons)


def test_a_substance_without_a_limit_brings_none() -> None:
    verdict = judged(result(evidence("acetone", 0.99)))
    assert not any("Mind the limit" in reason for reason in verdict.reasons)


def test_an_empty_spectrum_rules_nothing_out_that_has_no_bands() -> None:
    (said,) = [one for one in judged(result(chi=0.9)).reasons if "rules none of these out" in one]
    assert all(name in said for name in ("iodine", "potassium-permanganate", "hydrochloric-acid"))
    assert "ephedra" not in said


def test_a_saturated_spectrum_says_nothing_of_the_kind() -> None:
    verdict = judged(result(evidence("acetone", 0.99), saturated_fraction=0.2))
    assert not any("rules none of these out" in reason for reason in verdict.reasons)


def test_an_unknown_of_faint_bands_asks_for_a_longer_exposure_first() -> None:
    faint, clear = (judged(result(evidence("acetone", 0.6), chi=chi)) for chi in (20.0, 500.0))
    assert faint.verdict is clear.verdict is VerdictKind.UNKNOWN
    assert any("longer exposure" in reason for reason in faint.reasons)
    assert not any("longer exposure" in reason for reason in clear.reasons)


def test_weak_bands_that_resemble_something_are_not_refused() -> None:
    assert judged(result(evidence("acetone", 0.99), chi=2.0)).verdict is VerdictKind.MATCH
    assert judged(result(evidence("acetone", 0.5), chi=2.0)).cause == "weak"
