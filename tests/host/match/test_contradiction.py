import pytest

from quayscan.library import Library
from quayscan.match import Contradiction, judge
from quayscan.match.contradiction import contradiction
from quayscan.preprocess import prepare

from .drawing import SUBSTANCES, measured, query

ROW = {name: row for row, name in enumerate(SUBSTANCES)}


def contradicts(features: object, library: Library, name: str) -> Contradiction:
    (evidence,) = judge(features, library, [ROW[name]])  # type: ignore[arg-type]  # Features of drawing
    return contradiction(features, library, evidence)  # type: ignore[arg-type]  # the same


def near(found: tuple[float, ...], position: float) -> bool:
    return any(abs(one - position) <= 4 for one in found)


def test_both_directions_are_named_at_their_positions(drawn_library: Library) -> None:
    found = contradicts(query("alpha"), drawn_library, "beta")
    for only_alpha in (520.0, 1210.0, 1450.0):
        assert near(found.only_spectrum, only_alpha)
    for only_beta in (610.0, 1080.0, 1600.0):
        assert near(found.only_reference, only_beta)
    assert not near(found.only_spectrum + found.only_reference, 870.0)  # both have it


@pytest.mark.parametrize("name", SUBSTANCES)
@pytest.mark.parametrize("offset", [0.0, 6.0])
def test_a_spectrum_of_the_reference_itself_contradicts_it_nowhere(
    drawn_library: Library, name: str, offset: float
) -> None:
    assert not contradicts(query(name, offset=offset), drawn_library, name)


@pytest.mark.parametrize("name", [name for name in SUBSTANCES if name != "alpha"])
def test_every_false_declaration_is_contradicted_somewhere(drawn_library: Library, name: str) -> None:
    assert contradicts(query("alpha"), drawn_library, name)


def test_a_weak_band_counts_where_no_strong_one_stands_alone(drawn_library: Library) -> None:
    nearly = {**SUBSTANCES["gamma"], 700.0: 0.06}
    found = contradicts(prepare(measured(nearly)), drawn_library, "gamma")
    assert near(found.only_spectrum, 700.0)
    assert found.only_reference == ()


def test_noise_is_no_band(drawn_library: Library) -> None:
    found = contradicts(query("gamma", height=400.0, noise=25.0), drawn_library, "gamma")
    assert not found


def test_positions_are_on_the_axis_of_the_spectrum(drawn_library: Library) -> None:
    found = contradicts(query("alpha", offset=6.0), drawn_library, "delta")
    assert near(found.only_spectrum, 526.0)
    assert list(found.only_spectrum) == sorted(found.only_spectrum)
