import numpy as np
import pytest

from quayscan.errors import LibraryError
from quayscan.library import Library


def test_shapes_that_do_not_belong_together_are_refused(small_library: Library) -> None:
    with pytest.raises(LibraryError, match="do not belong together"):
        Library(
            name="bad",
            references=small_library.references[:2],
            spectra=small_library.spectra,
            coverage=small_library.coverage,
            sha256="",
        )


def test_libraries_are_compared_by_identity_and_can_be_keys(small_library: Library) -> None:
    assert {small_library: 1}[small_library] == 1


def test_the_arrays_are_read_only(small_library: Library) -> None:
    with pytest.raises(ValueError, match="read-only"):
        small_library.spectra[0, 0] = 1.0


def test_masks_follow_the_coverage(small_library: Library) -> None:
    coverage = np.array([[0, 951], [10, 900], [5, 6]], dtype=np.int32)
    library = Library(
        name="m",
        references=small_library.references,
        spectra=small_library.spectra,
        coverage=coverage,
        sha256="",
    )
    np.testing.assert_array_equal(library.masks().sum(axis=1), [951, 890, 1])
    np.testing.assert_array_equal(library.masks(slice(1, 2))[0].nonzero()[0][[0, -1]], [10, 899])
