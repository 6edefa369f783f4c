"""Families: who belongs to which, and that the table is what the patterns reach."""

from __future__ import annotations

from pathlib import Path

import pytest

from quayscan_spectra import families
from quayscan_spectra.build.families_table import build_families

MEMBERS = {
    "4-anilinopiperidines": ({"4-ap", "anpp", "norfentanyl", "1-boc-4-ap"}, {"4-piperidone", "npp", "piperidine"}),
    "n-phenethylpiperidines": ({"npp", "anpp"}, {"benzylfentanyl", "4-ap"}),
    "glycidic-esters": ({"bmk-methyl-glycidate", "pmk-ethyl-glycidate"}, {"bmk-glycidic-acid", "ethyl-acetate"}),
    "methylenedioxyphenyls": ({"safrole", "piperonal", "pmk-methyl-glycidate"}, {"vanillin", "eugenol", "anethole"}),
}


@pytest.mark.parametrize("name", MEMBERS)
def test_a_family_holds_its_members_and_not_their_neighbours(name: str) -> None:
    inside, outside = MEMBERS[name]
    (family,) = [one for one in families() if one.family == name]
    assert inside <= family.members
    assert not outside & family.members


def test_every_family_has_a_title_a_pattern_and_at_least_three_members() -> None:
    assert {one.family for one in families()} == set(MEMBERS)
    for one in families():
        assert one.title
        assert one.smarts
        assert len(one.members) >= 3


def test_the_table_is_what_the_patterns_reach(tmp_path: Path, checkout: Path) -> None:
    pytest.importorskip("rdkit", reason="the families' patterns need rdkit (extra compute)")
    build_families(tmp_path, tmp_path)
    shipped = checkout / "spectra_lib/quayscan_spectra/tables/family_members.csv"
    assert (tmp_path / "family_members.csv").read_text() == shipped.read_text()
