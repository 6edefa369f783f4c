import pytest

from quayscan.errors import LibraryError
from quayscan.library import Reference


def test_provenance_cannot_be_changed_afterwards() -> None:
    given = {"source": "somewhere"}
    reference = Reference(substance="acetone", name="Acetone", grade="measured", provenance=given)
    given["source"] = "elsewhere"
    assert reference.provenance["source"] == "somewhere"
    with pytest.raises(TypeError):
        reference.provenance["source"] = "elsewhere"  # type: ignore[index]  # that it fails is the promise


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"substance": ""}, "give both"),
        ({"name": ""}, "give both"),
        ({"grade": "recalled"}, "grade 'recalled'"),
        ({"origin": "memory"}, "origin 'memory'"),
    ],
)
def test_a_reference_without_identity_or_of_another_grade_is_refused(change: dict[str, str], message: str) -> None:
    fields = {"substance": "acetone", "name": "Acetone", "grade": "measured", **change}
    with pytest.raises(LibraryError, match=message):
        Reference(**fields)
