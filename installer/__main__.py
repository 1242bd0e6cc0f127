"""`nano-installer`, or `python -m installer` in a checkout."""

import sys

from installer.cli import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
