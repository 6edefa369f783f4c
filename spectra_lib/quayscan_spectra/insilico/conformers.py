"""From a SMILES to starting geometries: RDKit's ETKDG with MMFF energies.

Riniker and Landrum, J. Chem. Inf. Model. 55 (2015) 2562, 10.1021/acs.jcim.5b00654.
"""

from typing import Any

import numpy as np

from .errors import BadStructure, MissingTool
from .structure import Structure
from .units import BOHR_ANGSTROM, HARTREE_KCAL, Array

_EMBEDDINGS = 40
_SEED = 20261125
_ALIKE_KCAL, _ALIKE_ANGSTROM = 0.02, 0.1
_WINDOW_KCAL = 4.0
_KEEP = 8


def _rdkit() -> Any:
    try:
        from rdkit import Chem, rdBase
        from rdkit.Chem import AllChem
    except ImportError as exc:
        raise MissingTool("rdkit is not installed: pip install 'quayscan[compute]'") from exc
    rdBase.DisableLog("rdApp.*")
    return Chem, AllChem


def read_smiles(smiles: str) -> Any:
    """An RDKit molecule with its hydrogens.

    Raises
    ------
    BadStructure
        When it cannot be read.
    MissingTool
        When RDKit is not installed.
    """
    chem, _ = _rdkit()
    molecule = chem.MolFromSmiles(smiles)
    if molecule is None or not molecule.GetNumAtoms():
        raise BadStructure(f"'{smiles}' is not a SMILES that RDKit reads: check brackets, rings and valences")
    return chem.AddHs(molecule)


def matches(smiles: str, smarts: str) -> int:
    """How often a structure holds a pattern."""
    chem, _ = _rdkit()
    return len(read_smiles(smiles).GetSubstructMatches(chem.MolFromSmarts(smarts)))


def _structure(molecule: Any, place: Array) -> Structure:
    chem, _ = _rdkit()
    table = chem.GetPeriodicTable()
    atoms = list(molecule.GetAtoms())
    bonds = sorted(tuple(sorted((b.GetBeginAtomIdx(), b.GetEndAtomIdx()))) for b in molecule.GetBonds())
    rings = molecule.GetRingInfo().AtomRings()
    return Structure(
        symbols=tuple(a.GetSymbol() for a in atoms),
        numbers=np.array([a.GetAtomicNum() for a in atoms], dtype=np.int64),
        masses_amu=np.array([table.GetAtomicWeight(a.GetAtomicNum()) for a in atoms]),
        charge=sum(a.GetFormalCharge() for a in atoms),
        bonds=tuple((a, b) for a, b in bonds),
        rings=tuple(tuple(ring) for ring in rings if all(atoms[i].GetIsAromatic() for i in ring)),
        coordinates=place / BOHR_ANGSTROM,
    )


def _shape(place: Array) -> Array:
    """All distances between atoms in order of size: the same for a mirror image and for renumbered hydrogens."""
    apart = np.linalg.norm(place[:, None] - place, axis=-1)
    return np.asarray(np.sort(apart[np.triu_indices(len(place), 1)]), dtype=np.float64)


def distinct(energies_kcal: Array, places: list[Array]) -> list[int]:
    """Indices of conformers that differ in energy or shape, lowest first.

    RDKit's own pruning looks past hydrogens and takes the turns of a hydroxyl group for one.
    """
    kept: list[int] = []
    shapes = [_shape(place) for place in places]
    for i in np.argsort(energies_kcal, kind="stable"):
        alike = any(
            energies_kcal[i] - energies_kcal[k] < _ALIKE_KCAL and np.abs(shapes[i] - shapes[k]).max() < _ALIKE_ANGSTROM
            for k in kept
        )
        if not alike:
            kept.append(int(i))
    return kept


def conformers(smiles: str) -> list[tuple[float, Structure]]:
    """Starting geometries within 4 kcal/mol of the lowest, at most eight, lowest first.

    Returns
    -------
    list of (energy in hartree above the lowest, Structure)

    Raises
    ------
    BadStructure
        When the SMILES cannot be read or embedded.
    """
    _, all_chem = _rdkit()
    molecule = read_smiles(smiles)
    settings = all_chem.ETKDGv3()
    settings.randomSeed = _SEED
    ids = list(all_chem.EmbedMultipleConfs(molecule, _EMBEDDINGS, settings))
    if not ids:
        raise BadStructure(f"no geometry found for '{smiles}': give a structure that can exist in three dimensions")
    results = all_chem.MMFFOptimizeMoleculeConfs(molecule, maxIters=2000)
    energies = np.array([energy for _, energy in results]) if results[0][0] >= 0 else np.zeros(len(ids))
    energies -= energies.min()
    places = [np.array(molecule.GetConformer(i).GetPositions()) for i in ids]
    order = [i for i in distinct(energies, places) if energies[i] <= _WINDOW_KCAL][:_KEEP]
    return [(float(energies[i]) / HARTREE_KCAL, _structure(molecule, places[i])) for i in order]
