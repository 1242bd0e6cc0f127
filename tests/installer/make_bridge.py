"""Run inside a managed host: make a bridge as the installer does. Arguments: what to do, then the answer to the countdown.

do yes | do no | do wait (for yes on stdin) | do hang | undo
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from installer.machine import Machine
from installer.network_manager import NetworkManager
from installer.steps import network
from nano_runtime.errors import NanoError
from nano_runtime.home import Home
from tests.installer.managed import PROFILE_UUID

network.SETTLE = 15
CARD = "lan3"
SECONDS = 10


def confirm(_: str, seconds: int) -> bool:
    answer = sys.argv[2]
    print("asked", flush=True)
    if answer == "wait":
        return sys.stdin.readline().strip() == "yes"
    if answer == "hang":
        time.sleep(1000)
    return answer == "yes"


def main() -> None:
    mac = Path(f"/sys/class/net/{CARD}/address").read_text().strip()
    uuids = ("aaaaaaaa-0000-4000-8000-000000000001", "aaaaaaaa-0000-4000-8000-000000000002")
    step = network.MakeBridge("br0", CARD, mac, PROFILE_UUID, *uuids, metric=100, seconds=SECONDS)
    host = Machine(home=Home(Path("/opt/nano")), confirm=confirm, has_systemd=False)
    try:
        step.do(host) if sys.argv[1] == "do" else step.undo(host)
    except NanoError as problem:
        print(f"refused: {problem}", flush=True)
    else:
        with NetworkManager() as manager:
            print("up" if manager.is_up("br0") else "down", flush=True)


if __name__ == "__main__":
    main()
