"""The search for an exposure, by itself: what it is shown comes from a straight line, and the test knows the slope."""

import itertools

import pytest
from plain_bench import CONFIG

from quayscan_fw import auto_exposure
from quayscan_fw.auto_exposure import AutoExposure
from quayscan_fw.board import Config
from quayscan_wire import measure

FACTS = Config({**CONFIG, "max_exposure_us": 4_000_000, "max_on_ms": 30_000, "exposure_us": 100_000})
OFFSET = 1000
DARK = 0.0157
RANGE = 65535


class Sample:
    """Counts per microsecond and unit of power; `rises` multiplies it from that frame on."""

    def __init__(self, rate, dark=DARK, rises=99, by=1.0):
        self.rate = rate
        self.dark = dark
        self.rises = rises
        self.by = by
        self.seen = []

    def peak(self, exposure_us, power):
        rate = self.rate * (self.by if len(self.seen) >= self.rises else 1.0)
        return min(RANGE, int(OFFSET + (self.dark + rate * power) * exposure_us))

    def search(self, power=1000, target=720, budget_ms=4000, longest_us=4_000_000, most=256):
        auto = AutoExposure(FACTS, power, target, budget_ms, longest_us, most)
        auto.learn_dark(*(OFFSET + self.dark * us for us in auto.dark_us))
        while not (auto.finished or auto.burns or auto.too_bright):
            peak = self.peak(auto.exposure_us, auto.power)
            self.seen.append((auto.power, auto.exposure_us, peak))
            dark = OFFSET + self.dark * auto.exposure_us
            auto.learn(peak, dark + 0.1 * (peak - dark))
        return auto


@pytest.mark.parametrize("rate", [3e-5, 1e-4, 1e-3, 1e-2, 0.1, 0.2])
def test_a_straight_line_is_met_within_four_frames(rate):
    sample = Sample(rate)
    auto = sample.search()
    assert auto.reason == measure.REACHED
    assert auto.probes <= measure.PROBES
    assert sample.peak(auto.exposure_us, auto.power) == pytest.approx(0.72 * RANGE, rel=0.02)


@pytest.mark.parametrize("rate", [0.0, 1e-6, 1e-4, 1e-2, 1.0, 10.0, 100.0])
def test_no_frame_of_the_search_reaches_the_end_where_the_first_did_not(rate):
    sample = Sample(rate)
    auto = sample.search()
    first, *later = [peak for _, _, peak in sample.seen]
    assert first == RANGE or max(later, default=0) < RANGE
    assert auto.probes <= measure.PROBES


def test_power_doubles_from_a_quarter_and_light_grows_at_most_25_fold():
    sample = Sample(1e-5)
    sample.search()
    powers = [power for power, _, _ in sample.seen]
    assert powers[:3] == [250, 500, 1000]
    doses = [power * us for power, us, _ in sample.seen]
    assert all(b <= auto_exposure.GROWTH * a for a, b in itertools.pairwise(doses))
    assert sample.seen[0][1] == auto_exposure.FIRST_US


def test_little_power_is_not_divided_further_than_the_photodiode_sees():
    sample = Sample(1e-3)
    assert sample.search(power=100).power == 100
    assert {power for power, _, _ in sample.seen} == {100}


@pytest.mark.parametrize(
    ("asked", "reason"),
    [
        ({"budget_ms": 600}, measure.BUDGET),
        ({"longest_us": 100_000}, measure.LONGEST),
        ({"budget_ms": 20_000}, measure.DARK_CURRENT),
    ],
)
def test_a_dim_sample_says_what_kept_it_from_the_target(asked, reason):
    sample = Sample(1e-6)
    auto = sample.search(**asked)
    assert auto.reason == reason
    assert sample.peak(auto.exposure_us, auto.power) < 0.6 * RANGE


def test_budget_holds_dark_and_light_frames_and_the_most_averages_hold_too():
    auto = Sample(1e-3).search(budget_ms=3000)
    frame_ms = auto.exposure_us // 1000 + 10
    assert 2 * auto.averages * frame_ms <= 3000 < 2 * (auto.averages + 1) * frame_ms
    assert Sample(1e-3).search(most=2).averages == 2


def test_a_very_bright_sample_gets_less_power():
    sample = Sample(0.5)
    auto = sample.search()
    assert (auto.reason, auto.exposure_us) == (measure.LESS_POWER, auto_exposure.SHORTEST_US)
    assert 250 <= auto.power < 1000
    assert sample.peak(auto.exposure_us, auto.power) == pytest.approx(0.72 * RANGE, rel=0.02)


def test_a_sample_that_clips_with_the_least_light_ends_the_search():
    sample = Sample(5.0)
    auto = sample.search()
    assert auto.too_bright
    assert not auto.finished
    assert auto.probes == 2


@pytest.mark.parametrize("rises", [1, 2])
def test_a_sudden_rise_stops_the_search_before_the_next_frame(rises):
    sample = Sample(1e-3, rises=rises, by=3.0)
    auto = sample.search()
    assert auto.burns
    assert len(sample.seen) == rises + 1


def test_fading_light_is_no_rise():
    assert Sample(1e-3, rises=1, by=0.5).search().finished


def test_light_frames_are_held_to_what_the_search_saw():
    sample = Sample(1e-3)
    auto = sample.search()
    dark = OFFSET + DARK * auto.exposure_us
    mean = dark + 0.1 * (sample.peak(auto.exposure_us, auto.power) - dark)
    assert FACTS.pixels * mean < auto.ceiling < FACTS.pixels * (dark + 2.0 * (mean - dark))
