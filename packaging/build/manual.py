"""Write the manual pages and the shell completion from what the programs declare, into packaging/nano.

Run it after a command or an option changed: .venv/bin/python packaging/build/manual.py. A test tells when it was forgotten.
"""

from __future__ import annotations

import argparse
import re
from typing import TYPE_CHECKING, NamedTuple

from progress import ROOT, main

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER = ROOT / "packaging" / "nano"
PROGRAM = "nano-appliance"
"""What is in the PATH: `nano` alone is the editor there. The program itself is /opt/nano/bin/nano."""

ABOUT = """\
.SH DESCRIPTION
One program with three services:
.B core
forms pools of hosts and serves the API (TCP 5870),
.B cell
runs the guests of this host through libvirt, and
.B frontend
serves the portal (TCP 5850).
Guests go on running whatever happens to the program.
.PP
It lies in
.I /opt/nano/bin/nano
and is called
.B nano-appliance
in the PATH, because
.B nano
is an editor. On an installed host the unit
.I nano.service
starts it; prepare the host with
.BR nano-installer (8).
"""
FILES = """\
.SH FILES
.TP
.I /opt/nano/config
What can be set: domain.cfg, api.cfg, image.cfg, frontend.cfg, cell.cfg.
.TP
.I /opt/nano/cert
Certificates and keys of this host; on the host of Core those of the domain, too.
.TP
.I /opt/nano/data, /opt/nano/log
Databases and journals; logs, which the program itself keeps small.
.TP
.I /var/lib/nano
Disks and images of guests.
.TP
.I /etc/sysconfig/nano
NANO_OPTIONS for the unit, for example \\-\\-roles core,frontend.
"""
CODES = """\
.SH EXIT STATUS
0 if it worked, 1 if not, 2 if it was called wrongly, 4 without the rights it needs.
.B status
answers 0 if all asked about runs, 3 if not, 1 for a service that died (LSB 5.0, 22.2).
"""


class Page(NamedTuple):
    name: str
    summary: str
    parser: argparse.ArgumentParser
    about: str = ""
    end: str = ""


def documents() -> dict[str, str]:
    """File name -> text of everything that is generated here."""
    pages = _pages()
    texts = {f"{page.name}.8": manual(page) for page in pages}
    return texts | {f"{PROGRAM}.bash": completion(pages)}


def _pages() -> list[Page]:
    from appliance import cli
    from installer.cli import parser as installer_parser

    return [
        Page(PROGRAM, "private cloud on one or more hosts", cli.parser(), ABOUT, FILES + CODES),
        Page("nano-installer", "prepare a host for the Nano Appliance", installer_parser()),
    ]


def manual(page: Page) -> str:
    """A page for man(1), in the macros of man(7)."""
    other = "nano-installer" if page.name == PROGRAM else PROGRAM
    parts = [
        '.\\" Written by packaging/build/manual.py from the options the program declares.',
        f'.TH {page.name.upper()} 8 "" "Nano Appliance" "System administration"',
        f".SH NAME\n{_plain(page.name)} \\- {page.summary}",
        f".SH SYNOPSIS\n{_synopsis(page)}",
        page.about.rstrip() or f".SH DESCRIPTION\n{_plain(page.parser.description or '')}",
        *_commands(page.parser),
        f".SH OPTIONS\n{_options(page.parser)}",
        _epilog(page.parser),
        page.end.rstrip(),
        f".SH SEE ALSO\n.BR {other} (8),\n.BR virsh (1)",
    ]
    return "\n".join(part for part in parts if part) + "\n"


def _synopsis(page: Page) -> str:
    commands = _subparsers(page.parser)
    if not commands:
        return _usage(page.name, page.parser)
    return "\n.br\n".join(_usage(f"{page.name} {name}", parser) for name, parser in commands.items())


def _usage(call: str, parser: argparse.ArgumentParser) -> str:
    words = [_word(action) for action in _arguments(parser)]
    return f".B {_plain(call)}\n" + _plain(" ".join(words)) if words else f".B {_plain(call)}"


