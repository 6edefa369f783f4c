from dataclasses import replace

import numpy as np
import pytest
from molecules import FORMALDEHYDE, FORMIC_ACID

from quayscan_spectra.insilico.dimer import acid_group, cyclic_dimer, hydrogen_faces_carbonyl
from quayscan_spectra.insilico.errors import BadStructure
from quayscan_spectra.insilico.internals import internals
from quayscan_spectra.insilico.units import BOHR_ANGSTROM


def test_the_two_halves_are_images_through_one_centre() -> None:
    place = cyclic_dimer(FORMIC_ACID).coordinates
    centre = place.mean(axis=0)
    assert place[5:] - centre == pytest.approx(-(place[:5] - centre), abs=1e-12)
    assert place[:5] == pytest.approx(FORMIC_ACID.coordinates)


def test_oxygens_face_each_other_at_2_6_angstrom_with_the_hydrogen_between() -> None:
    dimer = cyclic_dimer(FORMIC_ACID)
    _, bare, held, hydrogen = acid_group(FORMIC_ACID)
    between = dimer.coordinates[bare + 5] - dimer.coordinates[held]
    assert np.linalg.norm(between) * BOHR_ANGSTROM == pytest.approx(2.6)
    bond = dimer.coordinates[hydrogen] - dimer.coordinates[held]
    assert bond @ between > 0.9 * np.linalg.norm(bond) * np.linalg.norm(between)


def test_both_contacts_are_bonds_of_the_internal_coordinates() -> None:
    dimer = cyclic_dimer(FORMIC_ACID)
    assert {(3, 6), (1, 8)} <= set(dimer.bonds)
    assert len(dimer.bonds) == 2 * len(FORMIC_ACID.bonds) + 2
    assert sum(one.kind == "stretch" for one in internals(dimer)) == 10


def test_an_acid_turned_away_or_no_acid_is_refused() -> None:
    away = FORMIC_ACID.coordinates.copy()
    away[3] = [away[3, 0] + 2.5, away[3, 1] + 1.0, 0.0]
    turned = replace(FORMIC_ACID, coordinates=away)
    assert not hydrogen_faces_carbonyl(turned)
    with pytest.raises(BadStructure, match="points away"):
        cyclic_dimer(turned)
    with pytest.raises(BadStructure, match="has 0"):
        cyclic_dimer(FORMALDEHYDE)
