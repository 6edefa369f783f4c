"""`quayscan library build`, `add`, `merge`, `transfer`: libraries from spectrum files and from each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..errors import InputError, LibraryError, UsageError
from .library_show import described
from .options import AsJson
from .output import complain, print_json

if TYPE_CHECKING:
    from ..curate import SkippedFile
    from ..curate.entries import Entry
    from ..library import Library, Seal

GOOD_FOR_DAYS = 730
"""Two years: lasers age, and so does the instrument that the references were measured on."""

Out = Annotated[Path, typer.Option("--out", metavar="FILE", help="The library file to write.")]
Name = Annotated[str, typer.Option("--name", help="What verdicts call it. Default: the first one's name.")]
Expires = Annotated[
    str, typer.Option("--expires", metavar="DATE", help="Last day it is good. Default: two years from today.")
]
Strict = Annotated[bool, typer.Option("--strict", help="Leave out every entry that something speaks against.")]
LaserNm = Annotated[
    float | None, typer.Option("--laser-nm", help="Excitation of files whose axis is in nm and that do not state it.")
]
Existing = Annotated[Path, typer.Argument(metavar="FILE", help="A library file.")]


def build(
    folders: Annotated[list[Path], typer.Argument(metavar="DIR...", help="Folders of spectra; file name = substance.")],
    out: Out,
    name: Name = "",
    expires: Expires = "",
    strict: Strict = False,
    laser_nm: LaserNm = None,
    as_json: AsJson = False,
) -> None:
    """Build a signed library from folders of spectra. X-03.csv is repeat 3 of X. A bad file is reported and left out.

    What looks wrong (a label that another source contradicts, two names too near to tell apart) is reported and kept.
    """
    from ..curate import build_library

    seal = new_seal(expires)
    library, skipped = build_library(folders, name=name, seal=seal, strict=strict, laser_nm=laser_nm)
    finish(out, library, as_json, skipped)


def add(
    library: Existing,
    files: Annotated[list[Path], typer.Argument(metavar="SPECTRA...", help="Spectrum files; file name = substance.")],
    expires: Expires = "",
    strict: Strict = False,
    laser_nm: LaserNm = None,
    as_json: AsJson = False,
) -> None:
    """Add spectra to a library file, and sign it anew."""
    from ..curate import read_entries

    skipped: list[SkippedFile] = []
    entries = read_entries(files, skipped, laser_nm=laser_nm)
    for one in skipped if not entries else ():
        complain(one.error)
    if not entries:
        raise LibraryError(f"nothing to add to {library}: none of {len(files)} files can be used")
    finish(library, grown(library, entries, expires, strict), as_json, skipped)


def merge(
    files: Annotated[list[Path], typer.Argument(metavar="FILES...", help="Library files.")],
    out: Out,
    name: Name = "",
    expires: Expires = "",
    strict: Strict = False,
    as_json: AsJson = False,
) -> None:
    """Put several library files into one; an entry that is there twice is taken once."""
    from ..curate import merged
    from ..library import default_library, open_library

    libraries = [open_library(file, verify=True) for file in files]
    joined = merged(libraries, name=name or libraries[0].name, second=default_library(), strict=strict)
    finish(out, replace(joined, seal=new_seal(expires)), as_json)


def transfer(
    library: Existing,
    out: Out,
    laser_nm: Annotated[float | None, typer.Option("--to-laser", help="This instrument's laser, nm.")] = None,
    there: Annotated[
        Path | None, typer.Option("--there", metavar="DIR", help="Standards measured on the library's instrument.")
    ] = None,
    here: Annotated[
        Path | None, typer.Option("--here", metavar="DIR", help="The same standards measured on this instrument.")
    ] = None,
    expires: Expires = "",
    as_json: AsJson = False,
) -> None:
    """Bring a library of another instrument or laser to this one: by its laser, by standards on both, or both."""
    from ..curate import build_library, fit_transfer, transferred
    from ..library import open_library

    if (there is None) != (here is None):
        raise UsageError("--there and --here belong together: the same substances on either instrument")
    if there is None and laser_nm is None:
        raise UsageError("nothing to transfer by: give --to-laser, or --there and --here, or all three")
    found = None
    if there is not None and here is not None:
        standards = transferred(build_library(there)[0], laser_nm=laser_nm)
        found = fit_transfer(standards, build_library(here)[0])
    old = open_library(library, verify=True)
    moved = transferred(old, laser_nm=laser_nm, transfer=found)
    finish(out, replace(moved, seal=new_seal(expires, version=old.seal.version + 1)), as_json)


def grown(path: Path, entries: Sequence[Entry], expires: str, strict: bool) -> Library:
    """The library of a file with entries added, or one of the entries alone when there is no such file."""
    from ..curate import curated
    from ..library import default_library

    return joined_to(path, curated(entries, name=path.stem, second=default_library()), expires, strict)


def joined_to(path: Path, fresh: Library, expires: str, strict: bool = False) -> Library:
    """The library of a file with the entries of another added, or that one alone when there is no such file."""
    from ..curate import merged
    from ..library import default_library, open_library

    if not path.exists():
        return replace(fresh, seal=new_seal(expires))
    old = open_library(path, verify=True)
    joined = merged([old, fresh], name=old.name, second=default_library(), strict=strict)
    return replace(joined, seal=new_seal(expires, version=old.seal.version + 1))


def new_seal(expires: str, version: int = 1) -> Seal:
    from ..library import Seal

    today = date.today()
    try:
        last = date.fromisoformat(expires) if expires else today + timedelta(days=GOOD_FOR_DAYS)
    except ValueError:
        raise UsageError(f"--expires {expires}: no date: write it as 2027-11-25") from None
    return Seal(version=version, created=today.isoformat(), expires=last.isoformat())


def finish(path: Path, library: Library, as_json: bool, skipped: Sequence[SkippedFile] = ()) -> None:
    """Sign, write, and say what was made and what looks wrong."""
    from ..keys import host_key
    from ..library import write_library

    written = write_library(path, library, key=host_key())
    for message in (*(one.error for one in skipped), *(doubt.text for doubt in written.doubts)):
        complain(message)
    if as_json:
        print_json({"file": str(path), "skipped": len(skipped), **described(written)})
    else:
        typer.echo(
            f"{path}: {len(written)} entries, {len(skipped)} files left out, {written.doubt_count} doubts,"
            f" version {written.seal.version}, good until {written.seal.expires},"
            f" signed with key {written.seal.signer}, sha256 {written.sha256}"
        )
    if skipped:
        raise typer.Exit(InputError.exit_code)
