"""A library as a whole: version, dates, signer, doubts."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING, Any

import typer

from .output import print_json

if TYPE_CHECKING:
    from ..library import Library


def described(library: Library) -> dict[str, Any]:
    """What a library says about itself, as a JSON object."""
    return {
        "name": library.name,
        "entries": len(library),
        "sha256": library.sha256,
        "seal": asdict(library.seal),
        "doubt_count": library.doubt_count,
        "doubts": [asdict(doubt) for doubt in library.doubts],
    }


def show_whole(library: Library, as_json: bool) -> None:
    """Print it."""
    if as_json:
        print_json(described(library))
        return
    seal = library.seal
    signed = f"signed with key {seal.signer}" if seal.signer else "not signed"
    lines = {
        "name": library.name,
        "entries": str(len(library)),
        "sha256": library.sha256,
        "version": str(seal.version),
        "created": seal.created or "not stated",
        "expires": seal.expires or "never",
        "signature": "shipped with quayscan" if seal.shipped else signed,
        "doubts": str(library.doubt_count),
    }
    for key, value in lines.items():
        typer.echo(f"{key:<12} {value}")
    for doubt in library.doubts:
        typer.echo(f"  {doubt.text}")
    for warning in seal.warnings(date.today()):
        typer.echo(warning, err=True)
