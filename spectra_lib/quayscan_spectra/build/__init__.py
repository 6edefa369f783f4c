"""Build-time code: fits band tables to measured spectra and carries facts over into the package's own tables.

Nothing here runs when the package is used; `python -m quayscan_spectra.build --help` lists the steps.
"""
