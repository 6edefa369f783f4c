"""A folder of spectra becomes a library: file name = substance."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import quayscan_spectra

from ..errors import InputError, LibraryError
from ..formats import SPECTRUM_SUFFIXES, read_spectrum
from ..library import Library, Reference, from_spectra
from ..spectrum import Spectrum


@dataclass(frozen=True, slots=True, kw_only=True)
class SkippedFile:
    """A file that could not become an entry, and why."""

    file: str
    error: str


def build_library(folder: str | Path, *, name: str = "") -> tuple[Library, tuple[SkippedFile, ...]]:
    """The library of a folder's spectra, in order of file name, and the files that had to be left out.

    Parameters
    ----------
    name : what verdicts call the library; the folder's name by default.

    Raises
    ------
    LibraryError
        There is no such folder, or not one usable spectrum in it.
    """
    folder = Path(folder)
    if not folder.is_dir():
        raise LibraryError(f"{folder} is no folder: name one with a spectrum file a substance")
    paths = sorted(path for path in folder.iterdir() if path.suffix.lower() in SPECTRUM_SUFFIXES)
    skipped: list[SkippedFile] = []
    entries = [entry for path in paths for entry in _entry(path, skipped)]
    if not entries:
        first = f"; the first problem: {skipped[0].error}" if skipped else ""
        raise LibraryError(
            f"{folder} holds no usable spectrum ({len(paths)} files ending in {', '.join(SPECTRUM_SUFFIXES)}){first}"
        )
    return from_spectra(entries, name=name or folder.name), tuple(skipped)


def substance_of(stem: str) -> str:
    """The substance id that a file's stem names, else the stem in lower case."""
    known = quayscan_spectra.library_names().get(quayscan_spectra.name_key(stem))
    return known or stem.lower()


def _entry(path: Path, skipped: list[SkippedFile]) -> Iterator[tuple[Spectrum, Reference]]:
    try:
        spectrum = read_spectrum(path)
        from_spectra([(spectrum, _reference(path, spectrum))], name=path.stem)  # raises what the build would
    except InputError as exc:
        skipped.append(SkippedFile(file=str(path), error=str(exc)))
    else:
        yield spectrum, _reference(path, spectrum)


def _reference(path: Path, spectrum: Spectrum) -> Reference:
    laser = "not stated" if spectrum.laser_nm is None else f"{spectrum.laser_nm:g}"
    return Reference(
        substance=substance_of(path.stem),
        name=path.stem,
        grade="measured",
        provenance={
            "source": path.name,
            "licence": "the user's own",
            "instrument": spectrum.instrument or "not stated",
            "laser_nm": laser,
        },
    )
