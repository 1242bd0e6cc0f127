"""The commands of `nano`."""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from appliance import __version__
from nano_runtime import daemon
from nano_runtime.background import detach
from nano_runtime.command import clean_environment
from nano_runtime.errors import NanoError, Unavailable
from nano_runtime.home import Home

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

ROLES = ("core", "cell", "frontend")
FAILED = 1
MISUSED = 2
WINDOW = Path(sys.executable).resolve().parent.parent / "desktop" / "bin" / "nano-desktop"
"""Of the installed program: /opt/nano/bin/nano has /opt/nano/desktop/bin/nano-desktop beside it."""


def main(arguments: Sequence[str]) -> int:
    """Run one command; answers its exit code (LSB 5.0, 22.2). Errors go to stderr as one line with the next step."""
    wanted = parser().parse_args(arguments)
    home = Home(Path(wanted.home).absolute()) if wanted.home else Home.find()
    try:
        return int(wanted.run(home, wanted))
    except NanoError as problem:
        print(f"nano: {problem}", file=sys.stderr)
        return FAILED
    except PermissionError as problem:
        print(f"nano: {problem.filename}: {problem.strerror}; run it as root", file=sys.stderr)
        return 4  # LSB: not enough privileges


def parser() -> argparse.ArgumentParser:
    """Every command and option; the manual page and the shell completion are written from it."""
    made = argparse.ArgumentParser(prog="nano", description="Nano Appliance: a private cloud in one program.")
    made.add_argument("--version", action="version", version=f"nano {__version__}")
    commands = made.add_subparsers(required=True, metavar="command")
    for name, run, help, with_roles in (
        ("start", start, "start in the background", True),
        ("stop", stop, "finish requests under way, then end; guests go on running", True),
        ("status", status, "what runs here, since when, and how it is", True),
        ("halt", halt, "end without waiting; guests go on running", True),
        ("run", run_here, "run in the foreground", True),
        ("join", join, "let this host join a domain", False),
        ("token", token, "make a bearer token for the API", False),
        ("desktop", desktop, "open the portal in a window of its own", False),
        ("verify-log", verify_log, "check that nobody changed the audit log", False),
        ("reset-admin", reset_admin, "let an administrator of the portal in again", False),
    ):
        _command(commands, name, run, help, with_roles=with_roles)
    return made


def _command(commands: Any, name: str, run: Callable[[Home, argparse.Namespace], int], help: str, *, with_roles: bool) -> None:
    parser = commands.add_parser(name, help=help, description=help)
    parser.set_defaults(run=run)
    parser.add_argument("--home", default="", help="folder of this appliance (default: $NANO_HOME, /opt/nano or build/home)")
    if with_roles:
        parser.add_argument("--roles", type=_roles, default=(), help="some of core,cell,frontend (default: all of this host)")
    if name == "status":
        parser.add_argument("--json", action="store_true", help="for programs")
    if name == "join":
        parser.add_argument("token", help="nano1...., made in the portal under Hosts; - reads it from stdin")
    if name == "reset-admin":
        parser.add_argument("--user", default="", help="whose password to reset (default: the oldest administrator)")
    if name == "desktop":
        parser.add_argument("--host", metavar="ADDRESS", default="", help="another host than one of the list")
    if name == "token":
        parser.add_argument("--user", required=True)
        parser.add_argument("--group", required=True)
        parser.add_argument("--minutes", type=int, default=60)


def _roles(text: str) -> tuple[str, ...]:
    named = tuple(dict.fromkeys(text.split(",")))
    unknown = [role for role in named if role not in ROLES]
    if unknown:
        raise argparse.ArgumentTypeError(f"unknown role {unknown[0]!r}; choose from {','.join(ROLES)}")
    return tuple(role for role in ROLES if role in named)


def _roles_of_host(home: Home, wanted: argparse.Namespace) -> tuple[str, ...]:
    """Those asked for, or what this host is set up for: all three, or the Cell alone where it joined another host's Core."""
    from appliance.node import roles_of_host

    return wanted.roles or roles_of_host(home)


