from quayscan_spectra.insilico.progress import Meter, Progress


def test_time_left_is_the_mean_of_what_was_timed_for_what_is_left() -> None:
    seen: list[Progress] = []
    meter = Meter(seen.append)
    meter.expect(5)
    meter.step("from disk", None)
    meter.step("first", 10.0)
    meter.step("second", 20.0)
    assert [one.seconds_left for one in seen] == [None, 30.0, 30.0]
    assert seen[-1].done == 3


def test_more_steps_than_foreseen_never_show_more_done_than_all() -> None:
    seen: list[Progress] = []
    meter = Meter(seen.append)
    meter.expect(1)
    meter.step("a", 1.0)
    meter.step("b", 1.0)
    assert (seen[-1].done, seen[-1].total, seen[-1].seconds_left) == (2, 2, 0.0)


def test_what_is_still_to_come_can_be_told_anew() -> None:
    seen: list[Progress] = []
    meter = Meter(seen.append)
    meter.expect(2)
    meter.step("a", 4.0)
    meter.expect(10)
    meter.step("b", 4.0)
    assert (seen[-1].done, seen[-1].total, seen[-1].seconds_left) == (2, 11, 36.0)
