import pytest

from quayscan.curate.names import group_of, name_of, substance_of


@pytest.mark.parametrize(
    ("stem", "name"),
    [
        ("Acetone-03", "Acetone"),
        ("Acetone", "Acetone"),
        ("67-64-1", "67-64-1"),
        ("67-64-1-02", "67-64-1"),
        ("2-Propanol-11", "2-Propanol"),
        ("2-Propanol", "2-Propanol"),
        ("Mix 7", "Mix 7"),
        ("PEG-400", "PEG-400"),
        ("-03", "-03"),
    ],
)
def test_only_two_digits_after_a_name_are_a_repeat(stem: str, name: str) -> None:
    assert name_of(stem) == name


@pytest.mark.parametrize("name", ["acetone", "ACETONE", "67-64-1", "dimethyl ketone", "propan-2-one"])
def test_names_synonyms_and_cas_numbers_are_one_substance(name: str) -> None:
    assert substance_of(name) == "acetone"


def test_another_name_is_a_substance_of_its_own() -> None:
    assert substance_of("Our Mix 7") == "our mix 7"
    assert group_of("our mix 7") == {"our mix 7"}


def test_hydrates_of_one_acid_are_one_group() -> None:
    assert group_of("citric-acid") == group_of("citric-acid-anhydrate") >= {"citric-acid"}
