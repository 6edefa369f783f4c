"""What can go wrong when computing a reference.

RuntimeError
└── ComputeError          a spectrum could not be computed
    ├── MissingTool       a package of the extra `compute`, or the force field's weights, is not installed
    ├── BadStructure      the SMILES cannot be read, or is nothing this builder computes
    └── NotConverged      an iteration ended without a result that can be used
"""


class ComputeError(RuntimeError):
    """A spectrum could not be computed."""


class MissingTool(ComputeError):
    """A package of the extra `compute`, or the force field's weights, is not installed."""


class BadStructure(ComputeError):
    """The SMILES cannot be read, or is nothing this builder computes."""


class NotConverged(ComputeError):
    """An iteration ended without a result that can be used."""
