"""Covariances are symmetric, positive, and grow with what they stand for."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from quayscan.library import Library
from quayscan.match.mixture import MixtureOptions, ShapeError
from quayscan.match.mixture.covariance import noise_covariance, query_covariance, shape_covariance
from quayscan.match.mixture.shape import COARSE, library_shape, shape_of
from quayscan.preprocess import prepare

from ..drawing import SUBSTANCES, measured, query


def test_every_covariance_is_symmetric_and_has_no_negative_direction(drawn_library: Library) -> None:
    one = query("alpha")
    options = MixtureOptions()
    noise = query_covariance(one.values, one.variance, one.level, one.mask, options)
    own = shape_covariance(library_shape(drawn_library, 0, 0), options.shape)
    for matrix in (noise, own):
        assert np.allclose(matrix, matrix.T)
        values = np.linalg.eigvalsh(matrix)
        assert values[0] > -1e-9 * values[-1]


def test_the_diagonal_of_the_noise_is_its_variance() -> None:
    one = query("alpha")
    assert np.allclose(np.diag(noise_covariance(one.variance)), one.variance[COARSE])


def test_points_outside_the_axis_say_nothing() -> None:
    spectrum = measured(SUBSTANCES["alpha"])
    half = prepare(replace(spectrum, axis=spectrum.axis[600:], intensity=spectrum.intensity[600:]))
    diagonal = np.diag(query_covariance(half.values, half.variance, half.level, half.mask, MixtureOptions()))
    unseen = ~half.mask[COARSE]
    assert unseen.any()
    assert diagonal[unseen].min() > 1e3 * diagonal[~unseen].max()


@pytest.mark.parametrize("field", ["band", "group", "response", "jitter", "shift", "width", "skew", "wing", "floor"])
def test_every_way_to_differ_adds_to_the_error(drawn_library: Library, field: str) -> None:
    shape, error = library_shape(drawn_library, 0, 0), ShapeError()
    more = replace(error, **{field: 2.0 * getattr(error, field)})
    added = shape_covariance(shape, more) - shape_covariance(shape, error)
    assert np.trace(added) > 0


def test_a_shape_has_net_band_area_1_and_moves_by_whole_steps(drawn_library: Library) -> None:
    shape = library_shape(drawn_library, 0, 0)
    moved = library_shape(drawn_library, 0, 2)
    assert 4.0 * shape.bands.sum() == pytest.approx(1.0, rel=0.02)  # every second point of 2 cm-1
    assert np.allclose(moved.values[1:], shape.values[:-1])  # two steps of 2 cm-1 are one coarse point


def test_where_a_reference_was_not_measured_its_error_is_as_large_as_its_bands(drawn_library: Library) -> None:
    values, mask = np.asarray(drawn_library.spectra[0], dtype=np.float64), np.arange(951) >= 150
    shape = shape_of(values + 7.0, mask, 0)
    diagonal = np.diag(shape_covariance(shape, ShapeError()))
    unknown = ~shape.known
    assert np.count_nonzero(unknown) == 50  # 400 to 600 cm-1 by 4
    assert np.sqrt(diagonal[unknown].min()) >= np.sqrt(np.mean(shape.bands[shape.known] ** 2))
    assert np.allclose(shape.slope[unknown][:-2], 0.0)  # no step where the reference begins


def test_derivatives_of_a_straight_line_are_its_slope_and_nothing_else() -> None:
    line = np.arange(951.0)
    shape = shape_of(line, np.ones(951, dtype=bool), 0, area=1402.0)
    assert np.allclose(shape.slope, 0.5 / 1402.0)
    assert np.allclose(shape.curvature, 0.0)
