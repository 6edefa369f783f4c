"""`NirOptions`: the constants of a near-infrared comparison, and the recipe's stable id."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from ...preprocess.nir import derivative, grid, resample
from . import pools, spread

RECIPE_FAMILY = "nir-1"


@dataclass(frozen=True, slots=True, kw_only=True)
class NirOptions:
    """Constants of the decision; the threshold itself comes from the library's right and wrong scores.

    Attributes
    ----------
    rate : false-alarm rate: a substance that the library lacks is named at most this often.
    margin : names within this distance of the best one, in atanh of the score, belong to the answer.
    """

    rate: float = 0.01
    margin: float = 0.5


def nir_recipe_id(options: NirOptions, *, more: Mapping[str, object] | None = None) -> str:
    """A stable id of all constants that make a verdict: "nir-1:" and 12 hexadecimal digits.

    Parameters
    ----------
    more : constants of other stages, by name; values must be JSON values.
    """
    constants = {
        "grid": [grid.START_NM, grid.STEP_NM, grid.POINTS, grid.WINDOW_START_NM, grid.WINDOW_STOP_NM],
        "resample": [resample.SIGMA_NM, resample.REACH_NM, resample.TERMS],
        "derivative": [derivative.WIDTH_POINTS, derivative.DEGREE],
        "spread": [spread.SPREAD_FLOOR, spread.shipped_spread().tolist()],
        "pools": [pools.LOW, pools.HIGH, pools.shipped_pools().threshold()],
        "match": asdict(options),
        "more": dict(more or {}),
    }
    text = json.dumps(constants, sort_keys=True, separators=(",", ":"))
    return f"{RECIPE_FAMILY}:{hashlib.sha256(text.encode()).hexdigest()[:12]}"
