"""The window's own pages as HTML: hosts, a host that is away, a key that is new or another one. No scripts, no foreign content.

Links are relative: the first part of the address says which window asks (window.py).
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from nano_runtime.certificates import fingerprint_lines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from appliance.desktop.contact import Shown
    from appliance.desktop.hosts import Host
    from appliance.desktop.wording import Words
    from nano_runtime.discovery import Triple

STYLE = """
:root { color-scheme: light dark; --back: #f2f2f2; --card: #fff; --text: #151515; --soft: #4d4d4d; --line: #c7c7c7; --blue: #0066cc; }
@media (prefers-color-scheme: dark) {
  :root { --back: #151515; --card: #292929; --text: #fff; --soft: #c7c7c7; --line: #4d4d4d; --blue: #92c5f9; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--back); color: var(--text); font: 16px/1.5 "Red Hat Text", "Noto Sans", "Noto Sans CJK SC", sans-serif; }
main { max-width: 46rem; margin: 0 auto; padding: 3rem 1.5rem; }
h1 { font-size: 1.6rem; font-weight: 500; margin: 0 0 1.5rem; } h2 { font-size: 1.05rem; font-weight: 500; margin: 0 0 .75rem; }
section { background: var(--card); border: 1px solid var(--line); border-radius: 12px; padding: 1.25rem; margin-bottom: 1.25rem; }
ul { list-style: none; margin: 0; padding: 0; }
li { display: flex; gap: .75rem; align-items: center; padding: .6rem 0; border-top: 1px solid var(--line); }
li:first-child { border-top: 0; } li b { font-weight: 500; flex: 1; overflow-wrap: anywhere; } small, p { color: var(--soft); }
form { display: flex; gap: .75rem; flex-wrap: wrap; } label { flex: 1 1 9rem; color: var(--soft); font-size: .875rem; }
input { width: 100%; font: inherit;
  padding: .4rem .7rem; border: 1px solid var(--line); border-radius: 6px; background: var(--back); color: inherit; }
a, button { font: inherit; padding: .4rem 1rem; border-radius: 999px; border: 1px solid var(--blue); background: none; color: var(--blue); }
a { text-decoration: none; } a.first, button { background: var(--blue); color: var(--card); } button { align-self: end; }
:is(a, button, input):focus-visible { outline: 3px solid var(--blue); outline-offset: 2px; }
code { display: block; margin-bottom: 1rem; font: 1.05rem/1.7 "Red Hat Mono", "Noto Sans Mono", monospace; overflow-wrap: anywhere; }
.bad h1 { color: #c9190b; } @media (prefers-color-scheme: dark) { .bad h1 { color: #f89b9b; } }
nav { display: flex; gap: .75rem; margin-top: 1.5rem; flex-wrap: wrap; }
"""


def hosts(words: Words, known: Sequence[Host], local: Host | None, triple: Triple, *, note: str = "") -> str:
    """The list, with this computer first where an appliance runs on it."""
    lines = [_line(words, local, small=words.this_host, removable=False)] if local else []
    lines += [_line(words, host, small="" if host.fingerprint else words.not_checked, removable=True) for host in known]
    listed = f"<ul>{''.join(lines)}</ul>" if lines else f"<p>{words.none_yet}</p>"
    told = f'<section role="status"><p>{escape(note)}</p></section>' if note else ""
    field = f'<label>{words.address}<input name="host" autofocus required maxlength="260"></label>'
    add = f'<form action="add">{field}{_button(words.add)}</form>'
    return _page(words.hosts, f"{told}<section>{listed}</section><section>{add}</section><section>{_find(words, triple)}</section>")


def _find(words: Words, triple: Triple) -> str:
    fields = [("domain", words.domain, triple.domain), ("group", words.group, triple.address), ("port", words.port, str(triple.port))]
    inputs = "".join(f'<label>{label}<input name="{name}" value="{escape(value)}" required></label>' for name, label, value in fields)
    return f'<h2>{words.find_more}</h2><form action="find">{inputs}{_button(words.find)}</form>'


def _line(words: Words, host: Host, *, small: str, removable: bool) -> str:
    remove = _link("forget", words.forget, host=host.name) if removable else ""
    return f"<li><b>{escape(host.name)}</b><small>{small}</small>{_link('open', words.open, host=host.name)}{remove}</li>"


def busy(title: str) -> str:
    return _page(title, "")


def away(words: Words, host: Host, reason: str) -> str:
    links = _link("open", words.retry, first=True, host=host.name) + _link("list", words.back)
    return _page(words.away.format(host=host.name), f"<section><p>{escape(reason)}</p></section><nav>{links}</nav>")


def new_key(words: Words, host: Host, shown: Shown) -> str:
    """The user decides about the key that is on the page, and no other: it is part of the link."""
    links = _link("trust", words.trust, first=True, host=host.name, fingerprint=shown.fingerprint) + _link("list", words.back)
    body = f"<section><p>{words.new_why}</p>{_key(words.shown_key, shown.fingerprint)}</section><nav>{links}</nav>"
    return _page(words.new.format(host=host.name), body)


def other_key(words: Words, host: Host, shown: Shown) -> str:
    """There is no way to go on from here but to forget the host first."""
    keys = _key(words.known_key, shown.expected) + _key(words.shown_key, shown.fingerprint)
    links = _link("list", words.back, first=True) + _link("open", words.retry, host=host.name)
    body = f"<section><p>{words.changed_why}</p>{keys}</section><nav>{links}</nav>"
    return _page(words.changed.format(host=host.name), body, kind="bad")


def _key(title: str, fingerprint: str) -> str:
    return f"<h2>{title} (SHA-256)</h2><code>{'<br>'.join(fingerprint_lines(fingerprint))}</code>"


def _link(action: str, text: str, *, first: bool = False, **fields: str) -> str:
    query = f"?{urlencode(fields)}" if fields else ""
    return f'<a href="{escape(action + query)}"{" class=first" if first else ""}>{text}</a>'


def _button(text: str) -> str:
    return f"<button>{text}</button>"


def _page(title: str, body: str, *, kind: str = "") -> str:
    policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'"
    head = f'<meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="{policy}"><title>{escape(title)}</title>'
    return (
        f'<!doctype html><html>{head}<style>{STYLE}</style><body class="{kind}"><main><h1>{escape(title)}</h1>{body}</main></body></html>'
    )
