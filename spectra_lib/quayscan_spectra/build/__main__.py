"""`python -m quayscan_spectra.build WHAT --data DIR --out DIR`: regenerates the tables from the data."""

import argparse
from pathlib import Path

from .bands_table import build_bands
from .barcodes_table import build_barcodes
from .classes_table import build_classes
from .controls_table import build_controls
from .families_table import build_families
from .nir_table import build_nir, build_nir_samples
from .samples import build_samples
from .substances_table import build_substances

WHAT = {
    "bands": build_bands,
    "barcodes": build_barcodes,
    "classes": build_classes,
    "controls": build_controls,
    "families": build_families,
    "nir": build_nir,
    "nir-samples": build_nir_samples,
    "samples": build_samples,
    "substances": build_substances,
}


def main() -> None:
    """Run one build step."""
    parser = argparse.ArgumentParser(prog="python -m quayscan_spectra.build", description=__doc__)
    parser.add_argument("what", choices=sorted(WHAT))
    parser.add_argument(
        "--data",
        type=Path,
        default=Path(),
        help="the folder of development data (not for barcodes, classes and families)",
    )
    parser.add_argument("--out", type=Path, required=True, help="the folder to write into")
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    WHAT[arguments.what](arguments.data, arguments.out)


if __name__ == "__main__":
    main()
