"""Making takes: which tasks a recipe needs, which of them are already done, and the rest run."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Mapping, Sequence
from datetime import timedelta
from typing import Any, Literal

from temporalio import workflow
from temporalio.common import RetryPolicy
from temporalio.exceptions import FailureError, is_cancelled_exception

from studio.budget import Order, question
from studio.events import ArtifactLanded, System, ToolData
from studio.ledger import order_key, order_name, totals
from studio.notes import latest
from studio.shoot import Direction, Providers, Running
from studio.stages import Stage
from studio.takes import (
    Artifact,
    ClipsRecipe,
    FilmRecipe,
    FramesRecipe,
    HeroRecipe,
    SheetRecipe,
    Slot,
    Take,
)
from workflows.checkpointing import output_path
from workflows.contract import FAL_QUEUE, KLING_QUEUE, MEDIA_QUEUE, ShootActivities
from workflows.desk import Desk
from workflows.failures import PartlyMadeError, over_allowance, over_budget
from workflows.fingerprints import fingerprints
from workflows.steps import Make
from workflows.stopping import Stop
from workflows.tasks import (
    CutFilm,
    CutFrames,
    Job,
    ModifyFrame,
    RenderClip,
    RenderHero,
    RenderSheet,
    ResizeFrames,
    Source,
    Task,
    source,
)

SCRIPT_TIMEOUT = timedelta(minutes=30)
HEARTBEAT_TIMEOUT = timedelta(seconds=15)
SCRIPT_RETRIES = RetryPolicy(
    initial_interval=timedelta(seconds=1),
    maximum_interval=timedelta(seconds=30),
    maximum_attempts=8,
    non_retryable_error_types=["AttributeError", "KeyError", "TypeError", "ValueError"],
)
"""A defect of ours does not go away by itself: the person is told at once."""
LIVE_TIMEOUT = timedelta(minutes=45)
LIVE_RETRIES = RetryPolicy(
    initial_interval=timedelta(seconds=2),
    maximum_interval=timedelta(minutes=2),
    maximum_attempts=16,
    non_retryable_error_types=SCRIPT_RETRIES.non_retryable_error_types,
)
"""A provider that is overloaded or away is waited for, about twenty minutes."""
BY_KEY = "orders-counted-by-key"
"""The patch since which a budget counts orders by their keys."""
QUEUE_OF = {"proof": MEDIA_QUEUE, "fal": FAL_QUEUE, "kling": KLING_QUEUE}


class Maker:
    """Makes the take that a step asks for, from what is on the desk."""

    def __init__(self, desk: Desk, step: Make, stop: Stop) -> None:
        self._desk = desk
        self._step = step
        self._stop = stop
        self._stage = step.recipe.stage

    async def make(self) -> Take:
        """Run what is needed and return the take. Finished work survives a failure of the rest."""
        masters: tuple[Artifact, ...] = ()
        match self._step.recipe:
            case HeroRecipe() as recipe:
                artifacts = await self._hero(recipe)
            case SheetRecipe() as recipe:
                artifacts = await self._sheet(recipe)
            case FramesRecipe() as recipe:
                masters = await self._masters(recipe)
                artifacts = await self._framed(masters, recipe)
            case ClipsRecipe(slots=slots):
                artifacts = await self._clips(slots)
            case FilmRecipe(edit=edit):
                clips = self._sources(Stage.CLIPS)
                artifacts = await self._run("film", CutFilm(edit=edit, clips=clips))
        provenances = {artifact.provenance.get("provider") for artifact in artifacts}
        return Take(
            stage=self._stage,
            number=self._step.number,
            artifacts=artifacts,
            masters=masters if masters != artifacts else (),
            recipe=self._step.recipe,
            made_from=self._step.made_from,
            provider="live" if provenances & {"fal", "kling"} else "proof",
            created_at=workflow.now(),
        )

    async def _hero(self, recipe: HeroRecipe) -> tuple[Artifact, ...]:
        task = RenderHero(
            pose=recipe.pose,
            background=recipe.background,
            styling=self._direction.styling,
            glasses=self._direction.glasses,
            prompt=self._desk.state.brief.prompt,
            notes=self._fitting(recipe.notes),
            references=self._references,
        )
        self._afford([("hero", task)], self._providers.image_usd, unique=True)
        return await self._run("hero", task, unique=True)

    async def _sheet(self, recipe: SheetRecipe) -> tuple[Artifact, ...]:
        hero = self._parent(Stage.HERO)
        set_up = hero.recipe if isinstance(hero.recipe, HeroRecipe) else None
        task = RenderSheet(
            pose=recipe.pose or (set_up.pose if set_up else None),
            background=recipe.background or (set_up.background if set_up else None),
            styling=self._direction.styling,
            glasses=self._direction.glasses,
            notes=self._fitting(recipe.notes),
            hero=source(hero.artifacts[0]),
            references=self._references,
        )
        self._afford([("contact-sheet", task)], self._providers.image_usd, unique=True)
        return await self._run("contact-sheet", task, unique=True)

    async def _masters(self, recipe: FramesRecipe) -> tuple[Artifact, ...]:
        """The six frames before they are given a ratio."""
        base = self._desk.state.take(Stage.FRAMES, recipe.base) if recipe.base else None
        if base is None:
            sheet = self._parent(Stage.CONTACT_SHEET).artifacts[0]
            return await self._run("frames", CutFrames(sheet=source(sheet)), count=6)
        masters = list(base.masters or base.artifacts)
        hero = self._current(Stage.HERO).artifacts[0]
        tasks = [
            (
                f"frame-{index}",
                ModifyFrame(
                    index=index,
                    instruction=recipe.instruction or "",
                    width=masters[index - 1].width,
                    height=masters[index - 1].height,
                    frame=source(masters[index - 1]),
                    hero=source(hero),
                    references=self._references,
                ),
            )
            for index in recipe.modify
        ]
        self._afford(tasks, self._providers.image_usd, unique=True)
        jobs = {item: self._run(item, task, unique=True) for item, task in tasks}
        for index, result in zip(recipe.modify, await _all(jobs), strict=True):
            masters[index - 1] = result[0]
        return tuple(masters)

    async def _framed(
        self, masters: tuple[Artifact, ...], recipe: FramesRecipe
    ) -> tuple[Artifact, ...]:
        """The frames at the recipe's ratio: resized together, those already at hand kept."""
        if recipe.aspect_ratio == "original":
            return masters
        proofs = self._providers.images == "proof"
        prints = [
            fingerprints(
                ResizeFrames(
                    aspect_ratio=recipe.aspect_ratio,
                    indexes=(index,),
                    frames=(source(master),),
                    proofs=proofs,
                ),
                "proof",
            )
            for index, master in enumerate(masters, start=1)
        ]
        known = [self._desk.state.made(*one) for one in prints]
        missing = [index for index, artifact in enumerate(known) if artifact is None]
        if missing:
            task = ResizeFrames(
                aspect_ratio=recipe.aspect_ratio,
                indexes=tuple(index + 1 for index in missing),
                frames=tuple(source(masters[index]) for index in missing),
                proofs=proofs,
            )
            made = await self._run("resized", task, prints=[prints[i] for i in missing])
            for index, artifact in zip(missing, made, strict=True):
                known[index] = artifact
        return tuple(artifact for artifact in known if artifact)

    async def _clips(self, slots: Sequence[Slot]) -> tuple[Artifact, ...]:
        """All clips at once; how many really run together is the workers' business."""
        frames = self._sources(Stage.FRAMES)
        tasks = [
            RenderClip(
                index=slot.index,
                variation=slot.variation,
                notes=self._fitting(slot.notes),
                start=frames[slot.index - 1],
                end=frames[slot.index % len(frames)],
            )
            for slot in slots
        ]
        missing = [(f"clip-{task.index}", task) for task in tasks if not self._made(task)]
        self._afford(missing, self._providers.clip_usd)
        jobs = {f"clip-{task.index}": self._run(f"clip-{task.index}", task) for task in tasks}
        return tuple(result[0] for result in await _all(jobs))

    def _fitting(self, notes: tuple[str, ...]) -> tuple[str, ...]:
        """The notes that a prompt has room for. What a person said last is never left out."""
        kept = latest(notes)
        if kept == notes or not workflow.patched("notes-that-fit"):
            return notes
        self._desk.say(
            f"Of {len(notes)} requests the last {len(kept)} fit one prompt; the others are left "
            "out. Revise with what still matters of them."
        )
        return kept

    def _made(self, task: Task, *, unique: bool = False) -> bool:
        return self._desk.state.made(*self._marks(task, unique=unique)) is not None

    def _marks(self, task: Task, *, unique: bool) -> tuple[str, ...]:
        """The task's fingerprints; a ``unique`` one shares them with its own retry alone."""
        salt = f"{self._stage}/{self._step.number}" if unique else ""
        return fingerprints(task, self._provider(task), salt)

    def _afford(
        self, jobs: Sequence[tuple[str, Task]], price: float | None, *, unique: bool = False
    ) -> None:
        """Raise where a person must agree first to what these jobs, at ``price`` each, will buy."""
        state = self._desk.state
        if state.allowance is None or price == 0 or not jobs:
            return
        if not workflow.patched(BY_KEY):
            self._allow(len(jobs), price, state.allowance)
            return
        orders = [
            Order(self._order(item, self._marks(task, unique=unique)), price)
            for item, task in jobs
            if not self._made(task, unique=unique)
        ]
        asked = question(state.allowance, state.agreed, state.ledger, orders)
        if asked is not None:
            raise over_budget(asked, state.allowance)

    def _allow(self, count: int, price: float | None, allowance: float) -> None:
        """The rule of shoots from before orders were counted by key: it takes a running one for
        another, but what such a shoot was told must come out the same when it is replayed."""
        if price is None:
            self._desk.say("No price is known for this, so the budget cannot count it.")
            return
        spending = totals(self._desk.state.ledger).estimate_usd + count * price
        if spending > allowance:
            raise over_allowance(spending, allowance)

    async def _run(
        self,
        item: str,
        task: Task,
        *,
        unique: bool = False,
        count: int = 1,
        prints: Sequence[tuple[str, ...]] = (),
    ) -> tuple[Artifact, ...]:
        """Run one task, or take its results from where they were made before.

        A ``unique`` task was asked for anew: only its own retry may share a result with it.
        ``prints`` are each result's fingerprints where they are not the task's.
        """
        provider = self._provider(task)
        marks = self._marks(task, unique=unique)
        wanted = list(prints) or (
            [marks]
            if count == 1
            else [tuple(f"{mark}-{n + 1}" for mark in marks) for n in range(count)]
        )
        known = [self._desk.state.made(*one) for one in wanted]
        if all(known):
            return tuple(artifact for artifact in known if artifact)
        job = Job(
            shoot_id=self._desk.state.id,
            stage=self._stage,
            take=self._step.number,
            item=item,
            provider=provider,
            task=task,
            fingerprint=marks[0],
            prints=tuple(one[0] for one in wanted),
            order=self._order(item, marks),
        )
        return await self._produce(job)

    def _order(self, item: str, marks: Sequence[str]) -> str:
        """The key a paid job is bought under. What was ordered by the fingerprint of an earlier
        release keeps its key, by which the provider knows it."""
        shoot = order_name(self._desk.state.id)
        stems = [f"{shoot}.{item}.{mark[:12]}" for mark in marks]
        ledger = self._desk.state.ledger
        ordered = (one for one in stems if any(e.id.startswith(f"{one}.") for e in ledger))
        return order_key(next(ordered, stems[0]), ledger)

    async def _produce(self, job: Job) -> tuple[Artifact, ...]:
        self._stop.check()
        run_id = f"{job.stage}-{job.take}-{job.item}"
        line = f"{self._stage.product}, take {job.take}: {job.item}"
        self._desk.begin(Running(run_id=run_id, tool=job.task.kind, detail=line))
        self._tell("tool_start", job, run_id, detail=line)
        try:
            made = await workflow.execute_activity_method(
                ShootActivities.produce,
                job,
                task_queue=QUEUE_OF[job.provider],
                start_to_close_timeout=SCRIPT_TIMEOUT if job.provider == "proof" else LIVE_TIMEOUT,
                heartbeat_timeout=HEARTBEAT_TIMEOUT,
                retry_policy=SCRIPT_RETRIES if job.provider == "proof" else LIVE_RETRIES,
                cancellation_type=workflow.ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
                summary=line,
            )
        except (Exception, asyncio.CancelledError):
            # No more than these, and no `finally`: a run that is dropped closes its coroutines
            # where there is no workflow any more, neither its clock nor its stream.
            self._tell("tool_done", job, run_id, summary="failed")
            self._desk.finish(run_id)
            raise
        self._desk.finish(run_id)
        self._tell("tool_done", job, run_id, summary=_summary(made.artifacts))
        self._desk.record(made.ledger)
        self._desk.change(spare=(*self._desk.state.spare, *made.artifacts))
        for artifact in made.artifacts:
            self._desk.publish(
                ArtifactLanded(
                    stage=job.stage,
                    take=job.take,
                    artifact=output_path(job.shoot_id, artifact.name),
                    artifact_type=artifact.kind,
                    provenance=artifact.provenance,
                )
            )
        return made.artifacts

    def _tell(
        self,
        subtype: Literal["tool_start", "tool_done"],
        job: Job,
        run_id: str,
        detail: str | None = None,
        summary: str | None = None,
    ) -> None:
        data = ToolData(tool_name=job.task.kind, detail=detail, summary=summary)
        self._desk.publish(System(subtype=subtype, tool=job.task.kind, data=data, run_id=run_id))

    def _provider(self, task: Task) -> Literal["proof", "fal", "kling"]:
        providers = self._desk.state.providers
        if providers is None:
            return "proof"
        match task:
            case RenderHero() | RenderSheet() | ModifyFrame():
                return providers.images
            case RenderClip():
                return providers.clips
            case _:
                return "proof"

    @property
    def _providers(self) -> Providers:
        return self._desk.state.providers or Providers()

    @property
    def _direction(self) -> Direction:
        direction = self._desk.state.direction
        if direction is None:
            raise ValueError("nothing can be made before the director has read the brief")
        return direction

    @property
    def _references(self) -> tuple[Source, ...]:
        references = self._desk.state.brief.references
        return tuple(Source(key=r.key, sha256=r.sha256) for r in references)

    def _parent(self, stage: Stage) -> Take:
        """The take of the preceding stage that the step names."""
        take = self._desk.state.take(stage, self._step.made_from or 0)
        if take is None:
            raise ValueError(f"take {self._step.made_from} of the {stage.product} is not known")
        return take

    def _current(self, stage: Stage) -> Take:
        take = self._desk.state.current_take(stage)
        if take is None:
            raise ValueError(f"no take of the {stage.product} is in use")
        return take

    def _sources(self, stage: Stage) -> tuple[Source, ...]:
        return tuple(source(artifact) for artifact in self._parent(stage).artifacts)


async def _all(
    jobs: Mapping[str, Coroutine[Any, Any, tuple[Artifact, ...]]],
) -> list[tuple[Artifact, ...]]:
    """Wait for every job, also where some fail: what the others make is kept.

    Raises :class:`PartlyMadeError` with all that failed, by the jobs' names.
    """
    tasks = [asyncio.create_task(job) for job in jobs.values()]
    try:
        results = await asyncio.gather(*tasks, return_exceptions=True)
    except asyncio.CancelledError:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        raise
    failed: dict[str, FailureError] = {}
    for item, result in zip(jobs, results, strict=True):
        if isinstance(result, FailureError) and not is_cancelled_exception(result):
            failed[item] = result
        elif isinstance(result, BaseException):
            raise result
    made = [result for result in results if not isinstance(result, BaseException)]
    if failed:
        raise PartlyMadeError(failed, tuple(one for result in made for one in result))
    return made


def _summary(artifacts: Sequence[Artifact]) -> str:
    first = artifacts[0]
    size = f"{first.width}×{first.height}"
    length = f", {first.duration:.2f} s" if first.duration else ""
    return f"{len(artifacts)} × {size}{length}" if len(artifacts) > 1 else f"{size}{length}"
