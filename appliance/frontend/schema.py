"""The tables of data/frontend.db."""

from __future__ import annotations

MIGRATIONS: tuple[tuple[str, ...], ...] = (
    (
        "create table role (name text primary key, menus text not null) strict",
        "create table user_group (name text primary key, display text not null) strict",
        """create table group_role (
            user_group text not null references user_group on delete cascade,
            role text not null references role,
            primary key (user_group, role)) strict""",
        """create table user (
            name text primary key,
            nick text not null default '',
            mail text not null default '',
            password text not null,
            created real not null) strict""",
        """create table member (
            user text not null references user on delete cascade,
            user_group text not null references user_group,
            primary key (user, user_group)) strict""",
        """create table session (
            key text primary key,
            user text not null references user on delete cascade,
            address text not null,
            created real not null,
            seen real not null) strict""",
    ),
)
"""`role.menus` is a JSON list. A user is in one group today; the tables allow several. `session.key` is a hash of the id."""
