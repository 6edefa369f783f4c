"""The stable id of a near-infrared recipe."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping

from ...preprocess.nir import derivative, grid, resample
from ..options import MatchOptions
from . import pools, spread

RECIPE_FAMILY = "nir-1"


def nir_recipe_id(options: MatchOptions, *, more: Mapping[str, object] | None = None) -> str:
    """A stable id of all constants that make a verdict: "nir-1:" and 12 hexadecimal digits.

    Parameters
    ----------
    options : of which the rate and the margin count here.
    more : constants of other stages, by name; values must be JSON values.
    """
    shipped = pools.shipped_pools()
    constants = {
        "grid": [grid.START_NM, grid.STEP_NM, grid.POINTS, grid.WINDOW_START_NM, grid.WINDOW_STOP_NM],
        "resample": [resample.SIGMA_NM, resample.REACH_NM, resample.TERMS],
        "derivative": [derivative.WIDTH_POINTS, derivative.DEGREE],
        "spread": [spread.SPREAD_FLOOR, spread.shipped_spread().tolist()],
        "pools": [pools.LOW, pools.HIGH, pools.NEARER_WRONG, shipped.right.tolist(), shipped.wrong.tolist()],
        "decide": [options.rate, options.margin],
        "more": dict(more or {}),
    }
    text = json.dumps(constants, sort_keys=True, separators=(",", ":"))
    return f"{RECIPE_FAMILY}:{hashlib.sha256(text.encode()).hexdigest()[:12]}"
