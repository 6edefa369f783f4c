"""`quayscan library verify`, `sign`, `trust`, `export`: vouch for a library file, and take its entries out."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from ..errors import LibraryError, UsageError
from .convert import To
from .library_make import Existing, Expires, finish, new_seal
from .options import AsJson, LibraryFile, load_library, parse_date
from .output import complain, print_json

ALTERED = 1


def verify(
    library: Existing,
    at: Annotated[str, typer.Option("--at", metavar="DATE", help="Day on which it must be good. Default: today.")] = "",
    as_json: AsJson = False,
) -> None:
    """Check every bit of a library file: 0 intact, 1 altered, unsigned or expired."""
    from ..library import library_problems, open_library

    if not library.is_file():
        raise LibraryError(f"there is no library file {library}: check the name")
    problems = library_problems(library, parse_date(at))
    seal = None if problems else open_library(library).seal
    for problem in problems:
        complain(problem)
    if seal is not None and not seal.trusted:
        complain(f"{library}: key {seal.signer} is not known here: `quayscan library trust` accepts it")
    if as_json:
        known = {} if seal is None else {"signer": seal.signer, "trusted": seal.trusted, "expires": seal.expires}
        print_json({"file": str(library), "intact": not problems, "problems": list(problems), **known})
    elif seal is not None:
        typer.echo(f"{library}: intact, signed with key {seal.signer}, good until {seal.expires or 'no stated day'}")
    if problems:
        raise typer.Exit(ALTERED)


def sign(library: Existing, expires: Expires = "", as_json: AsJson = False) -> None:
    """Sign a library file with this host's key, for another two years or until --expires."""
    from ..library import open_library

    old = open_library(library, verify=True)
    renewed = replace(new_seal(expires, version=old.seal.version), created=old.seal.created)
    finish(library, replace(old, seal=renewed), as_json)


def trust(library: Existing, as_json: AsJson = False) -> None:
    """Accept the key that signed a library file: compare its digits with its owner first."""
    from ..keys import fingerprint
    from ..keys import trust as accept
    from ..library import signer_of

    public = signer_of(library)
    if not public:
        raise LibraryError(f"{library} is not signed: there is no key to accept")
    accept(public)
    if as_json:
        print_json({"file": str(library), "signer": fingerprint(public), "trusted": True})
    else:
        typer.echo(f"libraries signed with key {fingerprint(public)} are accepted from now on")


def export(
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="The folder to write to; made if need be.")],
    library: LibraryFile = None,
    to: Annotated[To, typer.Option("--to", help="csv, jdx (JCAMP-DX 5.01), spc or nxs (NeXus).")] = To.CSV,
    as_json: AsJson = False,
) -> None:
    """Write the entries of a library as spectrum files, one each, at the library's resolution."""
    from ..curate import exported
    from ..formats.write import encode

    chosen = load_library(library)
    try:
        out.mkdir(parents=True, exist_ok=True)
        written = []
        for stem, dataset in exported(chosen):
            for file, content in encode(Path(f"{stem}.x"), [dataset], to.value):
                (out / file).write_bytes(content)
                written.append(str(out / file))
    except OSError as exc:
        raise UsageError(f"--out {out}: cannot be written ({exc.strerror}): name another folder") from exc
    if as_json:
        print_json({"library": chosen.name, "written": written})
    else:
        typer.echo(f"{len(written)} files in {out}")
