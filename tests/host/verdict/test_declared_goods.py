import pytest

from quayscan.verdict import declared_goods

from .fakes import LIBRARY


@pytest.mark.parametrize("text", ["citric acid", "Citric-Acid", "77-92-9"])
def test_a_name_or_number_of_one_good_stands_for_it(text: str) -> None:
    found = declared_goods(text, LIBRARY)
    assert "citric-acid" in found.names
    assert (found.text, found.open_ended, found.unread) == (text, False, "")


def test_a_code_whose_wording_names_its_goods_is_closed() -> None:
    found = declared_goods("2918.14", LIBRARY)
    assert set(found.names) == {"citric-acid", "citric-acid-anhydrate", "citric-acid-monohydrate"}
    assert not found.open_ended


@pytest.mark.parametrize("code", ["2924.29", "2933.39"])
def test_a_code_whose_wording_covers_others_is_open(code: str) -> None:
    found = declared_goods(code, LIBRARY)
    assert len(found.names) >= 2
    assert found.open_ended


@pytest.mark.parametrize("text", ["9999.99", "unobtainium", "00-00-0", "C1CC("])
def test_what_the_tables_lack_is_said(text: str) -> None:
    found = declared_goods(text, LIBRARY)
    assert found.names == {}
    assert found.unread[0] == found.unread[0].upper()
    assert found.unread.endswith(".")


def test_a_substance_of_the_library_alone_is_found_by_its_name() -> None:
    assert declared_goods("A", LIBRARY).names == {"a": "A"}
