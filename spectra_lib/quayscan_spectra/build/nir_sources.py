"""The near-infrared spectra that the tables are fitted to: 11 powders, each scanned 5 times by each operator."""

from pathlib import Path

import numpy as np

from quayscan_spectra.profile import Array
from quayscan_spectra.substances import resolve

FOLDER = "nir-nirscan"
ORIGIN = "github SLx64/nirscan-sc@66b554d, examples/spectra"
LICENCE = "MIT"
INSTRUMENT = "Texas Instruments DLP NIRscan Nano EVM, serial number 6100014"
LAMP = "not stated"
REFERENCE_OPERATORS = (1, 2, 3, 4, 5)
"""Their means make the references; all on 2020-12-10."""
SAMPLE_OPERATORS = (6, 7, 8, 9, 10)
"""Their means make the bench's samples; all on 2020-12-17, same instrument. No setting was chosen on them."""
REPEATS = (1, 2, 3, 4, 5)

FILE_NAMES = {
    "acetaminophen": "acetaminophen",
    "asa": "acetylsalicylic acid",
    "caffeine": "caffeine",
    "caffeine_citrate": "caffeine citrate",
    "fructose": "fructose",
    "glucose": "glucose",
    "lactose": "lactose",
    "mannitol": "mannitol",
    "salicylic_acid": "salicylic acid",
    "sorbitol": "sorbitol",
    "xylose": "xylose",
}
"""How the files are called -> a name that the substance table has."""


def file_substances() -> dict[str, str]:
    """File stem -> substance id, in order of id."""
    found = {stem: resolve(name) for stem, name in FILE_NAMES.items()}
    return dict(sorted(found.items(), key=lambda pair: pair[1]))


def read_nirscan(path: Path) -> tuple[Array, Array]:
    """Wavelength in nm and absorbance of one file, each (N,), ascending.

    Raises
    ------
    ValueError
        When there is no line of column names, or its columns are others.
    """
    lines = path.read_text(encoding="utf-8").splitlines()
    starts = [at for at, line in enumerate(lines) if line.startswith("Wavelength (nm),Absorbance (AU)")]
    if len(starts) != 1:
        raise ValueError(f"{path.name}: {len(starts)} lines name wavelength and absorbance, one is needed")
    rows = [line.split(",")[:2] for line in lines[starts[0] + 1 :] if line.strip()]
    table = np.array(rows, dtype=np.float64).T
    order = np.argsort(table[0], kind="stable")
    return table[0, order], table[1, order]


def read_scans(data: Path, stem: str, operator: int) -> tuple[Array, Array]:
    """Axis in nm (N,) and the repeats (R, N) of one substance by one operator.

    Raises
    ------
    ValueError
        When a repeat lies on another axis.
    """
    folder = data / "spectra" / FOLDER / f"group{operator:02d}"
    read = [read_nirscan(folder / f"{stem}_{repeat:02d}.csv") for repeat in REPEATS]
    axis = read[0][0]
    if not all(np.array_equal(one, axis) for one, _ in read):
        raise ValueError(f"{stem}, operator {operator}: the repeats lie on different axes")
    return axis, np.array([curve for _, curve in read])


def operator_means(data: Path, stem: str, operators: tuple[int, ...]) -> tuple[Array, Array]:
    """Axis in nm (N,) and one mean absorbance an operator (O, N)."""
    read = [read_scans(data, stem, operator) for operator in operators]
    return read[0][0], np.array([scans.mean(axis=0) for _, scans in read])


def source_of(stem: str, operators: tuple[int, ...]) -> str:
    """What a table's row says about where it is from."""
    first, last = operators[0], operators[-1]
    return f"{ORIGIN}/group{first:02d} to group{last:02d}, {stem}_01 to _05.csv (mean)"
