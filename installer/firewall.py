"""firewalld: one service of ours with exactly the ports in use, in the zone of the interface.

Written as files, so that an uninstall can put them back to the byte; firewalld's own tools rewrite a zone in their order.
Formats: firewalld.service(5), firewalld.zone(5).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from installer.steps.files import InsertText, Kept, WriteFile
from installer.steps.units import Reload

if TYPE_CHECKING:
    from collections.abc import Iterator

    from installer.facts import Facts
    from installer.operations import Doing
    from installer.plan import Findings
    from installer.questions import Answers

SERVICE = "/etc/firewalld/services/nano.xml"
LINE = b'  <service name="nano"/>\n'
END = b"</zone>"
LINK_PORTS = "32768-60999"
"""Where the kernel chooses a port for the control link, the answers to discovery and the data port (net.ipv4.ip_local_port_range)."""


def ports_in_use(answers: Answers) -> list[tuple[str, str]]:
    """(port or range, protocol): discovery for all, the two HTTPS ports of Core, and the links, whose ports the kernel chooses."""
    ports = [(str(answers.group_port), "udp"), (LINK_PORTS, "udp")]
    if answers.roles != "core":
        ports.append((LINK_PORTS, "tcp"))
    if answers.roles == "cell":
        return ports
    return [*ports, (str(answers.api_port), "tcp"), (str(answers.portal_port), "tcp")]


def firewall_files(facts: Facts, answers: Answers, found: Findings) -> Iterator[Doing]:
    """Nothing on a host without firewalld: who filters by other means knows what to open from the recovery sheet."""
    if facts.firewalld == "absent" and not found.missing_packages:
        return
    zone = f"/etc/firewalld/zones/{found.zone}.xml"
    before = found.keep(zone)
    yield Reload("firewalld", "undone")
    yield WriteFile(SERVICE, service_text(ports_in_use(answers)), before=found.keep(SERVICE))
    yield InsertText(zone, LINE, zone_with_line(before, found.default_zone_text), before)
    yield Reload("firewalld", "done")


def service_text(ports: list[tuple[str, str]]) -> bytes:
    lines = [f'  <port port="{port}" protocol="{protocol}"/>' for port, protocol in ports]
    head = ['<?xml version="1.0" encoding="utf-8"?>', "<service>", "  <short>Nano Appliance</short>"]
    return "\n".join([*head, *lines, "</service>", ""]).encode()


def zone_with_line(before: Kept | None, default: bytes) -> bytes:
    """The zone with our service in it; a zone that was never changed starts as the distribution has it."""
    text = before.content if before else default or b'<?xml version="1.0" encoding="utf-8"?>\n<zone>\n</zone>\n'
    if LINE in text:
        return text
    head, end, rest = text.rpartition(END)
    return head + LINE + end + rest
