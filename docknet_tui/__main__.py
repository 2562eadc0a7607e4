"""`python -m docknet_tui`."""

import sys

from docknet_tui.cli import main

if __name__ == "__main__":
    sys.exit(main())
