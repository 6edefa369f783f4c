"""The handheld's display as it is seen: 128 x 64 dots, sent in eight pages of eight rows."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

COLUMNS = 128
PAGES = 8


class Display:
    """Dark at first."""

    def __init__(self) -> None:
        self._pages = np.zeros((PAGES, COLUMNS), dtype=np.uint8)

    def show_page(self, page: int, dots: bytes) -> None:
        """One byte a column, the upper row in the lowest bit.

        Raises
        ------
        ValueError
            There is no such page, or it has another width.
        """
        if not 0 <= page < PAGES or len(dots) != COLUMNS:
            raise ValueError(f"page {page} with {len(dots)} columns: there are {PAGES} pages of {COLUMNS}")
        self._pages[page] = np.frombuffer(dots, dtype=np.uint8)

    def dots(self) -> NDArray[np.bool_]:
        """What is seen, (64, 128), True where a dot is lit."""
        rows = np.unpackbits(self._pages[:, None, :], axis=1, bitorder="little")
        return rows.reshape(8 * PAGES, COLUMNS).astype(bool)
