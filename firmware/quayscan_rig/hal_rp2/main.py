"""Entry of the rig board."""

from ..program import run
from .board import RigBoard


def main():
    """Run until USB goes; it does not, so for ever."""
    run(RigBoard())
