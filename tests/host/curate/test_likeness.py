import numpy as np
import pytest

from quayscan.curate.likeness import ASKED, likeness, own_likeness, rows_of
from quayscan.library import GridRow, Library, default_library, from_rows
from quayscan.match.screen import screen
from quayscan.preprocess import prepare
from quayscan.preprocess.envelope import band_part
from quayscan.preprocess.grid import MAX_SHIFT_STEPS, WINDOW
from quayscan.preprocess.projection import project_out

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


def slow_likeness(query: Library, reference: Library, row: int, other: int) -> tuple[float, float]:
    """Cosines of intensities and of roots, one pair and one shift at a time: the independent version."""
    mask, limit = (library.masks(np.array([at]))[0] for library, at in ((query, row), (reference, other)))
    steps = range(-MAX_SHIFT_STEPS, MAX_SHIFT_STEPS + 1)
    joint = limit[WINDOW] & np.all([mask[WINDOW.start + by : WINDOW.stop + by] for by in steps], axis=0)
    best = []
    for root in (False, True):
        sides = [query.spectra[row].astype(np.float64), reference.spectra[other].astype(np.float64)]
        if root:
            sides = [np.sqrt(band_part(side, its)) for side, its in zip(sides, (mask, limit), strict=True)]
        fixed = project_out(sides[1][WINDOW], joint)
        moved = [project_out(sides[0][WINDOW.start + by : WINDOW.stop + by], joint) for by in steps]
        best.append(max(float(one @ fixed / np.linalg.norm(one) / np.linalg.norm(fixed)) for one in moved))
    return best[0], best[1]


def test_many_at_once_are_as_alike_as_each_pair_alone(library: Library) -> None:
    together = likeness(rows_of(library), library)
    for row, other in np.ndindex(together.shape):
        linear, root = slow_likeness(library, library, row, other)
        if root >= ASKED:
            np.testing.assert_allclose(together[row, other], min(linear, root), atol=1e-9)
        else:
            np.testing.assert_allclose(together[row, other], root, atol=1e-5)  # single precision


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
