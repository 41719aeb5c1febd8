"""`python -m reif` is `reif`."""

from reif.cli import main

main()
