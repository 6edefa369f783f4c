"""What a case found becomes a result, whatever happens in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from quayscan.errors import LinkLost, RigFailed, RigViolation
from quayscan.rig import FAILED, PASSED, SKIPPED, Case, Found, Rig, VirtualResources, open_rig, run_case
from quayscan_hardware.rig import RigError


@pytest.fixture(scope="module")
def rig(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Rig]:
    rig = open_rig(VirtualResources("raman785", seed=1, interpreter="cpython"), tmp_path_factory.mktemp("keys"), 0)
    yield rig
    rig.close()


def case(run: Callable[[Rig], Found], **changes: object) -> Case:
    fields = {"name": "made", "group": "fault", "injected": "i", "invariant": "v", "run": run, **changes}
    return Case(**fields)  # type: ignore[arg-type] # fields of a test


def raising(error: Exception) -> Callable[[Rig], Found]:
    def run(rig: Rig) -> Found:
        raise error

    return run


def test_a_case_that_finds_nothing_wrong_passes(rig: Rig) -> None:
    result = run_case(rig, case(lambda rig: Found(finding="all well", measured=1.0, limit=2.0, unit="ms")), 4)
    assert (result.outcome, result.seed, result.finding, result.measured) == (PASSED, 4, "all well", 1.0)


@pytest.mark.parametrize("error", [RigViolation("it broke"), LinkLost("it is gone")])
def test_whatever_the_board_breaks_fails_it_by_its_message(rig: Rig, error: Exception) -> None:
    result = run_case(rig, case(raising(error)), 0)
    assert (result.outcome, result.finding) == (FAILED, f"{type(error).__name__}: {error}")


def test_a_figure_over_its_limit_fails(rig: Rig) -> None:
    assert run_case(rig, case(lambda rig: Found(finding="wide", passed=False)), 0).outcome == FAILED


def test_a_wrong_exposure_fails_a_case_that_noticed_nothing(rig: Rig) -> None:
    def run(rig: Rig) -> Found:
        rig.ledger.wrong.append("exposure 3: its light is not what the detector gave")
        return Found(finding="all well")

    result = run_case(rig, case(run), 0)
    assert (result.outcome, "1 wrong exposure" in result.finding) == (FAILED, True)
    assert run_case(rig, case(lambda rig: Found(finding="the next is judged by itself")), 0).outcome == PASSED


def test_a_rig_that_fails_says_nothing_about_the_board(rig: Rig) -> None:
    with pytest.raises(RigFailed, match="made, seed 9: the relay is stuck"):
        run_case(rig, case(raising(RigError("the relay is stuck"))), 9)


def test_a_case_that_the_rig_cannot_do_is_skipped(rig: Rig) -> None:
    result = run_case(rig, case(raising(AssertionError()), needs=frozenset({"a crane"})), 0)
    assert (result.outcome, result.finding) == (SKIPPED, "this rig lacks: a crane")


def test_a_failure_on_a_starved_host_is_tried_again_and_told(rig: Rig) -> None:
    seen = []

    def run(rig: Rig) -> Found:
        seen.append(1)
        rig.driver.longest_beat_s = 1.0
        return Found(finding="late", passed=len(seen) == 2)

    result = run_case(rig, case(run), 0)
    assert (result.outcome, len(seen)) == (PASSED, 2)
    assert result.finding.startswith("late (run 2 times: this computer was too busy")


def test_a_board_that_keeps_failing_fails_after_its_tries(rig: Rig) -> None:
    seen = []

    def run(rig: Rig) -> Found:
        seen.append(1)
        rig.driver.longest_beat_s = 1.0
        return Found(finding="late", passed=False)

    assert run_case(rig, case(run), 0).outcome == FAILED
    assert len(seen) == 3


def test_the_same_seed_gives_the_same_faults(rig: Rig) -> None:
    drawn: list[float] = []

    def run(rig: Rig) -> Found:
        drawn.append(float(rig.rng.uniform()))
        return Found(finding="")

    for seed in (5, 5, 6):
        run_case(rig, case(run), seed)
    assert drawn[0] == drawn[1] != drawn[2]
