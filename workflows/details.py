"""The shoot log that the Temporal UI shows: stage, take, cost so far, links, as Markdown."""

from __future__ import annotations

from urllib.parse import quote

from studio.ledger import totals
from studio.presets import FRAME_COUNT
from studio.shoot import Providers, ShootState
from studio.stages import ORDER, ShootStatus
from studio.takes import Take

_MARKS = {
    ShootStatus.RUNNING: "▶ running",
    ShootStatus.AWAITING_INPUT: "⏸ waiting for a decision",
    ShootStatus.PAUSED: "⚠ paused: something failed",
    ShootStatus.COMPLETE: "✔ complete",
    ShootStatus.CANCELLED: "✖ cancelled",
}


def details(state: ShootState, address: str = "") -> str:
    """Markdown for the current details of the workflow.

    ``address`` is where people reach the gateway. Without it the paths there are shown as text: a
    link would lead to the Temporal UI's own host.
    """
    spent = totals(state.ledger)
    lines = [
        f"**{_MARKS[state.status]}** · stage **{state.stage}**",
        "",
        f"> {_short(state.brief.prompt)}",
        "",
        "| stage | takes | in use | made of |",
        "| --- | --- | --- | --- |",
    ]
    for stage in ORDER:
        take = state.current_take(stage)
        made = _made(state.id, take, address) if take else ""
        lines.append(
            f"| {stage.product} | {len(state.takes_of(stage))} | {take.number if take else ''} "
            f"| {made} |"
        )
    lines += [
        "",
        f"Cost so far: **${spent.estimate_usd:.2f}** in {spent.calls} paid calls"
        + (f", {spent.unknown} of unknown outcome" if spent.unknown else "")
        + (f", {spent.unpriced} without a known price" if spent.unpriced else ""),
    ]
    if address:
        lines += ["", f"[Open the shoot]({address}/shoots/{quote(state.id)})"]
    if state.checkpoint:
        lines += ["", f"Checkpoint `{state.checkpoint.id}`: {state.checkpoint.message}"]
    return "\n".join(lines)


def _made(shoot_id: str, take: Take, address: str) -> str:
    """What is in a take, by the addresses that always mean this very take."""
    folder = f"/outputs/{quote(shoot_id)}/takes/{take.stage}/{take.number}"
    if not address:
        return ", ".join(f"`{folder}/{quote(a.name)}`" for a in take.artifacts[:1])
    return ", ".join(f"[{a.name}]({address}{folder}/{quote(a.name)})" for a in take.artifacts)


def offer(providers: Providers) -> str:
    """Who does which work, and at which price: told before anything is paid for."""
    cents = "a few cents" if providers.turn_usd is not None else "a price that is not known"
    claude = f"direction by Claude for {cents} a turn"
    directed = providers.direction == "claude"
    if providers.images == providers.clips == "proof":
        paid = claude if directed else "nothing is paid for"
        return f"Proofs: rendered on this machine, {paid}."
    pictures = _priced("pictures", providers.images, providers.image_usd)
    clips = _priced("clips", providers.clips, providers.clip_usd)
    also = f", {claude}" if directed else ""
    prices = (providers.image_usd, providers.clip_usd)
    if None in prices:
        return f"Live: {pictures}, {clips}{also}."
    usual = 2 * (prices[0] or 0.0) + (FRAME_COUNT - 1) * (prices[1] or 0.0)
    return f"Live: {pictures}, {clips}{also}; about ${usual:.2f} for a shoot without changes."


def _priced(what: str, who: str, price: float | None) -> str:
    if who == "proof":
        return f"{what} as proofs"
    return f"{what} by {who} ({'price not known' if price is None else f'${price:.2f} each'})"


def _short(text: str, length: int = 200) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= length else flat[: length - 1] + "…"
