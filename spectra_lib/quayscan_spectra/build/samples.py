"""Band tables of the virtual bench's samples, from other instruments than the library's references."""

import csv
from dataclasses import replace
from pathlib import Path

import numpy as np

from .fit_bands import BandFit, FitOptions, fit_bands
from .read_spectra import Measured
from .sources import BWTEK, INSTRUMENTS, LIBRARY, RAW, Collection

COLUMNS = ("shift_cm1", "fwhm_cm1", "eta", "height", "source", "licence", "instrument", "laser_nm", "basis")

FITTED: dict[str, tuple[Collection, str]] = {
    "acetone": (INSTRUMENTS, "WP-00391-785nm/Acetone-02.csv"),
    "acetonitrile": (RAW, "acetonitrile.csv"),
    "ammonium-nitrate": (INSTRUMENTS, "WP-00391-785nm/AmmoniumNitrate-02.csv"),
    "benzene": (RAW, "benzene.csv"),
    "calcium-carbonate": (RAW, "calcium carbonate.csv"),
    "cyclohexane": (RAW, "cyclohexane.csv"),
    "ethanol": (RAW, "ethanol.csv"),
    "glycerol": (RAW, "glycerol.csv"),
    "isopropanol": (INSTRUMENTS, "WP-00391-785nm/Isopropanol-02.csv"),
    "methanol": (INSTRUMENTS, "WP-00391-785nm/Methanol-02.csv"),
    "methyl-ethyl-ketone": (INSTRUMENTS, "WP-00391-785nm/MEK-02.csv"),
    "mineral-oil": (INSTRUMENTS, "WP-00391-785nm/MineralOil-02.csv"),
    "naphthalene": (INSTRUMENTS, "WP-00338-785nm/Naphthalene-02.csv"),
    "paracetamol": (INSTRUMENTS, "WP-00391-785nm/Acetaminophen-02.csv"),
    "polystyrene": (BWTEK, "PST02_iRPlus785_Z100_100_9000ms.txt"),
    "sodium-perchlorate": (INSTRUMENTS, "WP-00338-785nm/SodiumPerchlorate-02.csv"),
    "sodium-sulfate": (RAW, "sodium sulfate.csv"),
    "sucrose": (INSTRUMENTS, "WP-00391-785nm/Sucrose-02.csv"),
    "toluene": (RAW, "toluene.csv"),
    "urea": (INSTRUMENTS, "WP-00391-785nm/Urea-02.csv"),
}
PERTURBED: dict[str, tuple[Collection, str]] = {"caffeine": (LIBRARY, "caffeine.csv")}
SEED = 20261125
NARROWEST_CM1 = 2.0
OFFSET_CM1, STRETCH, JITTER_CM1, WIDTH_SPREAD, HEIGHT_SPREAD = 1.5, 8e-4, 0.6, 0.10, 0.20


def relative_heights(fit: BandFit) -> BandFit:
    """The fit with the strongest band between 400 and 1800 cm-1 scaled to 100."""
    inside = (fit.shift_cm1 >= 400.0) & (fit.shift_cm1 <= 1800.0)
    return replace(fit, height=100.0 * fit.height / fit.height[inside].max())


def without_resolution(fit: BandFit, resolution_cm1: float) -> BandFit:
    """The widths less the instrument's own, in quadrature, never under `NARROWEST_CM1`.

    The bench adds a slit of its own. Where the source's resolution is not known it stays in the widths.
    """
    squared = fit.fwhm_cm1**2 - resolution_cm1**2
    return replace(fit, fwhm_cm1=np.sqrt(np.maximum(squared, min(NARROWEST_CM1, fit.fwhm_cm1.min()) ** 2)))


def perturb(fit: BandFit, rng: np.random.Generator) -> BandFit:
    """Another unit's view of the same bands: axis moved and stretched, widths and intensities changed."""
    size = len(fit.shift_cm1)
    moved = fit.shift_cm1 + OFFSET_CM1 + STRETCH * (fit.shift_cm1 - 1000.0)
    return replace(
        fit,
        shift_cm1=moved + rng.normal(0.0, JITTER_CM1, size),
        fwhm_cm1=fit.fwhm_cm1 * np.exp(rng.normal(0.0, WIDTH_SPREAD, size)),
        height=fit.height * np.exp(rng.normal(0.0, HEIGHT_SPREAD, size)),
    )


def _rows(fit: BandFit, spectrum: Measured, licence: str, basis: str) -> list[list[str]]:
    source = spectrum.path
    if basis == "perturbed":
        source += f" (perturbed: axis +{OFFSET_CM1} cm-1 and {STRETCH:g}, jitter {JITTER_CM1} cm-1, "
        source += f"width {WIDTH_SPREAD:.0%}, height {HEIGHT_SPREAD:.0%}, seed {SEED})"
    tail = [source, licence, spectrum.instrument, f"{spectrum.laser_nm:g}", basis]
    numbers = zip(fit.shift_cm1, fit.fwhm_cm1, fit.eta, fit.height, strict=True)
    return [[f"{s:.2f}", f"{w:.2f}", f"{e:.2f}", f"{h:.3f}", *tail] for s, w, e, h in numbers]


def build_samples(data: Path, out: Path) -> None:
    """Fit every sample's spectrum under `data` and write one table a sample into `out`."""
    jobs = [(name, *where, "fitted") for name, where in FITTED.items()]
    jobs += [(name, *where, "perturbed") for name, where in PERTURBED.items()]
    out.mkdir(parents=True, exist_ok=True)
    for name, collection, file, basis in jobs:
        spectrum = collection.read(data, file)
        fit = relative_heights(fit_bands(spectrum.shift_cm1, spectrum.counts, options=FitOptions()))
        fit = without_resolution(fit, collection.resolution_cm1)
        if basis == "perturbed":
            fit = perturb(fit, np.random.default_rng(SEED))
        rows = _rows(fit, spectrum, collection.licence, basis)
        with (out / f"{name}.csv").open("w", newline="", encoding="utf-8") as handle:
            csv.writer(handle, lineterminator="\n").writerows([list(COLUMNS), *rows])
