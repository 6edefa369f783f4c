"""`Effort`: how the engine's work is cut and shared."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

Product = Callable[..., Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Effort:
    """How the work is cut and shared; none of it changes what comes out.

    A first pass is another matter: it is what `best_of_many` and `search` choose for their sizes.

    Attributes
    ----------
    block : spectra at once, fewer with a very large library. threads : that work on blocks.
    product : multiplies matrices, and stacks of them, as `np.matmul` does.
    """

    block: int = 96
    threads: int = 1
    product: Product = np.matmul
