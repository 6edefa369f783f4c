import numpy as np
import pytest

from quayscan_hardware.bench import Bench, Conditions
from quayscan_hardware.bench.charring import charring
from quayscan_hardware.bench.faults import FAULTS, broken


@pytest.mark.parametrize("name", sorted(set(FAULTS) - {"burning"}))
def test_each_fault_changes_one_condition_and_the_bench_with_it(name):
    sound, faulty = vars_of(Conditions()), vars_of(broken(name))
    assert sum(sound[key] != faulty[key] for key in sound) == 1
    assert seen(broken(name)) != seen(Conditions())


def vars_of(conditions):
    return {key: getattr(conditions, key) for key in conditions.__slots__}


def seen(conditions):
    """What a program could notice: counts with and without light, the photodiode, the interlock."""
    now = [0.0]
    bench = Bench(sample="polystyrene", seed=3, conditions=conditions, clock=lambda: now[0])
    bench.connect(True)
    frames = []
    for lit in (False, True):
        bench.drive_outputs(3 if lit else 0, 1000)
        bench.retrigger()
        bench.start_integration(100_000)
        now[0] += 0.1
        frames.append(bench.read_frame().tobytes())
    photodiode = bench.read_inputs()[3]
    bench.interlock_closed = False
    return frames, photodiode, bench.interlock_closed


def test_a_sound_bench_stays_what_it_was():
    assert broken("") == Conditions()


def test_an_unknown_fault_lists_the_known():
    with pytest.raises(ValueError, match="choose one of dark-level"):
        broken("gremlins")


def test_a_sample_chars_past_its_dose_only():
    np.testing.assert_allclose([charring(dose, 10.0) for dose in (0, 10, 15, 20)], [1, 1, 11, 21])
    assert charring(1e9, float("inf")) == 1.0
