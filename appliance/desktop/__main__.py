"""`python -m appliance.desktop`, and the frozen `nano-desktop`."""

import sys

from appliance.desktop.program import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
