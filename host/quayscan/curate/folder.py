"""Folders of spectra become a library: file name = substance."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from ..errors import InputError, LibraryError
from ..formats import SPECTRUM_SUFFIXES, read_spectrum
from ..library import NIR, GridRow, Library, Reference, Seal, default_library
from ..library.build import grid_values
from ..library.suited import row_of
from ..spectrum import Spectrum
from .entries import Entry, curated
from .names import name_of, substance_of
from .nir_doubts import session_of

TOGETHER = 32
"""Files that are read before their spectra are brought to the grid together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SkippedFile:
    """A file that could not become an entry, and why."""

    file: str
    error: str


def build_library(
    folders: str | Path | Sequence[str | Path],
    *,
    name: str = "",
    seal: Seal | None = None,
    strict: bool = False,
    laser_nm: float | None = None,
    second: Library | None = None,
) -> tuple[Library, tuple[SkippedFile, ...]]:
    """The library of folders' spectra, in order of folder and file name, and the files that had to be left out.

    Repeats (`X-03.csv` is repeat 3 of X) on one instrument become one entry; near-infrared scans stay apart, a folder
    being one operator's session. A library holds one technique, that of its first spectrum. What looks wrong is in the
    library's `doubts`; the entries are kept.

    Parameters
    ----------
    folders : one or several; folders inside them are not entered.
    name : what verdicts call the library; the first folder's name by default.
    seal : version and dates of the library.
    strict : leave out every entry that a doubt names.
    laser_nm : excitation of files whose axis is in nm and that do not state it.
    second : library that labels are checked against; the shipped one by default.

    Raises
    ------
    LibraryError
        There is no such folder, or not one usable spectrum in them.
    """
    chosen = [Path(folders)] if isinstance(folders, str | Path) else [Path(folder) for folder in folders]
    paths = [path for folder in chosen for path in _files(folder)]
    skipped: list[SkippedFile] = []
    entries = read_entries(paths, skipped, laser_nm=laser_nm)
    if not entries:
        first = f"; the first problem: {skipped[0].error}" if skipped else ""
        raise LibraryError(
            f"{', '.join(map(str, chosen))} holds no usable spectrum"
            f" ({len(paths)} files ending in {', '.join(SPECTRUM_SUFFIXES)}){first}"
        )
    library = curated(
        entries,
        name=name or chosen[0].resolve().name,
        strict=strict,
        second=default_library() if second is None else second,
    )
    return replace(library, seal=seal or Seal()), tuple(skipped)


def read_entries(paths: Iterable[Path], skipped: list[SkippedFile], *, laser_nm: float | None = None) -> list[Entry]:
    """The entries of spectrum files; those that cannot be used are added to `skipped`."""
    files, found = iter(paths), list[tuple[Path, GridRow, Reference]]()
    while together := list(islice(files, TOGETHER)):
        found += _entries(together, skipped, laser_nm)
    entries = []
    for path, row, reference in found:
        if row.axis == found[0][1].axis:
            entries.append((row, reference))
            continue
        apart = (
            f"{path}: is {row.axis.technique}, and the first spectrum {found[0][1].axis.technique}: build them apart"
        )
        skipped.append(SkippedFile(file=str(path), error=apart))
    return entries


def _files(folder: Path) -> list[Path]:
    if not folder.is_dir():
        raise LibraryError(f"{folder} is no folder: name one with a spectrum file a substance")
    return sorted(path for path in folder.iterdir() if path.suffix.lower() in SPECTRUM_SUFFIXES)


def _entries(
    paths: Sequence[Path], skipped: list[SkippedFile], laser_nm: float | None
) -> list[tuple[Path, GridRow, Reference]]:
    problems: dict[Path, InputError] = {}
    read: list[tuple[Path, Spectrum]] = []
    for path in paths:
        try:
            read.append((path, read_spectrum(path, laser_nm=laser_nm)))
        except InputError as exc:
            problems[path] = exc
    found = []
    for (path, spectrum), values in zip(read, grid_values([one for _, one in read]), strict=True):
        try:
            row = row_of(spectrum, name=str(path), values=values)
        except InputError as exc:
            problems[path] = exc
        else:
            found.append((path, row, _reference(path, spectrum)))
    skipped += [_skipped(path, problems[path]) for path in paths if path in problems]
    return found


def _skipped(path: Path, exc: InputError) -> SkippedFile:
    message = str(exc)
    return SkippedFile(file=str(path), error=message if str(path) in message else f"{path}: {message}")


def _reference(path: Path, spectrum: Spectrum) -> Reference:
    name = name_of(path.stem)
    nir = spectrum.axis_unit == NIR.unit
    laser = "not stated" if spectrum.laser_nm is None else f"{spectrum.laser_nm:g}"
    instrument = spectrum.instrument or "not stated"
    folder = path.resolve().parent.name if nir else ""
    return Reference(
        substance=substance_of(name),
        name=name,
        grade="measured",
        provenance={
            "source": f"{folder}/{path.name}" if nir else path.name,
            "licence": "the user's own",
            "instrument": instrument,
            "laser_nm": "none" if nir else laser,
            **(session_of(folder, instrument) if nir else {}),
        },
    )
