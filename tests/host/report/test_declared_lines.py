from __future__ import annotations

from dataclasses import replace
from io import StringIO

from rich.console import Console

from quayscan.report.declared_lines import declared_json, declared_lines
from quayscan.verdict import Declared, DeclaredAnswer, DeclaredTest

DECLARED = Declared(
    text="2918.14",
    answer=DeclaredAnswer.NOT_CONSISTENT,
    why=("Found instead of Citric acid: Urea.", "The spectrum has bands at 1009 cm-1 that Citric acid lacks."),
    tests=(
        DeclaredTest(substance="citric-acid", name="Citric acid", score=0.51234567, p_value=1 / 122),
        DeclaredTest(substance="other", name="Other", score=None, p_value=None),
    ),
    p_value=1 / 122,
    n=121,
    only_spectrum=(1009.0,),
    only_reference=(785.0, 942.0),
    found=("urea",),
)


def printed(declared: Declared) -> str:
    out = StringIO()
    Console(file=out, width=110, highlight=False).print(declared_lines(declared))
    return out.getvalue()


def test_a_person_reads_answer_reasons_p_value_and_every_test() -> None:
    page = printed(DECLARED)
    assert "declared: 2918.14" in page
    assert "NOT CONSISTENT" in page
    assert "p 0.008 of n 121" in page
    assert "1009 cm-1" in page
    assert "Citric acid: score 0.512, p 0.008" in page
    assert "Other: no reference" in page


def test_without_a_p_value_none_is_shown_and_one_test_needs_no_list() -> None:
    page = printed(replace(DECLARED, p_value=None, tests=DECLARED.tests[:1]))
    assert " of n " not in page
    assert "score" not in page


def test_the_json_has_rounded_numbers_and_band_positions() -> None:
    found = declared_json(DECLARED)
    assert found["answer"] == "NOT_CONSISTENT"
    assert found["tests"][0]["score"] == 0.5123
    assert found["tests"][1]["score"] is None
    assert (found["p_value"], found["n"]) == (0.0082, 121)
    assert (found["only_spectrum_cm1"], found["only_reference_cm1"]) == ([1009.0], [785.0, 942.0])
    assert found["found"] == ["urea"]
