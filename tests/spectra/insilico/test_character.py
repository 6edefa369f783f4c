import numpy as np
import pytest
from molecules import DIATOMIC, FORMALDEHYDE, FORMIC_ACID, HYDROGEN_CYANIDE

from quayscan_spectra.insilico.character import character_text, characters, read_character
from quayscan_spectra.insilico.dimer import cyclic_dimer
from quayscan_spectra.insilico.internals import b_matrix, internals
from quayscan_spectra.insilico.modes import normal_modes
from quayscan_spectra.insilico.structure import Structure


def of(one: Structure) -> tuple[dict[str, float], ...]:
    coordinates = internals(one)
    b = b_matrix(one.coordinates, coordinates)
    weights = {"stretch": 0.5, "bend": 0.2, "linear": 0.2, "torsion": 0.01, "plane": 0.05}
    hessian = b.T @ np.diag([weights[c.kind] for c in coordinates]) @ b
    return characters(one, hessian, normal_modes(one, hessian))


def test_a_carbonyl_is_a_stretch_of_its_own_and_hydrogens_stretch_last() -> None:
    found = of(FORMALDEHYDE)
    assert all("str CH" in one and one["str CH"] > 0.9 for one in found[-2:])
    assert max(one.get("str C=O", 0.0) for one in found) > 0.5
    assert of(DIATOMIC)[0] == {"str C=O": 1.0}
    assert any(one.get("str triple", 0.0) > 0.5 for one in of(HYDROGEN_CYANIDE))


def test_shares_of_a_mode_add_up_to_nearly_one() -> None:
    assert all(sum(one.values()) == pytest.approx(1.0, abs=0.15) for one in of(FORMIC_ACID))


def test_a_hydrogen_bond_is_no_covalent_bond_and_leaves_the_carbonyl_one() -> None:
    names = {name for one in of(cyclic_dimer(FORMIC_ACID)) for name in one}
    assert {"hydrogen bond", "str C=O", "str C-O", "str XH"} <= names


def test_the_text_of_a_character_reads_back() -> None:
    one = {"str C=O": 0.73, "bend XXX": 0.2}
    assert character_text(one) == "str C=O 0.73; bend XXX 0.2"
    assert read_character(character_text(one)) == one
    assert read_character("") == {}
