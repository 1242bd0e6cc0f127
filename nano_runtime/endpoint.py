"""Both ends of the control link: Core's LinkServer, and the LinkClient that finds Core again for ever.

Whoever shows a certificate of the domain's authority is shown to a judge, who says who that is or raises Forbidden; so is a
stranger, who has none and may use only messages that are open to strangers. All callbacks run in threads of their own, never
on the network loop. `on_up`, the events of a link and `on_down` of one peer happen one after another, also across
reconnects: `on_down` of an older link is over before `on_up` of the next one begins.
"""

from nano_runtime.link import peer_of
from nano_runtime.link_client import Find, LinkClient, visit
from nano_runtime.link_server import Judge, LinkServer
from nano_runtime.quic_connection import Pace

__all__ = ["Find", "Judge", "LinkClient", "LinkServer", "Pace", "peer_of", "visit"]
