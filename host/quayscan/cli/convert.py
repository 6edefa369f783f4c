"""`quayscan convert`: spectrum files from one format to another."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..errors import FileFormatError, InputError, QuayscanError, SpectrumError, UsageError
from .options import AsJson
from .output import complain, print_json

if TYPE_CHECKING:
    from ..formats.dataset import Dataset


class To(StrEnum):
    """The formats that are written."""

    CSV = "csv"
    JDX = "jdx"
    SPC = "spc"
    NXS = "nxs"


def convert(
    files: Annotated[list[Path], typer.Argument(metavar="FILES...", help="Spectrum files of any format that is read.")],
    to: Annotated[To, typer.Option("--to", help="csv, jdx (JCAMP-DX 5.01), spc or nxs (NeXus).")],
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="The folder to write to; made if need be.")],
    laser_nm: Annotated[
        float | None,
        typer.Option("--laser-nm", help="Excitation, for files whose axis is in nm and that do not state it."),
    ] = None,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace files that are already there.")] = False,
    as_json: AsJson = False,
) -> None:
    """Convert FILES with every number exact. A bad file is reported and the rest are done.

    SPC keeps numbers as float32: where that rounds, stderr says so.
    """
    _prepare(out, laser_nm)
    bad = False
    for file in files:
        try:
            written = _convert(file, to, out, laser_nm, overwrite)
        except QuayscanError as exc:
            bad = True
            complain(str(exc))
            continue
        if as_json:
            print_json({"file": str(file), "written": [str(path) for path in written]})
        else:
            for path in written:
                typer.echo(f"{file} -> {path}")
    if bad:
        raise typer.Exit(InputError.exit_code)


def _prepare(out: Path, laser_nm: float | None) -> None:
    if laser_nm is not None and not 100 < laser_nm < 20000:
        raise UsageError(f"--laser-nm {laser_nm:g}: a laser wavelength lies between 100 and 20000 nm")
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as exc:
        raise UsageError(f"--out {out}: no folder can be made there ({exc.strerror}): name another") from exc


def _convert(file: Path, to: To, out: Path, laser_nm: float | None, overwrite: bool) -> list[Path]:
    from ..formats import read_datasets
    from ..formats.to_spectrum import with_shift
    from ..formats.write import encode

    try:
        datasets = [with_shift(file, one, laser_nm) for one in read_datasets(file, laser_nm=laser_nm)]
    except SpectrumError as exc:
        raise FileFormatError(f"{file}: {exc}") from exc
    damaged = next((one for one in datasets if one.kind == "damaged"), None)
    if damaged is not None:
        raise FileFormatError(damaged.notes[0])
    titled = [one if one.title else replace(one, title=file.stem) for one in datasets]
    targets = [(out / name, content) for name, content in encode(file, titled, to.value)]
    for path, _ in targets:
        if path.exists() and not overwrite:
            raise FileFormatError(f"{file}: {path} is already there: choose another folder or give --overwrite")
    if to is To.SPC and not all(_fits_float32(one) for one in titled):
        complain(f"{file}: SPC keeps numbers as float32: some were rounded to 7 digits; csv, jdx and nxs keep all")
    for path, content in targets:
        try:
            path.write_bytes(content)
        except OSError as exc:
            raise FileFormatError(f"{file}: {path} cannot be written ({exc.strerror}): choose another folder") from exc
    return [path for path, _ in targets]


def _fits_float32(one: Dataset) -> bool:
    return all(bool((values.astype("f4") == values).all()) for values in (one.x, one.y))
