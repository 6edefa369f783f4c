"""A JCAMP-DX file into data sets: single blocks, LINK files, NTUPLES, peak tables, decays."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from ...errors import FileFormatError
from ..dataset import KINDS, Dataset, Kind
from ..units import axis_of, technique_of, value_unit
from .ntuples import Page, read_pages
from .overlaid import sound_lines
from .records import Block, Record, split_blocks, split_records
from .tables import Scale, Table, number_of, read_table, scale_of

_TABLES = {"XYDATA": ("X", "Y"), "XYPOINTS": ("X", "Y"), "PEAKTABLE": ("X", "Y"), "RADATA": ("R", "A")}
"""Label of a table and the letters of its two variables."""


def parse_jcamp(path: Path, lines: Sequence[str]) -> list[Dataset]:
    """Every table of a JCAMP-DX 4.24 to 5.01 file.

    Raises
    ------
    FileFormatError
        A check fails, a number cannot be read, or there is nothing but structures and assignments; names the line.
    """
    blocks = split_blocks(path, split_records(path, lines))
    found = [dataset for block in blocks for dataset in _datasets(path, block)]
    if not found:
        raise FileFormatError(
            f"{path}: line {blocks[0].records[0].line}: {_contents(blocks)} and no table of numbers:"
            " there is nothing here to compare"
        )
    if len(found) == 1:
        return found
    return [replace(one, name=_numbered(one, at)) for at, one in enumerate(found, 1)]


def _numbered(dataset: Dataset, at: int) -> str:
    return dataset.name or f"block {at}" + f": {dataset.title}" * bool(dataset.title)


def _contents(blocks: Sequence[Block]) -> str:
    labels = {record.label for block in blocks for record in block.records}
    parts = [
        "a structure (JCAMP-CS)" if labels & {"JCAMPCS", "ATOMLIST", "BONDLIST"} else "",
        "peak assignments" if labels & {"PEAKASSIGNMENTS", "PEAKASSIGNMENT"} else "",
    ]
    return "holds " + (" and ".join(part for part in parts if part) or "labels")


def _datasets(path: Path, block: Block) -> Iterator[Dataset]:
    if block.find("NTUPLES") is not None:
        for page in read_pages(path, block):
            yield _from_page(path, block, page)
        return
    for record in block.records:
        if record.label in _TABLES and "(" in record.value:
            x, y = _TABLES[record.label]
            table = _read(path, record, scale_of(path, block, x, y))
            sticks = record.label == "PEAKTABLE"
            yield _dataset(path, block, table, block.text(f"{x}UNITS"), block.text(f"{y}UNITS"), sticks=sticks)


def _read(path: Path, record: Record, scale: Scale) -> Table:
    try:
        return read_table(path, record, scale)
    except FileFormatError as exc:
        sound = sound_lines(record, scale, str(exc)) if record.label == "XYDATA" else None
        if sound is None:
            raise
        return sound


def _from_page(path: Path, block: Block, page: Page) -> Dataset:
    made = _dataset(path, block, page.table, page.x_units, page.y_units, sticks=page.sticks)
    return replace(made, name=page.name, kind="page" if made.kind == "spectrum" else made.kind)


def _dataset(path: Path, block: Block, table: Table, x_units: str, y_units: str, *, sticks: bool) -> Dataset:
    stated = block.text("DATATYPE")
    technique = technique_of(stated)
    quantity, unit = axis_of(x_units)
    if technique == "Raman" and (quantity, unit) == ("wavenumber", "cm-1"):
        quantity = "Raman shift"  # in a Raman spectrum 1/CM is the shift: JCAMP-DX 5.01, 5.2
    return Dataset(
        kind="damaged" if table.damage else _kind(block.text("$KIND"), stated, quantity, sticks=sticks),
        x=table.x,
        y=table.y,
        x_quantity=quantity if (named := block.find("$XQUANTITY")) is None else named.text,
        x_unit=unit,
        y_unit=value_unit(y_units),
        technique="" if technique.upper() == "SPECTRUM" else technique,
        name=block.text("$NAME"),
        title=block.text("TITLE"),
        instrument=block.text("SPECTROMETERDATASYSTEM"),
        laser_nm=_laser(path, block),
        saturated_fraction=number_of(path, block.find("$SATURATEDFRACTION")) or 0.0,
        notes=(*((table.damage,) if table.damage else ()), *_notes(block), *table.notes),
    )


def _kind(named: str, stated: str, quantity: str, *, sticks: bool) -> Kind:
    for kind in KINDS:
        if kind == named:
            return kind
    if sticks:
        return "sticks"
    if quantity == "time" or "FID" in stated.upper().split():
        return "time series"
    if "INTERFEROGRAM" in stated.upper():
        return "interferogram"
    return "spectrum" if "SPECTR" in stated.upper() or not stated else "curve"


def _notes(block: Block) -> tuple[str, ...]:
    return tuple(record.text for record in block.records if record.label.startswith("$NOTE"))


def _laser(path: Path, block: Block) -> float | None:
    value = number_of(path, block.find("$LASERNM"))
    return value if value is not None and 100 < value < 20000 else None
