"""Structures compared with rdkit: needed to build the class entries, and for a SMILES that a user gives."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Any

from .errors import BadStructure, ChemistryMissing

HOW_TO_INSTALL = "install it with: pip install 'quayscan[compute]'; or give a CAS number, a name or an InChIKey"

WATER = "XLYOFNOQVPJJNP-UHFFFAOYSA-N"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Structure:
    """A molecule taken apart.

    `inchikey` is that of the whole, `core_inchikey` that of its largest organic part without charge, a ketone
    hydrate as the ketone; `parts` holds it and that of its mirror image; `is_salt` says that other parts than water
    were there. `core` is that part, an rdkit molecule.
    """

    smiles: str
    inchikey: str
    core_inchikey: str
    parts: frozenset[str]
    skeleton: str
    is_salt: bool
    core: Any


def _rdkit(module: str) -> Any:
    """One module of rdkit; it has no type stubs that hold under strict checking."""
    try:
        return import_module(f"rdkit.{module}")
    except ImportError as exc:
        raise ChemistryMissing(f"a structure was given and rdkit is not there to read it: {HOW_TO_INSTALL}") from exc


def _read(smiles: str) -> Any:
    with _rdkit("rdBase").BlockLogs():
        molecule = _rdkit("Chem").MolFromSmiles(smiles)
    if molecule is None or not molecule.GetNumAtoms():
        raise BadStructure(f"'{smiles}' is no SMILES that can be read: check brackets, ring numbers and charges")
    return molecule


def _mirrored(molecule: Any) -> Any:
    chem = _rdkit("Chem")
    swap = {
        chem.ChiralType.CHI_TETRAHEDRAL_CW: chem.ChiralType.CHI_TETRAHEDRAL_CCW,
        chem.ChiralType.CHI_TETRAHEDRAL_CCW: chem.ChiralType.CHI_TETRAHEDRAL_CW,
    }
    mirror = chem.Mol(molecule)
    for atom in mirror.GetAtoms():
        if atom.GetChiralTag() in swap:
            atom.SetChiralTag(swap[atom.GetChiralTag()])
    return mirror


def _without_hydrate(molecule: Any) -> Any:
    """Ketone hydrates drawn as gem-diols become the ketone: 4-piperidone travels as one."""
    chem = _rdkit("Chem")
    diol = _pattern("[#6][CX4]([OX2H])([OX2H])[#6]")
    while molecule.HasSubstructMatch(diol):
        _, carbon, kept, lost, _ = molecule.GetSubstructMatch(diol)
        ketone = chem.RWMol(molecule)
        ketone.GetBondBetweenAtoms(carbon, kept).SetBondType(chem.BondType.DOUBLE)
        ketone.RemoveAtom(lost)
        chem.SanitizeMol(ketone)
        molecule = ketone.GetMol()
    return molecule


def _inchikey(molecule: Any) -> str:
    with _rdkit("rdBase").BlockLogs():
        return str(_rdkit("Chem").MolToInchiKey(molecule))


def _neutral(molecule: Any) -> Any:
    with _rdkit("rdBase").BlockLogs():
        return _rdkit("Chem.MolStandardize.rdMolStandardize").Uncharger(canonicalOrder=True).uncharge(molecule)


@cache
def structure(smiles: str) -> Structure:
    """Take a SMILES apart.

    Raises
    ------
    BadStructure
        When it cannot be read.
    ChemistryMissing
        When rdkit is not installed.
    """
    chem = _rdkit("Chem")
    whole = _read(smiles)
    fragments = [part for part in chem.GetMolFrags(whole, asMols=True) if _inchikey(part) != WATER]
    # counter-ions of a precursor are smaller than it or carry no carbon; tartrates and the like are smaller too
    main = max(fragments or [whole], key=lambda part: (has_carbon(part), part.GetNumHeavyAtoms()))
    core = _without_hydrate(_neutral(main))
    drawn = _inchikey(core)
    return Structure(
        smiles=smiles,
        inchikey=_inchikey(whole),
        core_inchikey=drawn,
        parts=frozenset({drawn, _inchikey(_mirrored(core))}),
        skeleton=drawn[:14],
        is_salt=len(fragments) > 1,
        core=core,
    )


def has_carbon(molecule: Any) -> bool:
    """Whether an rdkit molecule holds a carbon atom."""
    return any(atom.GetAtomicNum() == 6 for atom in molecule.GetAtoms())


@cache
def _pattern(smarts: str) -> Any:
    pattern = _rdkit("Chem").MolFromSmarts(smarts)
    if pattern is None:
        raise BadStructure(f"'{smarts}' is no SMARTS that can be read: check the table of structure rules")
    return pattern


def matches(one: Structure, smarts: tuple[str, ...]) -> bool:
    """Whether the core of a structure matches every pattern (and there is at least one)."""
    return bool(smarts) and all(one.core.HasSubstructMatch(_pattern(each)) for each in smarts)
