"""One run: inputs in, scripts executed, verified outputs out."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Mapping, Sequence
from contextlib import aclosing, asynccontextmanager, suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path, PurePosixPath

from sandbox import exchange, outputs
from sandbox.backend import IN_TOKEN, Backend, Job, Network
from sandbox.egress import (
    EgressProxy,
    Upstream,
    listening_on_port,
    listening_on_socket,
    new_password,
)
from sandbox.errors import OutputRefused, PolicyViolation, SandboxUnavailable
from sandbox.execution import Execution
from sandbox.layout import RunFolder
from sandbox.outputs import Output
from sandbox.policy import SECRET_NAMES, Route, ScriptPolicy, policy_for
from sandbox.process import Process
from sandbox.protocol import Artifact, ScriptEvent
from sandbox.redact import Redactor
from sandbox.settings import SandboxSettings
from sandbox.watchdog import Watchdog

_MEASURE = ScriptPolicy("sandbox.measure", timeout=timedelta(minutes=5))
_PROGRAM = ".program"


class Run:
    """The folders of one run. Made by ``SandboxSession.open``."""

    def __init__(self, folder: RunFolder, settings: SandboxSettings, backend: Backend) -> None:
        self._folder = folder
        self._settings = settings
        self._backend = backend
        self._inputs: dict[str, Path] = {}
        self._measured: dict[str, Output | OutputRefused] = {}
        self._running: list[Process] = []
        self._streams: list[AsyncGenerator[ScriptEvent, None]] = []
        known = {name: secret.get_secret_value() for name, secret in settings.secrets.items()}
        self._secrets = {name: value for name, value in known.items() if value}
        self._redact = Redactor(self._secrets.values())

    @property
    def scratch(self) -> Path:
        """A folder that no script sees, for the caller's own; it goes when the run goes.

        Also when the worker is killed: then whoever sweeps next deletes it.
        """
        folder = self._folder.root / "scratch"
        folder.mkdir(mode=0o700, exist_ok=True)
        return folder

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

    def place(self, name: str, content: bytes) -> None:
        """Put a small file into ``{out}``, also while the script runs: leave, or a memory."""
        exchange.place(self._folder.outputs, name, content)

    def left(self, name: str) -> bytes | None:
        """A small file that the script left in ``{out}``, untrusted; ``None`` if there is none."""
        return exchange.left(self._folder.outputs, name)

    async def stop(self) -> None:
        """Tell what runs here to stop, and end it; its events bring its last words."""
        for process in list(self._running):
            await process.stop()

    async def abandon(self) -> None:
        """Kill what runs here at once, without the TERM that lets scripts cancel remote work."""
        for process in list(self._running):
            await process.stop(grace=0)

    def exec(
        self,
        script: str,
        args: Sequence[str],
        *,
        timeout: timedelta | None = None,
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
        earlier, self._streams = self._streams, []
        events = self._exec(earlier, script, args, limit=timeout, env=env or {}, route=route)
        self._streams.append(events)
        return events

    async def _exec(
        self,
        earlier: Sequence[AsyncGenerator[ScriptEvent, None]],
        script: str,
        args: Sequence[str],
        *,
        limit: timedelta | None,
        env: Mapping[str, str],
        route: str | None,
    ) -> AsyncGenerator[ScriptEvent, None]:
        await _close(earlier)
        policy = policy_for(script, self._settings.scripts)
        way = policy.route(route, self._secrets)
        environment = self._environment(script, args, env, way)
        policy = replace(policy, timeout=limit or self._settings.timeout or policy.timeout)
        job = await self._job(policy, args, self._inputs, environment)
        job = replace(job, outputs=self._folder.outputs)
        async with aclosing(self._follow(script, policy, job, way)) as events:
            async for event in events:
                yield event
        await self._measure()

    def outputs(self, expected: Sequence[str]) -> list[Output]:
        """The outputs for exact names or simple patterns, in that order, verified and measured.

        Raises ``OutputRefused`` for the first that is missing or that must not leave.
        """
        return outputs.select(self._folder.outputs, self._measured, expected)

    async def close(self) -> None:
        """End whatever still runs here."""
        await _close(self._streams)
        for process in list(self._running):
            await process.stop()

    def _environment(
        self, script: str, args: Sequence[str], extra: Mapping[str, str], route: Route | None
    ) -> dict[str, str]:
        """``extra`` and the secrets of the route; raises ``PolicyViolation`` for any other."""
        for name in extra:
            if name in SECRET_NAMES or name in self._settings.secrets:
                raise PolicyViolation(f"{script} may not be given {name}: it is not its own")
        for name, value in self._secrets.items():
            if any(value in text for text in (*args, *extra.values())):
                raise PolicyViolation(f"The value of {name} is among the arguments of {script}")
        own = sorted(route.secrets) if route is not None else []
        return {**extra, **{name: self._secrets[name] for name in own}}

    async def _job(
        self,
        policy: ScriptPolicy,
        args: Sequence[str],
        inputs: Mapping[str, Path],
        environment: Mapping[str, str],
    ) -> Job:
        folder = await asyncio.to_thread(self._folder.nested, "exec")
        target: tuple[str, ...] = ("-m", policy.module)
        if policy.program is not None:
            name = f"{_PROGRAM}/{policy.program.name}"
            inputs = {**inputs, name: policy.program.resolve(strict=True)}
            target = (f"{IN_TOKEN}/{name}",)
        return Job(
            target=target,
            args=tuple(args),
            folder=folder,
            outputs=folder.outputs,
            limits=self._settings.limits or policy.limits,
            inputs=inputs,
            environment=environment,
        )

    async def _follow(
        self, script: str, policy: ScriptPolicy, job: Job, route: Route | None
    ) -> AsyncGenerator[ScriptEvent, None]:
        async with self._way_out(route, job) as (proxy, network):
            process = await self._backend.start(replace(job, network=network))
            self._running.append(process)
            execution = Execution(
                script,
                process,
                limit=policy.timeout,
                limits=job.limits,
                redact=self._redact,
                watchdog=Watchdog(script, process.root, job.limits, job.outputs, job.folder.tmp),
                proxy=proxy,
            )
            try:
                async with aclosing(execution.events()) as events:
                    async for event in events:
                        yield event
            finally:
                self._running.remove(process)

    @asynccontextmanager
    async def _way_out(
        self, route: Route | None, job: Job
    ) -> AsyncIterator[tuple[EgressProxy | None, Network | None]]:
        """The egress proxy of one execution, for a script that has a network at all."""
        if route is None:
            yield None, None
            return
        settings = self._settings
        hosts = (*route.hosts, *settings.hosts.get(route.name, ()))
        upstream = Upstream.parse(settings.https_proxy) if settings.https_proxy else None
        certificates = settings.ssl_cert_file.absolute() if settings.ssl_cert_file else None
        if certificates is not None and not certificates.is_file():
            raise SandboxUnavailable(f"SSL_CERT_FILE names no file: {certificates}; correct it")
        password = None if self._backend.own_network else new_password()
        proxy = EgressProxy(
            hosts,
            upstream=upstream,
            certificates=certificates,
            password=password,
            resolver=settings.resolve,
        )
        if password is None:
            socket = job.folder.root / "egress"
            async with listening_on_socket(proxy, socket):
                yield proxy, Network(socket=socket, certificates=certificates)
        else:
            async with listening_on_port(proxy) as port:
                yield proxy, Network(port=port, password=password, certificates=certificates)

    async def _measure(self) -> None:
        """Decode, in a sandbox of its own, every file that the script has left."""
        files = await asyncio.to_thread(outputs.plain_files, self._folder.outputs)
        self._measured.clear()
        if not files:
            return
        inputs = {f"{index}{path.suffix}": path for index, path in enumerate(files.values())}
        names = dict(zip(inputs, files, strict=True))
        job = await self._job(_MEASURE, (IN_TOKEN, *inputs), inputs, {})
        async with aclosing(self._follow("measuring", _MEASURE, job, None)) as events:
            async for event in events:
                if isinstance(event, Artifact) and event.path in names:
                    name = names[event.path]
                    claim = event.model_copy(update={"path": name})
                    self._measured[name] = await asyncio.to_thread(
                        outputs.verified, files[name], claim, self._redact, job.limits.file_size
                    )


async def _close(streams: Sequence[AsyncGenerator[ScriptEvent, None]]) -> None:
    """Close events that somebody has stopped reading."""
    for events in streams:
        with suppress(RuntimeError):  # somebody is reading them at this moment
            await events.aclose()
