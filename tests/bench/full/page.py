"""The page of figures: a section that ran is new, every other keeps its text and its date."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

INTRODUCTION = """# Batch at its full sizes

`make season` measures it anew. Ratios are of one run, taken in turn.
"""


def with_sections(page: str, measured: Mapping[str, str], order: Sequence[str]) -> str:
    """The page with the measured sections in place of their older ones, by their names' order.

    Parameters
    ----------
    page : as it is, "" for none. measured : the text of a section, heading and all, by its name.
    order : names of all sections that a page may have; others are dropped.
    """
    sections = {**_sections(page), **measured}
    return "\n".join([INTRODUCTION, *(sections[name].strip() + "\n" for name in order if name in sections)])


def section(name: str, when: str, rows: Sequence[str], below: str = "") -> str:
    """Heading with the date in brackets, the table, and what stands below it."""
    return "\n".join([f"## {name.capitalize()} ({when})", "", *rows, *(["", below] if below else [])])


def _sections(page: str) -> dict[str, str]:
    """Text by name, which is the heading's first word in small letters."""
    parts = re.split(r"^(?=## )", page, flags=re.MULTILINE)[1:]
    return {part[3:].split()[0].lower(): part for part in parts}
