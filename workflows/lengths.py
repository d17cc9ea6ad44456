"""How long a prompt may become: checked when words are said, over all that was said before."""

from __future__ import annotations

from collections.abc import Iterable

from providers import kling
from studio.prompts import clip_prompt
from studio.shoot import ShootState
from studio.takes import Slot


def clips(state: ShootState, slots: Iterable[Slot], said: str | None) -> str | None:
    """Why these clips cannot be asked for: their prompts are too long; ``None`` where they fit.

    ``said`` is what was said now, and stands last in the notes. Proofs read no prompt.
    """
    if state.providers is None or state.providers.clips == "proof":
        return None
    for slot in slots:
        length = len(clip_prompt(slot.index, slot.notes))
        over = length - kling.PROMPT_LIMIT
        if over <= 0:
            continue
        before = f" on top of {len(slot.notes) - 1} earlier notes" if len(slot.notes) > 1 else ""
        now = len(said or "")
        remedy = (
            f"shorten the words to {now - over:,} characters"
            if now > over
            else "use an earlier take, or another frame, and say it anew"
        )
        return (
            f"the prompt of clip {slot.index} would have {length:,} characters{before}, and a "
            f"clip's may have {kling.PROMPT_LIMIT:,}: {remedy}"
        )
    return None
