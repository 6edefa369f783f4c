"""`RecordStore`: the append-only table of records, in SQLite through SQLAlchemy."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from sqlalchemy import (
    DDL,
    Column,
    Integer,
    MetaData,
    Row,
    Table,
    Text,
    create_engine,
    event,
    insert,
    select,
)
from sqlalchemy.exc import IntegrityError, OperationalError, SQLAlchemyError

from ..errors import RecordError, StoreError
from .row import FIRST_HASH, IDENTITY_BYTES, Record, blob_text, follows, row_hash

APPEND_TRIES = 50
"""Times that a row may lose the race for its place in the chain."""

_metadata = MetaData()
_records = Table(
    "records",
    _metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("recorded_at", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("previous", Text, nullable=False, unique=True),
    Column("sha256", Text, nullable=False),
)
for _verb in ("UPDATE", "DELETE"):
    event.listen(
        _records,
        "after_create",
        DDL(  # type: ignore[no-untyped-call] # SQLAlchemy ships this constructor without annotations
            f"CREATE TRIGGER IF NOT EXISTS no_{_verb.lower()} BEFORE {_verb} ON records"
            " BEGIN SELECT RAISE(ABORT, 'records are append-only'); END"
        ).execute_if(dialect="sqlite"),
    )


class RecordStore:
    """The records of one database. Use it as a context manager, or call `close()`.

    Parameters
    ----------
    place : a file path, or an SQLAlchemy URL.

    Raises
    ------
    StoreError
        The database cannot be opened.
    """

    def __init__(self, place: str | Path) -> None:
        self._place = str(place)
        url = self._place if "://" in self._place else f"sqlite:///{self._place}"
        try:
            self._engine = create_engine(url)
        except SQLAlchemyError as exc:
            raise StoreError(
                f"{self._place} names no database ({_reason(exc)}): give a file or a database's URL"
            ) from exc
        try:
            with contextlib.suppress(OperationalError):  # another program makes the table at the same moment
                _metadata.create_all(self._engine)
            _metadata.create_all(self._engine)
        except SQLAlchemyError as exc:
            self._engine.dispose()
            raise StoreError(
                f"records at {self._place} cannot be opened ({_reason(exc)}): check the path and rights"
            ) from exc

    def __enter__(self) -> RecordStore:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def close(self) -> None:
        """Release the database."""
        self._engine.dispose()

    def append(self, body: str, recorded_at: str) -> Record:
        """Store one more row, chained to the last.

        Raises
        ------
        StoreError
            The row cannot be written; nothing was stored.
        """
        for _ in range(APPEND_TRIES):
            try:
                return self._append(body, recorded_at)
            except IntegrityError:
                continue  # another program chained to the same row first: chain to its row
            except SQLAlchemyError as exc:
                raise StoreError(
                    f"the record could not be stored in {self._place} ({_reason(exc)}): free space, try again"
                ) from exc
        raise StoreError(f"{self._place} is too busy: {APPEND_TRIES} tries to append failed; try again")

    def _append(self, body: str, recorded_at: str) -> Record:
        with self._engine.begin() as connection:
            last = connection.execute(select(_records).order_by(_records.c.id.desc()).limit(1)).first()
            id, previous = (last.id + 1, last.sha256) if last is not None else (1, FIRST_HASH)
            digest = row_hash(id, recorded_at, body, previous)
            record = Record(id=id, recorded_at=recorded_at, body=body, previous=previous, sha256=digest)
            connection.execute(insert(_records).values(**asdict(record)))
        return record

    def get(self, id: int) -> Record:
        """One record.

        Raises
        ------
        RecordError
            There is none with this id.
        """
        for record in self._rows(id, id):
            return record
        raise RecordError(f"there is no record {id} in {self._place}: `quayscan records list` shows those that exist")

    def __iter__(self) -> Iterator[Record]:
        """All records, oldest first."""
        return self._rows(1, None)

    def holding(self, blob: bytes) -> list[int]:
        """Ids of the records whose evidence is this very blob, oldest first: more than one would be a double."""
        head = blob_text(blob[:IDENTITY_BYTES])
        wanted = select(_records).where(_records.c.body.contains(head, autoescape=True)).order_by(_records.c.id)
        try:
            with self._engine.connect() as connection:
                found = [_record(row) for row in connection.execute(wanted)]
        except SQLAlchemyError as exc:
            raise StoreError(
                f"records at {self._place} cannot be read ({_reason(exc)}): check the file with a copy of it"
            ) from exc
        return [record.id for record in found if record.content()["evidence"].get("blob") == blob_text(blob)]

    def check(self) -> tuple[int, str]:
        """Check every row's hash and its link to the one before; the number of rows and the last one's hash.

        A chain cut at its end checks: compare the last hash with one that was written down elsewhere.

        Raises
        ------
        RecordError
            Names the first row that does not check.
        """
        count, last = 0, FIRST_HASH
        for record, intact in self.checked():
            if not intact:
                raise self.altered(record.id)
            count, last = count + 1, record.sha256
        return count, last

    def checked(self) -> Iterator[tuple[Record, bool]]:
        """All records, oldest first, each with whether it has its own hash and follows the one before it."""
        before: Record | None = None
        for record in self:
            yield record, follows(before, record)
            before = record

    def is_intact(self, record: Record) -> bool:
        """Whether a record has its own hash and follows the one before it."""
        return follows(next(self._rows(record.id - 1, record.id - 1), None), record)

    def altered(self, id: int) -> RecordError:
        """The error for a record that is not intact."""
        return RecordError(
            f"record {id} in {self._place} does not fit the chain: it or the one before was altered"
            " or removed; keep the file as it is and compare it with a copy"
        )

    def _rows(self, first: int, last: int | None) -> Iterator[Record]:
        wanted = select(_records).where(_records.c.id >= first).order_by(_records.c.id)
        if last is not None:
            wanted = wanted.where(_records.c.id <= last)
        try:
            with self._engine.connect() as connection:
                for row in connection.execution_options(yield_per=256).execute(wanted):
                    yield _record(row)
        except SQLAlchemyError as exc:
            raise StoreError(
                f"records at {self._place} cannot be read ({_reason(exc)}): check the file with a copy of it"
            ) from exc


def _reason(exc: SQLAlchemyError) -> str:
    """What the database itself said, without statements and links."""
    said = getattr(exc, "orig", None) or exc
    return str(said).splitlines()[0]


def _record(row: Row[tuple[object, ...]]) -> Record:
    fields = row._mapping
    return Record(**{name: fields[name] for name in ("id", "recorded_at", "body", "previous", "sha256")})
