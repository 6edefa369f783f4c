"""What the builder cannot compute is refused before hours go into it."""

from .conformers import read_smiles
from .errors import BadStructure

ELEMENTS = frozenset({"H", "B", "C", "N", "O", "F", "Si", "P", "S", "Cl", "As", "Se", "Br"})
"""Those that the force field was trained on (Anstine et al. 2025), without iodine, which 6-31G(d) lacks."""


def require_computable(smiles: str) -> None:
    """Return when the method holds for a structure.

    Raises
    ------
    BadStructure
        It cannot be read, is a lone atom, has an unpaired electron, or holds an element that the method lacks.
    """
    atoms = list(read_smiles(smiles).GetAtoms())
    if len(atoms) < 2:
        raise BadStructure(f"'{smiles}' is one atom: it has no vibration and no Raman band to compute")
    foreign = sorted({atom.GetSymbol() for atom in atoms} - ELEMENTS)
    if foreign:
        raise BadStructure(
            f"'{smiles}' holds {', '.join(foreign)}: computed are molecules of {', '.join(sorted(ELEMENTS))};"
            " measure this one (`quayscan library acquire`)"
        )
    if any(atom.GetNumRadicalElectrons() for atom in atoms):
        raise BadStructure(f"'{smiles}' has an unpaired electron: write its hydrogens or its charge out")
