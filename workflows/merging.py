"""Wishes of one message for the same picture or clip are one: it is made, and paid, once."""

from __future__ import annotations

from collections.abc import Iterable

from studio.decisions import Approve, Cancel, Decision, Modify, Regenerate, Retry, Revise, UseTake
from studio.text import MAX_WORDS

_TURNS = (Approve, Cancel, Retry, UseTake)
"""What comes after one of these is about something else than what came before it."""


def merged(decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    """The decisions with each picture and clip asked for once, in the order first asked for."""
    done: list[Decision] = []
    since = 0
    for decision in decisions:
        if isinstance(decision, _TURNS):
            done.append(decision)
            since = len(done)
            continue
        done[since:] = _joined(done[since:], decision)
    return tuple(done)


def _joined(before: list[Decision], decision: Decision) -> list[Decision]:
    """``before`` with a decision that joins the first one it repeats, or stands after them."""
    for place, earlier in enumerate(before):
        match earlier, decision:
            case Revise(), Revise() if earlier.stage is decision.stage:
                both = _revised(earlier, decision)
                if both is not None:
                    return [*before[:place], both, *before[place + 1 :]]
            case Modify(), Modify() if set(earlier.frames) & set(decision.frames):
                said = _said(earlier.instruction, decision.instruction)
                if said is not None:
                    parts = _split(earlier.frames, decision.frames)
                    made = [
                        Modify(frames=numbers, instruction=words or "", by=decision.by)
                        for numbers, words in zip(
                            parts, (earlier.instruction, said, decision.instruction), strict=True
                        )
                        if numbers
                    ]
                    return _replaced(before, place, made)
            case Regenerate(), Regenerate() if set(earlier.clips) & set(decision.clips):
                said = _said(earlier.instruction, decision.instruction)
                if said is not None:
                    parts = _split(earlier.clips, decision.clips)
                    again = [
                        Regenerate(clips=numbers, instruction=words or None, by=decision.by)
                        for numbers, words in zip(
                            parts, (earlier.instruction, said, decision.instruction), strict=True
                        )
                        if numbers
                    ]
                    return _replaced(before, place, again)
            case _:
                pass
    return [*before, decision]


def _replaced(before: list[Decision], place: int, made: Iterable[Decision]) -> list[Decision]:
    """``before`` with what stands at ``place`` given up for ``made``, each joined in turn."""
    joined = before[:place]
    for one in [*made, *before[place + 1 :]]:
        joined = _joined(joined, one)
    return joined


def _split(
    one: tuple[int, ...], other: tuple[int, ...]
) -> tuple[tuple[int, ...], tuple[int, ...], tuple[int, ...]]:
    """The numbers in the first alone, in both, in the second alone."""
    first, second = set(one), set(other)
    return (
        tuple(sorted(first - second)),
        tuple(sorted(first & second)),
        tuple(sorted(second - first)),
    )


def _revised(earlier: Revise, later: Revise) -> Revise | None:
    said = _said(earlier.instruction, later.instruction)
    if said is None:
        return None
    return earlier.model_copy(
        update={
            "instruction": said or None,
            "pose": later.pose or earlier.pose,
            "background": later.background or earlier.background,
        }
    )


def _said(earlier: str | None, later: str | None) -> str | None:
    """Both instructions in one, each once; ``None`` where that would be more than may be said."""
    parts = dict.fromkeys(part.strip() for part in (earlier, later) if part)
    said = (
        " ".join(
            part if part.endswith((".", "!", "?")) or last else f"{part}."
            for part, last in zip(parts, [False] * (len(parts) - 1) + [True], strict=True)
        )
        if parts
        else ""
    )
    return said if len(said) <= MAX_WORDS else None
