"""`python -m quayscan`."""

from .cli import main

if __name__ == "__main__":
    main()