def _word(action: argparse.Action) -> str:
    text = " ".join(part for part in (action.option_strings[-1] if action.option_strings else "", _value(action)) if part)
    return text if action.required and action.nargs != "?" else f"[{text}]"


def _value(action: argparse.Action) -> str:
    if action.nargs == 0:
        return ""
    if action.choices is not None:
        return "|".join(map(str, action.choices))
    return str(action.metavar or action.dest.upper())


def _commands(parser: argparse.ArgumentParser) -> Iterator[str]:
    commands = _subparsers(parser)
    if commands:
        yield ".SH COMMANDS"
    for name, command in commands.items():
        yield f".SS {name}\n{_plain(_sentence(command.description or ''))}\n{_options(command)}".rstrip()


def _options(parser: argparse.ArgumentParser) -> str:
    return "\n".join(
        f".TP\n.B {_plain(' '.join(filter(None, [', '.join(action.option_strings), _value(action)])))}\n{_plain(_sentence(_help(action)))}"
        for action in parser._actions
        if not isinstance(action, argparse._SubParsersAction | argparse._HelpAction)
    )


def _help(action: argparse.Action) -> str:
    if isinstance(action, argparse._VersionAction):
        return "show the version and end"
    default = f" (default: {action.default})" if isinstance(action.default, int) and not isinstance(action.default, bool) else ""
    return (action.help or f"the {action.dest}") + default


def _epilog(parser: argparse.ArgumentParser) -> str:
    title, _, rest = (parser.epilog or "").partition("\n")
    name = title.partition("(")[0].strip().upper()
    return f".SH {name}\n{_plain(_sentence(title.rstrip(':')))}\n.nf\n{_plain(rest)}\n.fi" if rest else ""


def completion(pages: list[Page]) -> str:
    """For bash: commands first, then the options of the command; file names where a file is wanted."""
    blocks = "\n".join(_function(page) for page in pages)
    return f"# bash completion; written by packaging/build/manual.py from the options the programs declare.\n{blocks}"


def _function(page: Page) -> str:
    function = f"_{page.name.replace('-', '_')}"
    commands = _subparsers(page.parser)
    cases = [f"        {name}) words='{_words(command)}' ;;" for name, command in commands.items()]
    names = [f"{page.name}", *(["/opt/nano/bin/nano"] if page.name == PROGRAM else [])]
    return "\n".join(
        [
            f"{function}() {{",
            "    local words",
            '    case "${COMP_WORDS[1]}" in',
            *cases,
            f"        *) words='{' '.join([*commands, _words(page.parser)])}' ;;",
            "    esac",
            *([f"    if [ \"$COMP_CWORD\" -eq 1 ]; then words='{' '.join([*commands, _words(page.parser)])}'; fi"] if commands else []),
            '    COMPREPLY=($(compgen -W "$words" -- "${COMP_WORDS[COMP_CWORD]}"))',
            "}",
            f"complete -o default -F {function} {' '.join(names)}",
            "",
        ]
    )


def _words(parser: argparse.ArgumentParser) -> str:
    words = [word for action in parser._actions for word in action.option_strings if word.startswith("--")]
    choices = [
        str(choice) for action in parser._actions if not isinstance(action, argparse._SubParsersAction) for choice in action.choices or ()
    ]
    return " ".join([*words, *choices])


def _subparsers(parser: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    return next((dict(action.choices) for action in parser._actions if isinstance(action, argparse._SubParsersAction)), {})


def _arguments(parser: argparse.ArgumentParser) -> list[argparse.Action]:
    return [action for action in parser._actions if not isinstance(action, argparse._HelpAction | argparse._VersionAction)]


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", ":")) else ".") if text else ""


def _plain(text: str) -> str:
    """Text that troff must not take for a request or an escape."""
    escaped = text.replace("\\", "\\e").replace("-", "\\-")
    return re.sub(r"^([.'])", r"\\&\1", escaped, flags=re.MULTILINE)


def verb() -> int:
    for name, text in documents().items():
        (FOLDER / name).write_text(text)
        print(f"packaging/nano/{name}")
    return 0


if __name__ == "__main__":
    main(verb)
