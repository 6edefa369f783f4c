"""Carries the substances over into `substances.csv` and adds those that only the library knows."""

from pathlib import Path

from .own_substances import EXTRA_SYNONYMS, NOTES, OWN
from .wording import plain
from .write_table import read_rows, write_table

COLUMNS = (
    "id",
    "name",
    "synonyms",
    "cas",
    "formula",
    "smiles",
    "inchikey",
    "state",
    "hs6",
    "kind",
    "source",
    "licence",
    "verified",
    "note",
)
SAME = ("id", "cas", "formula", "smiles", "inchikey", "verified")


def _carried(row: dict[str, str], kind: str) -> dict[str, str]:
    extra = EXTRA_SYNONYMS.get(row["id"], ())
    return {
        **{key: row[key] for key in SAME},
        "name": row.get("preferred_name") or row["name"],
        "synonyms": "|".join(dict.fromkeys([*filter(None, row["synonyms"].split("|")), *extra])),
        "state": row["state_20C"],
        "hs6": row.get("hs6", ""),
        "kind": kind,
        "source": plain(row["source"]),
        "licence": "facts",
        "note": "; ".join(filter(None, [plain(row["note"]), NOTES.get(row["id"], "")])),
    }


def _own(identifier: str, cas_of: dict[str, str]) -> dict[str, str]:
    own = OWN[identifier]
    cas = cas_of.get(own.band_name, "") or own.cas
    named = own.cas_page or f"band facts for '{own.band_name}'"
    basis = f"CAS: {named}" if cas else "CAS: none given"
    return {
        **dict.fromkeys(COLUMNS, ""),
        "id": identifier,
        "name": own.name,
        "synonyms": "|".join(own.synonyms),
        "cas": cas,
        "state": own.state,
        "kind": "benign",
        "source": f"{basis}; name and state: label of the spectrum or band table",
        "licence": "facts",
        "verified": "no",
        "note": own.note,
    }


def build_substances(data: Path, out: Path) -> None:
    """Write `substances.csv` into `out` from the facts under `data`."""
    scheduled = read_rows(data / "schedules" / "substances.csv")
    benign = read_rows(data / "schedules" / "benign.csv")
    cas_of = {row["substance"]: row["cas"] for row in read_rows(data / "bands" / "bands.csv")}
    rows = [_carried(row, "scheduled") for row in scheduled] + [_carried(row, "benign") for row in benign]
    rows += [_own(identifier, cas_of) for identifier in OWN]
    write_table(out / "substances.csv", COLUMNS, sorted(rows, key=lambda row: row["id"]))
