"""What is said of money and shown in the Temporal UI: offers, estimates, links."""

from __future__ import annotations

from typing import Any

import pytest
from temporalio.api.sdk.v1 import WorkflowMetadata

from studio.shoot import Providers, ShootState
from studio.stages import Stage
from studio.takes import Artifact, Take
from workflows.checkpointing import checkpoint
from workflows.details import details, offer
from workflows.steps import Pause


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({}, "Proofs: rendered on this machine, nothing is paid for."),
        (
            {"images": "fal", "clips": "kling", "image_usd": 0.15, "clip_usd": 0.35},
            "Live: pictures by fal ($0.15 each), clips by kling ($0.35 each); about $2.05 for a "
            "shoot without changes.",
        ),
        (
            {"direction": "claude"},
            "Proofs: rendered on this machine, direction by Claude for a few cents a turn.",
        ),
        (
            {"images": "fal", "image_usd": 0.15, "direction": "claude"},
            "Live: pictures by fal ($0.15 each), clips as proofs, direction by Claude for a few "
            "cents a turn; about $0.30 for a shoot without changes.",
        ),
        (
            {"images": "fal", "image_usd": 0.15},
            "Live: pictures by fal ($0.15 each), clips as proofs; about $0.30 for a shoot without "
            "changes.",
        ),
        (
            {"images": "fal", "clips": "fal", "image_usd": 0.15, "clip_usd": None},
            "Live: pictures by fal ($0.15 each), clips by fal (price not known).",
        ),
    ],
)
def test_the_offer_names_prices(given: dict[str, Any], words: str) -> None:
    """Who does which work and for how much; no sum where a price is not known."""
    assert offer(Providers(**given)) == words


@pytest.mark.parametrize(
    ("stage", "given", "estimate"),
    [
        (Stage.HERO, {"image_usd": 0.15}, 0.15),
        (Stage.HERO, {"image_usd": None}, None),
        (Stage.FRAMES, {"clip_usd": 0.35}, 1.75),
        (Stage.CLIPS, {"image_usd": None, "clip_usd": None}, 0.0),
    ],
)
def test_what_approving_costs(stage: Stage, given: dict[str, Any], estimate: float | None) -> None:
    """The next stage's pictures or clips; unknown is not free."""
    now = "2026-11-22T12:00:00Z"
    state = ShootState.model_validate(
        {"id": "a", "brief": {"prompt": "A coat"}, "created_at": now, "updated_at": now}
    ).model_copy(update={"providers": Providers(**given)})
    assert checkpoint(state, Pause(stage=stage), 1).estimate == estimate


def test_details_lead_to_the_artifacts() -> None:
    """With an address the artifacts of the take in use are links; without one, a path."""
    now = "2026-11-22T12:00:00Z"
    hero = Artifact(
        name="hero.png",
        key="k",
        kind="image",
        sha256="0" * 64,
        size=1,
        width=3,
        height=2,
        fingerprint="f",
        provenance={},
    )
    take = {
        "stage": "hero",
        "number": 2,
        "artifacts": [hero],
        "recipe": {"stage": "hero", "pose": "seated-editorial", "background": "industrial"},
        "made_from": None,
        "provider": "proof",
        "created_at": now,
    }
    state = ShootState.model_validate(
        {"id": "a", "brief": {"prompt": "A coat"}, "created_at": now, "updated_at": now}
    ).model_copy(update={"takes": (Take.model_validate(take),), "current": {Stage.HERO: 2}})
    address = "/outputs/a/takes/hero/2/hero.png"
    linked = details(state, "https://studio.example")
    assert f"[hero.png](https://studio.example{address})" in linked
    assert "[Open the shoot](https://studio.example/shoots/a)" in linked
    assert f"`{address}`" in details(state)
    assert "](" not in details(state)


async def test_running_shoot_links_by_its_memo(new_rig) -> None:
    """The address reaches the workflow by its memo, and shows in the current details."""
    async with new_rig(public_url="https://studio.example") as rig:
        await rig.start()
        handle = rig.client.get_workflow_handle(rig.id)
        shown = await handle.query("__temporal_workflow_metadata", result_type=WorkflowMetadata)
        assert f"(https://studio.example/outputs/{rig.id}/takes/hero/1/" in shown.current_details
