"""What the method does not hold for is refused at once; a structure goes by the name that the law knows it by."""

from pathlib import Path

import pytest

pytest.importorskip("rdkit", reason="needs the extra `compute`")

from quayscan_spectra.insilico import BadStructure, compute
from quayscan_spectra.insilico.computable import require_computable
from quayscan_spectra.insilico.computed import task_of
from quayscan_spectra.insilico.queue_table import queued


@pytest.mark.parametrize(
    ("smiles", "says"),
    [
        ("[Fe]", "is one atom"),
        ("[Na+].[Cl-]", "holds Na"),
        ("CI", "holds I:"),
        ("C[Mg]Br", "holds Mg"),
        ("C[CH]C", "unpaired electron"),
    ],
)
def test_what_cannot_be_computed_is_refused_before_anything_runs(smiles: str, says: str, tmp_path: Path) -> None:
    with pytest.raises(BadStructure, match=says):
        compute(smiles, work_dir=tmp_path)
    assert not list(tmp_path.iterdir())


def test_every_molecule_of_the_queue_can_be_computed() -> None:
    for row in queued():
        require_computable(row.smiles)


@pytest.mark.parametrize(
    ("smiles", "substance"),
    [("CO", "methanol"), ("C1CC(=O)CCN1", "4-piperidone"), ("CCOC(=O)Cc1ccccc1", "ethyl-phenylacetate"), ("CCCCI", "")],
)
def test_a_structure_that_the_tables_know_is_computed_under_its_name(smiles: str, substance: str) -> None:
    task, known_as = task_of(smiles)
    assert (task.smiles, known_as) == (smiles, substance)
