"""`quayscan records`: list, show and check what was stored."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..errors import RecordError, UsageError
from .options import AsJson
from .output import print_json

if TYPE_CHECKING:
    from ..record import Record

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)

Store = Annotated[Path | None, typer.Option("--store", metavar="FILE", help="Another record database.")]


def _existing(store: Path | None) -> Path | None:
    """The named database, which must be there: reading makes none."""
    if store is not None and not store.is_file():
        raise UsageError(f"--store {store}: there is no such file")
    return store


@app.command("list")
def list_(store: Store = None, as_json: AsJson = False) -> None:
    """Every record, oldest first; exit 1 when one of them was altered."""
    from ..record import RecordStore, records_path

    with RecordStore(_existing(store) or records_path()) as records:
        altered = 0
        for record, intact in records.checked():
            _print_line(record, intact, as_json)
            altered = altered or (0 if intact else record.id)
        if altered:
            raise records.altered(altered)


def _print_line(record: Record, intact: bool, as_json: bool) -> None:
    """A record in a line; one that was altered is marked, and may have lost its verdict."""
    try:
        verdict = record.content()["verdict"]
        action, kind = verdict["action"], verdict["verdict"]
        named = [one["substance"] for one in verdict["candidates"] if one["named"]]
        source = verdict.get("file") or verdict.get("sample") or ""
    except (RecordError, KeyError, TypeError, AttributeError):
        action, kind, named, source = "", "", [], ""
    if as_json:
        print_json(
            {
                "id": record.id,
                "recorded_at": record.recorded_at,
                "intact": intact,
                "verdict": kind,
                "action": action,
                "substances": named,
                "source": source,
                "sha256": record.sha256,
            }
        )
    else:
        mark = "" if intact else "ALTERED  "
        typer.echo(
            f"{record.id:>5}  {record.recorded_at[:19]}  {mark}{action:<20} {kind:<11} {' | '.join(named):<28} {source}"
        )


@app.command()
def show(id: int, store: Store = None, as_json: AsJson = False) -> None:
    """One record whole, with its hash and the previous one's; exit 1 when it was altered."""
    import json

    from ..record import RecordStore, records_path

    with RecordStore(_existing(store) or records_path()) as records:
        record = records.get(id)
        intact = records.is_intact(record)
        fields = {
            "id": record.id,
            "recorded_at": record.recorded_at,
            "intact": intact,
            "previous": record.previous,
            "sha256": record.sha256,
            **record.content(),
        }
        if as_json:
            print_json(fields)
        else:
            fields["evidence"] = f"{len(record.body):,} bytes; --json prints them"
            typer.echo(json.dumps(fields, indent=2, ensure_ascii=False))
        if not intact:
            raise records.altered(id)


@app.command()
def check(store: Store = None, as_json: AsJson = False) -> None:
    """Check the whole chain: exit 0 when every row fits the one before it, 1 when not."""
    from ..record import RecordStore, records_path

    path = _existing(store) or records_path()
    with RecordStore(path) as records:
        count, head = records.check()
    if as_json:
        print_json({"records": count, "intact": True, "head": head})
    else:
        typer.echo(f"{count} records in {path}, chain intact, last hash {head}")
