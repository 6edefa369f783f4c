"""Customs codes of benign goods: every row has a source, and a code finds all that it covers."""

import re

import pytest

from quayscan_spectra import customs_code, hs_codes, look_up, references, substance, substances_of_code


def test_every_row_has_a_known_substance_a_code_a_wording_and_a_source() -> None:
    for row in hs_codes():
        assert substance(row.substance).kind == "benign"
        assert re.fullmatch(r"\d{6}", row.hs6)
        assert row.description
        assert "harmonized-system" in row.source
        assert row.verified != ("not verified" in row.source)


def test_no_pair_stands_twice() -> None:
    pairs = [(row.substance, row.hs6) for row in hs_codes()]
    assert len(set(pairs)) == len(pairs)


def test_most_goods_with_a_reference_have_a_code() -> None:
    goods = {one.substance for one in references() if substance(one.substance).kind == "benign"}
    assert len(goods & {row.substance for row in hs_codes()}) >= 0.8 * len(goods)


@pytest.mark.parametrize("text", ["291814", "2918.14", "2918.14.00", "2918140000", "HS 2918.14", "hs291814"])
def test_a_code_is_read_however_it_is_written(text: str) -> None:
    assert customs_code(text) == "291814"
    assert {one.substance for one in look_up(text)} == {
        "citric-acid",
        "citric-acid-anhydrate",
        "citric-acid-monohydrate",
    }


@pytest.mark.parametrize("text", ["citric acid", "77-92-9", "29181", "29.18.14", ""])
def test_what_is_no_code_is_none(text: str) -> None:
    assert customs_code(text) == ""


def test_a_code_covers_goods_and_scheduled_substances_together() -> None:
    assert {"icaridin", "4-piperidone"} <= set(substances_of_code("293339"))
    assert substances_of_code("999999") == ()
