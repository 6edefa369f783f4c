"""`make accuracy`: every trial on the development spectra, as one page with pictures.

python -m tests.accuracy DATA          prints the page
python -m tests.accuracy DATA --write  writes tests/accuracy/RESULTS.md and its pictures
"""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import redirect_stdout
from datetime import date
from pathlib import Path

from quayscan.library import Library, default_library

from . import (
    barcode_trials,
    computed_trials,
    declared_trials,
    mixture_null,
    mixture_trials,
    nir_trials,
    open_set,
    plots,
    spectra,
    wall_trials,
)
from .bounds import stated

HERE = Path(__file__).parent
PICTURES = HERE / "plots"

HEAD = """# Accuracy

Measured on {day} with `make accuracy`, on spectra of other instruments than the library's; the spectra, their
instruments and licences are in the development data's README. Bounds are exact binomial (Clopper-Pearson), 95 %. Each
instrument is scored with thresholds and pools that never saw it. The comparison's constants were chosen on these files:
figures on instruments that nobody has looked at will be lower, and files of one substance are not independent."""


def open_set_section(data: Path, library: Library, picture: str) -> Iterator[str]:
    those = open_set.outcomes(data, library)
    false = [one for one in those if not one.truth]
    wrong = open_set.false_names(those)
    yield open_set.closed_set(those)
    yield ""
    yield f"All lasers: {stated(len(wrong), len(false))} of the false trials named, by file; by substance:"
    yield _by_substance(wrong, false)
    drawn = list(open_set.random_groups_out(data, library))
    named = sum(bool(open_set.named(one)) for one in drawn)
    yield f"With a random half of the other groups left out too (seed {open_set.SEED}): {stated(named, len(drawn))}."
    yield ""
    yield "Rate observed on each instrument, left out of the pool, with its exact interval:"
    yield ""
    yield open_set.rate_kept(those)
    PICTURES.mkdir(exist_ok=True)
    plots.score_distributions(those, PICTURES / f"{picture}-scores.png", library.name)
    plots.wrong_trials([one for one, _ in wrong], library, PICTURES / f"{picture}-wrong.png")
    yield ""
    yield f"![scores](plots/{picture}-scores.png) ![every wrong trial](plots/{picture}-wrong.png)"


def _by_substance(wrong: Iterable[tuple[open_set.Outcome, frozenset[str]]], false: Iterable[open_set.Outcome]) -> str:
    named = {one.trial.label.lower() for one, _ in wrong}
    every = {one.trial.label.lower() for one in false}
    return f"{stated(len(named), len(every))} of the distinct substances ({', '.join(sorted(named)) or 'none'})."


def printed(tables: Callable[[Path], None]) -> Callable[[Path], Iterable[str]]:
    """A section of tables that a module prints."""

    def section(data: Path) -> Iterator[str]:
        text = io.StringIO()
        with redirect_stdout(text):
            tables(data)
        yield from ("```", text.getvalue().rstrip(), "```")

    return section


SECTIONS: dict[str, Callable[[Path], Iterable[str]]] = {
    "Library of one 785 nm instrument": lambda data: open_set_section(data, spectra.library_785(data), "spectra"),
    "The library that ships": lambda data: open_set_section(data, default_library(), "shipped"),
    "Computed references": computed_trials.report,
    "Family barcodes": printed(barcode_trials.print_tables),
    "Declared goods": printed(declared_trials.print_tables),
    "Mixtures": printed(mixture_trials.print_tables),
    "Mixtures and walls that the library lacks a part of": printed(mixture_null.print_tables),
    "Through walls": printed(wall_trials.print_tables),
    "Near infrared": nir_trials.report,
}


def page(data: Path) -> Iterator[str]:
    """The lines of the page."""
    yield HEAD.format(day=date.today().isoformat())
    for title, section in SECTIONS.items():
        yield f"\n## {title}\n"
        yield from section(data)


def main() -> None:
    data, *flags = sys.argv[1:]
    lines = []
    for line in page(Path(data)):
        print(line, flush=True)
        lines.append(line)
    if "--write" in flags:
        (HERE / "RESULTS.md").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
