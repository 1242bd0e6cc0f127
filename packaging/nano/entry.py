"""The one executable of the frozen appliance: `nano`, and the guided installer where it is called by that name."""

import sys
from pathlib import Path

if Path(sys.argv[0]).name == "nano-installer":
    from installer.cli import main
else:
    from appliance.cli import main

sys.exit(main(sys.argv[1:]))
