"""Why a model cannot make what a shoot needs: the value at fault, the rule, and what would do."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Refusal:
    """``what`` is the kind of the value (``model``, ``mode``, ``resolution``, ``seconds``);
    ``instead`` are values of that kind that would do."""

    what: str
    value: str
    rule: str
    instead: tuple[str, ...] = ()

    def __str__(self) -> str:
        """One line for whoever gave the value."""
        return f"{self.what} {self.value}: {self.rule}{self.remedy('use')}"

    def remedy(self, verb: str) -> str:
        """What to do about it, ready to be appended; nothing where no other value would do."""
        return f"; {verb} {_either(self.instead)}" if self.instead else ""


def _either(values: tuple[str, ...]) -> str:
    return values[0] if len(values) == 1 else f"{', '.join(values[:-1])} or {values[-1]}"
