"""A computed reference names the measured spectrum of its substance, its scaling fitted without that substance."""

import pytest

from quayscan_spectra.insilico.computed_references import computed_references
from quayscan_spectra.insilico.recognition import Cohort, Placed, place
from quayscan_spectra.insilico.scaling_fit import known


@pytest.fixture(scope="module")
def placed() -> list[Placed]:
    those = known(computed_references())
    fitted = [one for one in those if not one.computed.doubt]
    cohort = Cohort()
    return [place(cohort, fitted, one) for one in those]


def test_at_least_four_in_five_come_first_and_85_percent_among_three(placed: list[Placed]) -> None:
    if len(placed) < 20:
        pytest.skip(f"only {len(placed)} of 20 validation molecules are computed: `make queue` goes on")
    ranks = {one.substance: one.rank for one in placed}
    assert sum(rank == 1 for rank in ranks.values()) >= 0.80 * len(ranks), ranks
    assert sum(rank <= 3 for rank in ranks.values()) >= 0.85 * len(ranks), ranks


def test_a_measured_entry_names_itself_far_above_any_other() -> None:
    cohort = Cohort()
    for row, one in enumerate(cohort.those):
        assert cohort.between[row, row] == pytest.approx(1.0, abs=1e-6), one.substance
        assert cohort.between[row].argmax() == row
