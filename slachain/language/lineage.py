"""Where plans and agreements are written, and what each extends."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from slachain.language.values import dataclass, field


@dataclass(frozen=True)
class Lineage:
    """By id: the file (as shown) in which each plan and agreement is written, and what it extends, where it names something."""

    files: Mapping[str, str] = field(default_factory=dict)
    extends: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def heirs(self) -> Mapping[str, list[str]]:
        """Who extends each, directly."""
        found: dict[str, list[str]] = {}
        for id, parent in self.extends.items():
            found.setdefault(parent, []).append(id)
        return found

    def around(self, id: str) -> set[str]:
        """The files in which a plan or agreement, all that it inherits from and all that inherit from it are written."""
        family, up = {id}, self.extends.get(id)
        while up is not None and up not in family:
            family.add(up)
            up = self.extends.get(up)
        todo = [id]
        while todo:
            heirs = set(self.heirs.get(todo.pop(), ())) - family
            family |= heirs
            todo += heirs
        return {self.files[one] for one in family if one in self.files}
