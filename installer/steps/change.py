"""What all steps of the installer have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING

from installer.machine import Machine
from nano_runtime.operation import Step

if TYPE_CHECKING:
    from installer.wording import Text


class Change(Step[Machine], frozen=True):
    """One change to the host. `title` says it in the plan; `subject` tells which earlier change of its kind it replaces."""

    @property
    def title(self) -> Text:
        raise NotImplementedError

    @property
    def subject(self) -> str:
        raise NotImplementedError

    def __repr__(self) -> str:
        return self.title.en  # the fields may hold keys, and a journal that cannot be taken back is logged
