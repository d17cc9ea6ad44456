"""One run: inputs in, scripts executed, verified outputs out."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import aclosing
from datetime import timedelta
from pathlib import Path, PurePosixPath

from sandbox import outputs
from sandbox.backend import IN_TOKEN, Backend, Job
from sandbox.errors import OutputRefused, PolicyViolation
from sandbox.execution import Execution
from sandbox.layout import RunFolder
from sandbox.limits import Limits
from sandbox.outputs import Output
from sandbox.policy import SECRET_NAMES, Route, policy_for
from sandbox.process import Process
from sandbox.protocol import Artifact, ScriptEvent
from sandbox.settings import SandboxSettings

_MEASURE = "sandbox.measure"
_MEASURE_TIMEOUT = timedelta(minutes=5)


class Run:
    """The folders of one run. Made by ``SandboxSession.open``."""

    def __init__(self, folder: RunFolder, settings: SandboxSettings, backend: Backend) -> None:
        self._folder = folder
        self._settings = settings
        self._backend = backend
        self._inputs: dict[str, Path] = {}
        self._measured: dict[str, Output | OutputRefused] = {}
        self._running: list[Process] = []

    def add_input(self, name: str, source: Path) -> None:
        """Show the file ``source``, read-only, as ``{in}/name``; ``name`` may have folders.

        Raises ``ValueError`` for a name that leads elsewhere and for what is no ordinary file.
        """
        path = PurePosixPath(name)
        if not path.parts or path.is_absolute() or ".." in path.parts or "\0" in name:
            raise ValueError(f"The input name {name!r} must be a relative path without '..'")
        real = source.resolve(strict=True)
        if not real.is_file():
            raise ValueError(f"The input {name!r} is no ordinary file: {source.name}")
        self._inputs[path.as_posix()] = real

    async def exec(
        self,
        script: str,
        args: Sequence[str],
        *,
        timeout: timedelta | None = None,  # noqa: ASYNC109 - the script ends, not the caller
        env: Mapping[str, str] | None = None,
        route: str | None = None,
    ) -> AsyncGenerator[ScriptEvent, None]:
        """Run ``script`` and yield its events as they come.

        ``{in}`` and ``{out}`` in ``args`` become the folders as the script sees them. ``env`` adds
        plain variables; secrets come from the settings, by the policy's table, and only those of
        ``route`` (by default the first whose secrets are all set). Ends normally on exit status 0,
        and raises ``ScriptFailed`` otherwise. Closing or cancelling ends the whole process tree.
        Raises ``PolicyViolation`` before anything starts for what the table forbids. A run has one
        script at a time: what a caller has left running is ended first.
        """
        policy = policy_for(script, self._settings.scripts)
        limits = self._settings.limits or policy.limits
        way = policy.route(route, self._settings.secrets)
        environment = self._environment(script, args, env or {}, way)
        job = Job(policy.module, tuple(args), self._folder, limits, self._inputs, environment)
        wait = timeout or self._settings.timeout or policy.timeout
        await self.close()
        async with aclosing(self._follow(script, job, wait)) as events:
            async for event in events:
                yield event
        await self._measure(limits)

    def outputs(self, expected: Sequence[str]) -> list[Output]:
        """The outputs for exact names or simple patterns, in that order, verified and measured.

        Raises ``OutputRefused`` for the first that is missing or that must not leave.
        """
        return outputs.select(self._folder.outputs, self._measured, expected)

    async def close(self) -> None:
        """End whatever still runs here."""
        for process in list(self._running):
            await process.stop()

    def _environment(
        self, script: str, args: Sequence[str], extra: Mapping[str, str], route: Route | None
    ) -> dict[str, str]:
        allowed = route.secrets if route else frozenset[str]()
        for name in extra:
            if name in SECRET_NAMES | self._settings.secrets.keys():
                raise PolicyViolation(f"{script} may not be given {name}: it is not its own")
        known = {name: secret.get_secret_value() for name, secret in self._settings.secrets.items()}
        for name, value in known.items():
            if value and any(value in text for text in (*args, *extra.values())):
                raise PolicyViolation(f"The value of {name} is among the arguments of {script}")
        return {**extra, **{name: known[name] for name in sorted(allowed)}}

    async def _follow(
        self, script: str, job: Job, limit: timedelta
    ) -> AsyncGenerator[ScriptEvent, None]:
        process = await self._backend.start(job)
        self._running.append(process)
        execution = Execution(
            script, process, timeout=limit, limits=job.limits, redact=lambda text: text
        )
        try:
            async with aclosing(execution.events()) as events:
                async for event in events:
                    yield event
        finally:
            self._running.remove(process)

    async def _measure(self, limits: Limits) -> None:
        """Decode, in a sandbox of its own, every file that the script has left."""
        files = await asyncio.to_thread(outputs.plain_files, self._folder.outputs)
        self._measured.clear()
        if not files:
            return
        inputs = {f"{index}{path.suffix}": path for index, path in enumerate(files.values())}
        names = dict(zip(inputs, files, strict=True))
        folder = await asyncio.to_thread(self._folder.nested, "measure")
        job = Job(_MEASURE, (IN_TOKEN, *inputs), folder, limits, inputs)
        async with aclosing(self._follow(_MEASURE, job, _MEASURE_TIMEOUT)) as events:
            async for event in events:
                if isinstance(event, Artifact) and event.path in names:
                    name = names[event.path]
                    claim = event.model_copy(update={"path": name})
                    self._measured[name] = await asyncio.to_thread(
                        outputs.verified, files[name], claim
                    )
