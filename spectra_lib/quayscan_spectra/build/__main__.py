"""`python -m quayscan_spectra.build WHAT --data DIR --out PATH`: regenerates the tables from the measured data."""

import argparse
from pathlib import Path

from .samples import build_samples

WHAT = {"samples": build_samples}


def main() -> None:
    """Run one build step."""
    parser = argparse.ArgumentParser(prog="python -m quayscan_spectra.build", description=__doc__)
    parser.add_argument("what", choices=sorted(WHAT))
    parser.add_argument("--data", type=Path, required=True, help="the folder of development data")
    parser.add_argument("--out", type=Path, required=True, help="folder for samples, else the folder of tables")
    arguments = parser.parse_args()
    WHAT[arguments.what](arguments.data, arguments.out)


if __name__ == "__main__":
    main()
