import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quayscan.errors import LibraryError
from quayscan.library import Reference
from quayscan.library.entries import PackedReferences, pack_references

REFERENCES = st.builds(
    Reference,
    substance=st.text(min_size=1, max_size=12),
    name=st.text(min_size=1, max_size=12),
    grade=st.sampled_from(["measured", "published", "computed"]),
    origin=st.sampled_from(["spectrum", "bands"]),
    provenance=st.dictionaries(st.text(max_size=6), st.text(max_size=12), max_size=3),
)


def packed(references: list[Reference]) -> PackedReferences:
    lines, offsets = pack_references(references)
    return PackedReferences(np.frombuffer(lines, dtype=np.uint8), offsets)


@given(st.lists(REFERENCES, max_size=5))
def test_any_references_come_back_as_they_went_in(references: list[Reference]) -> None:
    assert list(packed(references)) == references


def test_slices_and_negative_places_work_as_in_a_list() -> None:
    references = [Reference(substance=name, name=name, grade="measured") for name in "abc"]
    assert packed(references)[-1] == references[2]
    assert packed(references)[1:] == tuple(references[1:])
    with pytest.raises(IndexError):
        packed(references)[3]


def test_a_damaged_line_names_its_entry() -> None:
    lines, offsets = pack_references([Reference(substance="a", name="a", grade="measured")])
    broken = np.frombuffer(b"x" + lines[1:], dtype=np.uint8)
    with pytest.raises(LibraryError, match="entry 1"):
        PackedReferences(broken, offsets)[0]
