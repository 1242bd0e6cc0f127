"""`python -m appliance`, and the frozen `nano`."""

import sys

from appliance.cli import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
