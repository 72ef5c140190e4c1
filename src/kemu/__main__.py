"""`python -m kemu` is `kemu`."""

import sys

from kemu.cli import main

if __name__ == "__main__":
    sys.exit(main())
