"""Data sets as JCAMP-DX 5.01, one block each, under a LINK block when there are several.

Tables are pairs in plain numbers with factors of one: the shortest text that reads back to the same float64, so nothing
is lost, and any axis can be written. The kind and what the standard has no label for stand in `##$` labels.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..dataset import Dataset

_DATA_TYPES = {
    "Raman": "RAMAN SPECTRUM",
    "infrared": "INFRARED SPECTRUM",
    "NIR": "NIR SPECTRUM",
    "UV-VIS": "UV/VIS SPECTRUM",
    "NMR": "NMR SPECTRUM",
    "mass": "MASS SPECTRUM",
    "": "SPECTRUM",
}
_ALWAYS = ("TITLE", "$X QUANTITY")
"""Labels that are written empty too: an absent one would be filled from elsewhere."""

_X_UNITS = {
    "cm-1": "1/CM",
    "nm": "NANOMETERS",
    "um": "MICROMETERS",
    "s": "SECONDS",
    "Hz": "HZ",
    "ppm": "PPM",
    "m/z": "M/Z",
}


def jcamp_text(datasets: Sequence[Dataset], *, title: str) -> str:
    """The text of a file that holds the data sets in order."""
    blocks = [_block(one) for one in datasets]
    if len(blocks) == 1:
        return "".join(blocks)
    head = f"##TITLE= {_line(title)}\n##JCAMP-DX= 5.01\n##DATA TYPE= LINK\n##BLOCKS= {len(blocks)}\n"
    return head + "".join(blocks) + "##END=\n"


def _block(dataset: Dataset) -> str:
    table = "PEAK TABLE" if dataset.kind == "sticks" else "XYPOINTS"
    labels = {**_origin(dataset, table), **_numbers(dataset), table: "(XY..XY)"}
    head = [f"##{label}= {_line(value)}" for label, value in labels.items() if value or label in _ALWAYS]
    rows = [f"{_number(x)}, {_number(y)}" for x, y in zip(dataset.x.tolist(), dataset.y.tolist(), strict=True)]
    return "\n".join([*head, *rows, "##END=", ""])


def _origin(dataset: Dataset, table: str) -> dict[str, str]:
    return {
        "TITLE": dataset.title,
        "JCAMP-DX": "5.01",
        "DATA TYPE": _DATA_TYPES.get(dataset.technique, dataset.technique),
        "DATA CLASS": table,
        "ORIGIN": "quayscan",
        "OWNER": "not stated",
        "SPECTROMETER/DATA SYSTEM": dataset.instrument,
        "$KIND": dataset.kind,
        "$NAME": dataset.name,
        "$LASER NM": "" if dataset.laser_nm is None else _number(dataset.laser_nm),
        "$SATURATED FRACTION": _number(dataset.saturated_fraction) if dataset.saturated_fraction else "",
        "$X QUANTITY": dataset.x_quantity,
        **{f"$NOTE {at}": note for at, note in enumerate(dataset.notes, 1)},
    }


def _numbers(dataset: Dataset) -> dict[str, str]:
    return {
        "XUNITS": _X_UNITS.get(dataset.x_unit, dataset.x_unit or "ARBITRARY UNITS"),
        "YUNITS": dataset.y_unit.upper() or "ARBITRARY UNITS",
        "FIRSTX": _number(dataset.x[0]),
        "LASTX": _number(dataset.x[-1]),
        "FIRSTY": _number(dataset.y[0]),
        "MINY": _number(dataset.y.min()),
        "MAXY": _number(dataset.y.max()),
        "XFACTOR": "1",
        "YFACTOR": "1",
        "NPOINTS": str(dataset.x.size),
    }


def _number(value: float) -> str:
    """The shortest exact text, with the signed exponent that JCAMP-DX asks for."""
    return repr(float(value)).upper()


def _line(text: str) -> str:
    """One line, without the marks that would open a label or a comment."""
    return " ".join(text.split()).replace("##", "# #").replace("$$", "$ $")
