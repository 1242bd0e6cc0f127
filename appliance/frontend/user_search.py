"""Page through the users: filtered and sorted by the database."""

from __future__ import annotations

from typing import TYPE_CHECKING

from appliance.frontend.api.users import UserPage

if TYPE_CHECKING:
    from appliance.frontend.api.users import UserQuery
    from appliance.frontend.attempts import Attempts
    from appliance.frontend.users import Users
    from nano_runtime.store import Store

_SORTED = {"name": "name", "created": "created", "last_login": "last_login"}


class UserSearch:
    def __init__(self, store: Store, users: Users, attempts: Attempts) -> None:
        self._store = store
        self._users = users
        self._attempts = attempts

    def page(self, query: UserQuery) -> UserPage:
        direction = "desc" if query.sort.startswith("-") else "asc"
        rows = self._store.read(
            f"""select * from user where (instr(lower(name || char(10) || nick || char(10) || mail), :keyword) or :keyword = '')
                and (:group = '' or name in (select user from member where user_group = :group))
                and (:state not in ('active', 'disabled') or disabled = (:state = 'disabled'))
                order by {_SORTED[query.sort.removeprefix("-")]} {direction}, name""",
            keyword=query.keyword.lower(),
            group=query.group,
            state=query.state,
        )
        if query.state == "locked":
            rows = [row for row in rows if self._attempts.locked(row["name"])]
        page = rows[query.offset : query.offset + query.limit]
        return UserPage(result=[self._users.details(row) for row in page], total=len(rows), limit=query.limit, offset=query.offset)
