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
    (
        "alter table user add column id text not null default ''",
        "update user set id = lower(hex(randomblob(16)))",
        "create unique index user_id on user (id)",
        "alter table user add column disabled integer not null default 0",
        "alter table user add column must_change integer not null default 0",
        "alter table user add column valid_from real not null default 0",
        "alter table user add column last_login real not null default 0",
        "alter table user add column last_address text not null default ''",
        "alter table user add column preferences text not null default '{}'",
        "alter table member add column joined real not null default 0",
        "alter table role add column rights text not null default '[]'",
        "alter table user_group add column instance_visible integer not null default 0",
        "alter table user_group add column disk_image_visible integer not null default 0",
        "alter table user_group add column media_image_visible integer not null default 0",
        """create table two_step (
            user text primary key references user on delete cascade,
            secret text not null,
            confirmed integer not null default 0,
            used integer not null default 0) strict""",
        """create table recovery_code (
            user text not null references user on delete cascade,
            hash text not null,
            primary key (user, hash)) strict""",
        """create table api_token (
            id text primary key,
            user text not null references user on delete cascade,
            name text not null,
            hash text not null unique,
            rights text not null,
            created real not null,
            expires real not null,
            used real not null default 0,
            used_from text not null default '') strict""",
        "create index api_token_user on api_token (user)",
    ),
)
"""`role.menus` and `role.rights` are JSON lists, `user.preferences` is a JSON object; `session.key`, `recovery_code.hash` and
`api_token.hash` are hashes of what their owner holds.

`user.id` says who it was when a name is used again. Sessions and tokens made before `user.valid_from` are over, whichever
process set it. `two_step.used` is the time step of the last code: none is taken twice.
"""
