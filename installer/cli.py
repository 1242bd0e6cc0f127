"""The commands of `nano-installer`."""

from __future__ import annotations

import argparse
import logging
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from installer import installation
from installer.facts import look
from installer.findings import RECEIPT, collect
from installer.machine import Machine
from installer.plan import make_plan
from installer.preflight import findings_of, refuse_red
from installer.printing import carry_out, log_to, print_findings, print_plan, printing_watch
from installer.questions import QUESTIONS, Answers, complete
from installer.reach import gateway_answers
from installer.wording import LANGUAGES, language_of_terminal
from nano_runtime import config
from nano_runtime.errors import BadSetting, Conflict, NanoError
from nano_runtime.home import Home

if TYPE_CHECKING:
    from collections.abc import Sequence

    from installer.machine import Confirm

log = logging.getLogger(__name__)

FAILED, STOPPED = 1, 130
VERBS = ("install", "repair")


def main(arguments: Sequence[str]) -> int:
    """Run one command; answers its exit code. Errors go to stderr as one line with the next step."""
    wanted = parser().parse_args(arguments)
    home = Home(Path(wanted.home).absolute()) if wanted.home else Home.find()
    host = Machine(home=home, confirm=_confirm_of(wanted))
    try:
        with installation.alone(host):
            return _run(host, wanted)
    except NanoError as problem:
        log.error("%s", problem)  # the trace was written where it happened; this is the last word
        print(f"nano-installer: {problem}", file=sys.stderr)
        return FAILED
    except PermissionError as problem:
        print(f"nano-installer: {problem.filename}: {problem.strerror}; run it as root", file=sys.stderr)
        return FAILED
    except (KeyboardInterrupt, EOFError):
        print("\nnano-installer: stopped; this host is as it was", file=sys.stderr)
        return STOPPED


def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(
        prog="nano-installer",
        description="Guided installer of the Nano Appliance. Run again, it corrects earlier answers.",
        epilog=_help_on_answers(),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    made.add_argument("verb", nargs="?", choices=VERBS, default="install", help="install is the default")
    made.add_argument("--answers", metavar="FILE", help="unattended: answers as a JSON object, see below; - reads them from stdin")
    made.add_argument("--plan", action="store_true", help="show what would be done, and change nothing")
    made.add_argument("--uninstall", action="store_true", help="take everything back; guests and their disks stay")
    made.add_argument("--with-guest", action="append", default=[], metavar="NAME", help="with --uninstall: remove this guest, too (repeat)")
    made.add_argument("--yes", action="store_true", help="do not ask before it begins")
    made.add_argument("--lang", choices=LANGUAGES, default=language_of_terminal(), help="language of screens and recovery sheet")
    made.add_argument("--plain", action="store_true", help="plain prompts instead of screens, for serial consoles")
    made.add_argument("--home", default="", help="folder of the appliance (default: $NANO_HOME, /opt/nano or build/home)")
    return made


def _help_on_answers() -> str:
    """Every answer with its default, from the questions themselves."""
    lines = ["answers file (JSON object; what is left out is the default or what the host suggests):"]
    defaults = Answers()
    for name, question in QUESTIONS.items():
        default = getattr(defaults, name)
        shown = f" [{default}]" if default not in ("", None) else ""
        lines.append(f"  {name:16} {question.title.en}{shown}")
        lines += [f"  {'':16}   {choice.value}: {choice.title.en}" for choice in question.choices]
    return "\n".join(lines)


def _run(host: Machine, wanted: argparse.Namespace) -> int:
    if wanted.with_guest and not wanted.uninstall:
        raise Conflict("--with-guest goes with --uninstall only", hint="remove guests in the portal")
    if wanted.plan:
        return _show(host, wanted)
    if wanted.uninstall:
        return _uninstall(host, wanted)
    _mend(host)
    if wanted.verb == "install" and not wanted.answers:
        from installer.wizard import guide

        return guide(host, wanted.lang, plain=wanted.plain)
    facts = look()
    answers = complete(_answers_of(host, wanted), facts)
    findings = findings_of(host, facts, answers)
    print_findings(findings, wanted.lang)
    refuse_red(findings)
    steps = make_plan(facts, answers, collect(host, facts, answers, wanted.lang, is_repair=wanted.verb == "repair"))
    print_plan(steps, wanted.lang)
    if steps:
        carry_out(host, steps, answers, wanted.lang)
    return 0


def _answers_of(host: Machine, wanted: argparse.Namespace) -> Answers:
    """Those of the file; for a repair those of the last run, or of the file if one is given."""
    if wanted.answers == "-":
        return config.load(Path("/dev/stdin"), Answers)
    if wanted.answers:
        path = Path(wanted.answers)
        if not path.exists():
            raise BadSetting(f"answers file {path} does not exist", hint="see nano-installer --help for what it may hold")
        return config.load(path, Answers)
    if wanted.verb == "repair" and not (host.home.data / RECEIPT).exists():
        raise Conflict("nothing is installed here that could be repaired", hint="start nano-installer without repair")
    return installation.saved_answers(host)


def _show(host: Machine, wanted: argparse.Namespace) -> int:
    if wanted.uninstall:
        print_plan(installation.plan_uninstall(host, wanted.with_guest), wanted.lang)
        return 0
    facts = look()
    answers = complete(_answers_of(host, wanted), facts)
    print_findings(findings_of(host, facts, answers), wanted.lang)
    print_plan(make_plan(facts, answers, collect(host, facts, answers, wanted.lang)), wanted.lang)
    return 0


def _mend(host: Machine) -> None:
    if installation.is_interrupted(host):
        log_to(host)
        installation.mend(host)
        host.say("an interrupted run was taken back first")


def _uninstall(host: Machine, wanted: argparse.Namespace) -> int:
    _mend(host)
    if not (host.home.data / RECEIPT).exists():
        raise Conflict("nothing is installed here", hint="what a package brought is removed with dnf remove nano-appliance")
    steps = installation.plan_uninstall(host, wanted.with_guest)
    print_plan(steps, wanted.lang)
    if not wanted.yes and input("type yes to go on: ").strip() != "yes":
        raise Conflict("nothing was changed", hint="start again with --yes, or type yes")
    log_to(host)
    installation.uninstall(host, wanted.with_guest, printing_watch([None, *steps], wanted.lang))
    host.say("removed; guests and their disks stay, but for those named")
    return 0


def _confirm_of(wanted: argparse.Namespace) -> Confirm:
    """Unattended, a bridge is kept when the gateway answers through it; with a person, that person decides."""
    if wanted.answers or wanted.verb != "install" or not sys.stdin.isatty():
        return gateway_answers
    from installer.terminal import confirm_bridge

    return confirm_bridge(wanted.lang)
