"""Carries the control entries over into `controls.csv`, each with its source."""

from datetime import date, timedelta
from pathlib import Path

from .own_controls import OWN_CONTROLS
from .wording import plain
from .write_table import read_rows, write_table

COLUMNS = (
    "substance",
    "regime",
    "list",
    "decided",
    "effective",
    "end",
    "note",
    "source",
    "listing_verified",
    "verified",
)


def last_day(end: str, begins: set[str]) -> str:
    """The last day in force. Where the same regime's next list begins on `end`, the day before."""
    if end and end in begins:
        return (date.fromisoformat(end) - timedelta(days=1)).isoformat()
    return end


def build_controls(data: Path, out: Path) -> None:
    """Write `controls.csv` into `out` from the entries under `data`."""
    entries = read_rows(data / "schedules" / "controls.csv")
    begins: dict[tuple[str, str], set[str]] = {}
    for entry in entries:
        begins.setdefault((entry["substance_id"], entry["regime"]), set()).add(entry["effective_date"])
    rows = [
        {
            "substance": entry["substance_id"],
            "regime": entry["regime"],
            "list": entry["list"],
            "decided": entry["decided_date"],
            "effective": entry["effective_date"],
            "end": last_day(entry["end_date"], begins[entry["substance_id"], entry["regime"]]),
            "note": plain(entry["note"]),
            "source": plain(entry["source"]),
            "listing_verified": entry["listing_verified"],
            "verified": entry["verified"],
        }
        for entry in entries
    ]
    for own in OWN_CONTROLS:
        same = [(row["substance"], row["regime"]) == (own["substance"], own["regime"]) for row in rows]
        rows.insert(same.index(True), own)
    write_table(out / "controls.csv", COLUMNS, rows)
