"""./build.py webui: build the portal into webui/dist."""

from __future__ import annotations

import portal
from progress import ROOT, main


def verb() -> int:
    print(f"the portal is in {portal.ensure().relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    main(verb)
