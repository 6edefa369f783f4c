"""Near-infrared preprocessing: absorbance on one grid, and its second derivative."""
