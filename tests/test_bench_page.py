"""Figures that were not measured anew stay on the page as they were."""

from __future__ import annotations

from pathlib import Path

from tests.bench.full.page import section, with_sections

ORDER = ("many", "files", "growth")
TABLE = ["| what | measured |", "|---|---|", "| a | 1 |"]


def test_a_section_that_did_not_run_keeps_its_text_its_date_and_its_place() -> None:
    files = section("files", "2026-11-25, 2 cores", TABLE)
    growth = section("growth", "2026-11-26, 2 cores", TABLE, below="![cost](growth.png)")
    page = with_sections("", {"growth": growth, "files": files}, ORDER)
    assert page.index(files) < page.index(growth)
    newer = with_sections(page, {"many": section("many", "2026-12-01, 2 cores", TABLE)}, ORDER)
    assert newer.index("## Many (2026-12-01") < newer.index(files) < newer.index(growth)


def test_a_section_that_ran_takes_the_place_of_its_older_one() -> None:
    page = with_sections("", {"files": section("files", "2026-11-25", TABLE)}, ORDER)
    page = with_sections(page, {"files": section("files", "2026-12-01", [*TABLE, "| b | 2 |"])}, ORDER)
    assert page.count("## Files") == 1
    assert "2026-11-25" not in page
    assert "| b | 2 |" in page


def test_the_page_as_it_is_comes_out_as_it_is() -> None:
    page = (Path(__file__).parent / "bench" / "RESULTS.md").read_text(encoding="utf-8")
    assert with_sections(page, {}, ("many", "million", "files", "stages", "growth")) == page
