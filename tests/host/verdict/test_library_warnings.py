"""A verdict says when nobody vouches for its library."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from quayscan.library import Seal
from quayscan.verdict import Verdict, decide

from .fakes import LIBRARY, evidence, result

AT = date(2026, 11, 25)
SIGNED = Seal(signer="ab", trusted=True, expires="2026-11-25")


def judged(seal: Seal, at: date, *, score: float) -> Verdict:
    return decide(
        result(evidence("acetone", score)),
        library=replace(LIBRARY, seal=seal),
        jurisdictions=("UN88",),
        at=at,
        recipe="raman-1:0123456789ab",
    )


@pytest.mark.parametrize("score", [0.99, 0.5])
@pytest.mark.parametrize(
    ("seal", "says"),
    [
        (Seal(), "not signed"),
        (replace(SIGNED, trusted=False), "does not know"),
        (replace(SIGNED, expires="2026-11-24"), "expired on 2026-11-24"),
    ],
)
def test_every_verdict_warns_of_an_unsigned_unknown_or_expired_library(seal: Seal, says: str, score: float) -> None:
    verdict = judged(seal, AT, score=score)
    assert sum(says in reason for reason in verdict.reasons) == 1


@pytest.mark.parametrize("seal", [SIGNED, Seal(shipped=True)])
def test_a_signed_and_the_shipped_library_are_used_without_a_word(seal: Seal) -> None:
    assert not any("library" in reason for reason in judged(seal, AT, score=0.99).reasons)
