import numpy as np

from quayscan.preprocess.grid import (
    GRID,
    MAX_SHIFT_CM1,
    MAX_SHIFT_STEPS,
    POINTS,
    STEP_CM1,
    STOP_CM1,
    WINDOW,
    WINDOW_POINTS,
    WINDOW_START_CM1,
    WINDOW_STOP_CM1,
    window_position,
)


def test_the_constants_of_the_grid_belong_together() -> None:
    assert GRID.size == POINTS
    assert GRID[-1] == STOP_CM1
    assert GRID[WINDOW][0] == WINDOW_START_CM1
    assert GRID[WINDOW][-1] == WINDOW_STOP_CM1
    assert GRID[WINDOW].size == window_position().size == WINDOW_POINTS
    assert MAX_SHIFT_STEPS * STEP_CM1 == MAX_SHIFT_CM1


def test_no_shift_runs_off_the_stored_grid() -> None:
    assert WINDOW.start - MAX_SHIFT_STEPS >= 0
    assert WINDOW.stop + MAX_SHIFT_STEPS <= POINTS


def test_window_position_runs_from_minus_one_to_one() -> None:
    position = window_position()
    assert (position[0], position[-1]) == (-1.0, 1.0)
    assert np.all(np.diff(position) > 0)
