"""The rig board itself; the only importer of machine in this package."""
