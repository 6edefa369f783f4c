"""What every command prints: JSON lines on stdout, complaints on stderr."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

import typer

if TYPE_CHECKING:
    from rich.console import Console


def print_json(value: dict[str, Any]) -> None:
    """One JSON object on one line of stdout."""
    typer.echo(json.dumps(value, ensure_ascii=False, allow_nan=False))


def complain(message: str) -> None:
    """One line on stderr."""
    typer.echo(f"quayscan: {' '.join(message.split())}", err=True)


def console(*, stderr: bool = False) -> Console:
    """A rich console on stdout or stderr."""
    from rich.console import Console

    return Console(stderr=stderr, highlight=False)


def is_terminal() -> bool:
    """Whether a person sees stderr, where progress goes."""
    return sys.stderr.isatty()
