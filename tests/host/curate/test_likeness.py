import numpy as np
import pytest

from quayscan.curate.likeness import ASKED, likeness, own_likeness, rows_of
from quayscan.library import GridRow, Library, default_library, from_rows
from quayscan.match.screen import screen
from quayscan.preprocess import prepare

from .drawn import drawn, entry

SUBSTANCES = ("acetone", "toluene", "benzene", "urea", "caffeine", "sucrose")


@pytest.fixture(scope="module")
def library() -> Library:
    rows, references = zip(*[entry(name, at) for at, name in enumerate(SUBSTANCES)], strict=True)
    short = GridRow(
        values=np.where(np.arange(951) < 700, rows[0].values, 0.0), mask=rows[0].mask & (np.arange(951) < 700)
    )
    return from_rows([*rows, short], [*references, references[0]], name="drawn")


def test_many_at_once_are_as_alike_as_the_screen_finds_them_one_by_one(library: Library) -> None:
    shipped = default_library()
    together = likeness(rows_of(library), shipped)
    for at, name in enumerate(SUBSTANCES):
        found = screen(prepare(drawn(name, at)), shipped)
        alone = np.minimum(found.cosine, found.cosine_sqrt)
        asked = found.cosine_sqrt >= ASKED + 1e-3
        np.testing.assert_allclose(together[at][asked], alone[asked], atol=2e-3)  # float32 rows
        assert np.all(together[at][found.cosine_sqrt < ASKED - 1e-3] < ASKED)


def test_a_library_is_as_alike_to_itself_as_to_another(library: Library) -> None:
    rows = rows_of(library)
    both = likeness(rows, library)
    own = own_likeness(rows)
    np.testing.assert_allclose(own, own.T)
    np.testing.assert_allclose(np.diag(own), 1.0, atol=1e-6)
    near = np.maximum(both, both.T) >= ASKED
    np.testing.assert_allclose(own[near], np.maximum(both, both.T)[near], atol=0.02)  # one shifted side or the other


def test_rows_of_other_coverage_find_their_place(library: Library) -> None:
    alike = own_likeness(rows_of(library))
    assert alike[0, -1] > 0.95
    assert np.argmax(alike[-1][:-1]) == 0
