"""Accuracy on real spectra that the method was not fitted on; `make accuracy` prints the tables."""
