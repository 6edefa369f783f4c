"""`encode`: data sets as the bytes of files, in one of the four formats that are written."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Literal, get_args

from .dataset import Dataset

Target = Literal["csv", "jdx", "spc", "nxs"]
TARGETS: tuple[Target, ...] = get_args(Target)


def encode(path: Path, datasets: Sequence[Dataset], target: Target) -> list[tuple[str, bytes]]:
    """File names and contents for the data sets of `path`.

    A CSV file holds one data set, an SPC file those that share units and title, the others all: where one file cannot
    hold them, each gets its own with its number in the name.

    Raises
    ------
    FileFormatError
        A NeXus file is asked for and h5py is not installed.
    """
    stem = path.stem
    if target == "jdx":
        from .jcamp import jcamp_text

        return [(f"{stem}.jdx", jcamp_text(datasets, title=stem).encode())]
    if target == "nxs":
        from .nexus_write import nexus_bytes

        return [(f"{stem}.nxs", nexus_bytes(path, datasets))]
    if target == "spc":
        from .spc import fits_one_file, spc_bytes

        groups = [list(datasets)] if fits_one_file(datasets) else [[one] for one in datasets]
        return _named(stem, target, [spc_bytes(group) for group in groups])
    from .own_csv import own_csv

    return _named(stem, target, [own_csv(one).encode() for one in datasets])


def _named(stem: str, target: Target, contents: Sequence[bytes]) -> list[tuple[str, bytes]]:
    if len(contents) == 1:
        return [(f"{stem}.{target}", contents[0])]
    width = len(str(len(contents)))
    return [(f"{stem}-{at:0{width}d}.{target}", content) for at, content in enumerate(contents, 1)]
