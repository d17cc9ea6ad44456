"""What can go wrong in the sandbox, each with what a person can do about it.

::

    SandboxError
    ├── SandboxUnavailable    no backend can run here; nothing was started
    ├── PolicyViolation       the caller asked for what the policy forbids; nothing was started
    ├── OutputRefused         a file that the script left behind must not leave the sandbox
    └── ScriptFailed          the script ran, and did not end well
"""

from __future__ import annotations

from datetime import timedelta


class SandboxError(Exception):
    """Base of every error of this package; the message is one line for a person."""


class SandboxUnavailable(SandboxError):
    """No isolation is to be had on this machine; the message names the restriction and remedy."""


class PolicyViolation(SandboxError):
    """A request that the table in ``sandbox/policy.py`` forbids. Retrying cannot help."""


class OutputRefused(SandboxError):
    """An output is missing, is not what its name says, or cannot be decoded.

    ``name`` is the output's name below the output folder.
    """

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"Output {name!r} is refused: {reason}")
        self.name = name
        self.reason = reason

    def __reduce__(self) -> tuple[type[OutputRefused], tuple[str, str]]:
        return type(self), (self.name, self.reason)


class ScriptFailed(SandboxError):
    """A script ended with an error, a limit, a timeout or a crash.

    ``code`` is the script's own (``bad-input``, ``content-refused`` …) or one of the sandbox's:
    ``timeout``, ``limit-memory``, ``limit-processes``, ``limit-output``, ``limit-file-size``,
    ``limit-cpu``, ``limit-open-files``, ``limit-events``, ``unwatched``, ``protocol``, ``crashed``.
    ``retryable`` says whether the same call may succeed later, ``retry_after`` not before when.
    ``exit_status`` follows the shell: 128 + n for signal n, and ``None`` when the process was ended
    by the sandbox.
    """

    def __init__(
        self,
        code: str,
        message: str,
        *,
        retryable: bool = False,
        retry_after: timedelta | None = None,
        exit_status: int | None = None,
    ) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.retryable = retryable
        self.retry_after = retry_after
        self.exit_status = exit_status

    def __reduce__(self) -> tuple[object, tuple[object, ...]]:
        return _script_failed, (
            self.code,
            self.message,
            self.retryable,
            self.retry_after,
            self.exit_status,
        )


def _script_failed(
    code: str,
    message: str,
    retryable: bool,
    retry_after: timedelta | None,
    exit_status: int | None,
) -> ScriptFailed:
    return ScriptFailed(
        code, message, retryable=retryable, retry_after=retry_after, exit_status=exit_status
    )