def start(home: Home, wanted: argparse.Namespace) -> int:
    from appliance.node import Node

    roles = _roles_of_host(home, wanted)
    already = [role for role in roles if role in daemon.running(home)]
    roles = tuple(role for role in roles if role not in already)
    for role in already:
        print(f"{role} is running already")
    if not roles:
        return 0
    node = Node(home, roles)
    starting = detach(home.log / "start.log")
    node.run(starting=starting)
    return 0


def run_here(home: Home, wanted: argparse.Namespace) -> int:
    from appliance.node import Node

    Node(home, _roles_of_host(home, wanted)).run(console=True)
    return 0


def stop(home: Home, wanted: argparse.Namespace) -> int:
    ended = daemon.stop(home, wanted.roles or ROLES)
    print(f"stopped {', '.join(ended)}; guests go on running" if ended else "nothing was running")
    return 0


def halt(home: Home, wanted: argparse.Namespace) -> int:
    ended = daemon.halt(home, wanted.roles or ROLES)
    print(f"halted {', '.join(ended)}; guests go on running" if ended else "nothing was running")
    return 0


def status(home: Home, wanted: argparse.Namespace) -> int:
    """The worst LSB code of the roles asked about."""
    running = daemon.running(home)
    facts: dict[str, dict[str, Any]] = {}
    for role in wanted.roles or ROLES:
        facts[role] = {"running": role in running}
        if role in running:
            facts[role] |= {"pid": running[role].pid, "since": running[role].started} | daemon.ask(home, role, "status").get(role, {})
    if wanted.json:
        print(json.dumps(facts, indent=2))
    else:
        for role, known in facts.items():
            print(_line(role, known))
    return max(daemon.status_code(home, role) for role in facts)


def _line(role: str, known: dict[str, Any]) -> str:
    if not known.pop("running"):
        return f"{role:9} stopped"
    since = time.strftime("%Y-%m-%d %H:%M:%S", time.localtime(known.pop("since")))
    details = ", ".join(f"{name.replace('_', ' ')} {value}" for name, value in known.items() if value not in ("", None))
    return f"{role:9} running since {since}, {details}"


def join(home: Home, wanted: argparse.Namespace) -> int:
    from appliance.node import join_domain

    text = sys.stdin.readline() if wanted.token == "-" else wanted.token
    name = join_domain(home, text.strip())
    print(f"this host joined as {name}; run: nano start --roles cell")
    return 0


def token(home: Home, wanted: argparse.Namespace) -> int:
    from appliance.node import make_token

    print(make_token(home, user=wanted.user, group=wanted.group, minutes=wanted.minutes))
    return 0


def verify_log(home: Home, wanted: argparse.Namespace) -> int:
    from appliance.frontend import rescue

    verdict = rescue.verify_log(home, time.time)
    if verdict.broken:
        print(f"nano: the audit log is broken at entry {verdict.broken}: {verdict.problem}", file=sys.stderr)
        return FAILED
    print(f"the audit log is whole: entries {verdict.first} to {verdict.last}, ending with {verdict.head}")
    return 0


def reset_admin(home: Home, wanted: argparse.Namespace) -> int:
    from appliance.frontend import rescue

    name, password = rescue.reset_admin(home, wanted.user, time.time)
    print(f"user {name} can sign in with the password {password} and must change it then; sessions and tokens of {name} have ended")
    return 0


def desktop(home: Home, wanted: argparse.Namespace) -> int:
    """Become the program of the window, which is a component of its own; it needs none of our libraries."""
    program = [str(WINDOW)] if getattr(sys, "frozen", False) else [sys.executable, "-m", "appliance.desktop"]
    if not Path(program[0]).exists():
        raise Unavailable("the desktop window is not installed", hint="dnf install nano-appliance-desktop, or open the portal in a browser")
    language = {name: os.environ[name] for name in ("LANGUAGE", "LC_ALL") if name in os.environ}
    theirs = {name: value for name, value in clean_environment(os.environ).items() if name != "LC_ALL"}
    options = ["--host", wanted.host] if wanted.host else []
    os.execve(program[0], [*program, *options], theirs | language)
