"""What a provider's answer means for us: the one place where errors become decisions.

Every answer of fal, Kling and Anthropic, and every broken connection, is mapped to an
:class:`Outcome`: try again soon, try again after a while, resume what is already bought, ask a
person, or mend our own request. Nothing outside this module looks at a provider's status codes.

No provider's library is imported: answers come as status, headers and text, exceptions are known
by the names in their class hierarchy, so that httpx and the httpx2 of Anthropic's client count
alike, in scripts and in workers.

Sources: fal.ai/docs (Model Errors, Request Error Types), Kling's error code table, Anthropic's
error reference; where a document is silent, the cautious reading (a person is asked) is taken.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from sandbox.scripts._headers import header, retry_after

_CLIP = 500


class Code(StrEnum):
    """The machine's word for an outcome: the ``code`` of a script's ``error`` frame."""

    RETRY = "retry"
    RETRY_AFTER = "retry-after"
    RESUME = "resume"
    REFUSED = "refused-content"
    BAD_KEY = "bad-key"
    NO_CREDIT = "no-credit"
    UNKNOWN = "unknown-outcome"
    FAILED = "failed-task"
    LOST = "lost-result"
    DEFECT = "defect"


RETRYABLE = frozenset({Code.RETRY, Code.RETRY_AFTER, Code.RESUME})
"""The machine may try again by itself."""

FOR_A_PERSON = frozenset(
    {Code.REFUSED, Code.BAD_KEY, Code.NO_CREDIT, Code.UNKNOWN, Code.FAILED, Code.LOST}
)
"""Trying again is somebody's decision, or needs something of them first."""


@dataclass(frozen=True)
class Outcome:
    """What to do about an answer, and what to tell a person.

    ``message`` is one line: what happened, in the provider's words where it gave any, and what
    helps. ``retry_after`` is in seconds and set with ``RETRY_AFTER`` alone. ``field`` names the
    part of our request that was at fault, if the provider said so. ``final`` says that an
    accepted job has ended with this: asking for its result again brings the same.
    """

    code: Code
    message: str
    retry_after: float | None = None
    field: str | None = None
    final: bool = False

    @property
    def retryable(self) -> bool:
        """Whether the machine may try again without asking."""
        return self.code in RETRYABLE


# ---------------------------------------------------------------------------------- reading


def _parsed(text: str) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def clip(words: object) -> str:
    """``words`` as one line of at most 500 characters."""
    line = " ".join(str(words).split())
    return line if len(line) <= _CLIP else f"{line[: _CLIP - 1]}…"


def _said(words: str) -> str:
    return f": “{clip(words)}”" if words.strip() else ""


def _soon(message: str, headers: Mapping[str, str]) -> Outcome:
    wait = retry_after(headers)
    if wait is None:
        return Outcome(Code.RETRY, f"{message}; it is tried again")
    return Outcome(Code.RETRY_AFTER, f"{message}; it is tried again in {wait:.0f} s", wait)


def _mend(remedies: Mapping[str, str], words: str, otherwise: str) -> str:
    """What helps against a rejected request: by the part of it that ``words`` name."""
    found = (remedy for part, remedy in remedies.items() if re.search(rf"\b(?:{part})\b", words))
    return next(found, otherwise)


# -------------------------------------------------------------------------------------- fal

_FAL_MODEL = (
    "set SHOOT_IMAGE_MODEL (for pictures) or SHOOT_FAL_VIDEO_MODEL (for clips) to a model that "
    "takes it, then retry"
)
_FAL_FIELDS = {
    "prompt": "say it shorter or in other words",
    "resolution": "set SHOOT_IMAGE_RESOLUTION to one that the model makes, then retry",
    "image_urls": "start with other reference photos",
    "(start_|end_|tail_)?image_url": "change the frames, or set SHOOT_FAL_VIDEO_MODEL to another "
    "model and retry",
    "duration|generate_audio": "set SHOOT_FAL_VIDEO_MODEL to another model, then retry",
}
_FAL_REFUSALS = {"content_policy_violation", "no_media_generated", "nsfw_content"}
_FAL_TRANSIENT = {
    "internal_server_error",
    "generation_timeout",
    "downstream_service_error",
    "downstream_service_unavailable",
    "file_download_error",
}
_TOO_EARLY = re.compile(r"in progress|in queue|not (yet )?(ready|complete)", re.IGNORECASE)
_MONEY = re.compile(r"balance|credit|billing|payment|locked|top.?up|arrears", re.IGNORECASE)
_POLICY = re.compile(
    r"risk control|sensitive|moderat|content policy|polic(y|ies)|unsafe|nsfw|inappropriate|"
    r"violat|prohibit",
    re.IGNORECASE,
)


def fal(status: int, headers: Mapping[str, str], text: str) -> Outcome:
    """The outcome of an answer of fal with ``status`` 400 or above, on any of its addresses.

    A model's errors are a list in ``detail``, the platform's a text; see :func:`fal_submission`
    for the answer to a submission.
    """
    body = _parsed(text)
    detail = body.get("detail") if isinstance(body, dict) else None
    if isinstance(detail, list) and detail:
        return replace(_fal_model(status, headers, detail), final=True)
    words = detail if isinstance(detail, str) else _plain(text)
    return _fal_platform(status, headers, words)


def _plain(text: str) -> str:
    return "" if text.lstrip().startswith("<") else text


def _fal_model(status: int, headers: Mapping[str, str], detail: Sequence[object]) -> Outcome:
    errors = [error for error in detail if isinstance(error, dict)]
    types = {str(error.get("type", "")) for error in errors}
    words = "; ".join(clip(error.get("msg", "")) for error in errors)
    if types & _FAL_REFUSALS or (types <= {"", "value_error"} and _POLICY.search(words)):
        return Outcome(Code.REFUSED, f"fal refused the content{_said(words)}; change the words")
    field = _field(errors[0].get("loc")) if errors else None
    if types & _FAL_TRANSIENT or status >= 500:
        final = header(headers, "x-fal-retryable").lower() == "false"
        if final and "file_download_error" not in types:
            return Outcome(Code.FAILED, f"The model failed at fal{_said(words)}", field=field)
        wait = retry_after(headers)
        code = Code.RETRY if wait is None else Code.RETRY_AFTER
        return Outcome(code, f"The model failed at fal{_said(words)}", wait, field)
    named = f" ({field})" if field else ""
    said = f"fal rejects our request{named}{_said(words)} [HTTP {status}]"
    return Outcome(
        Code.DEFECT, f"{said}; {_mend(_FAL_FIELDS, field or '', _FAL_MODEL)}", field=field
    )


def _field(loc: object) -> str | None:
    if not isinstance(loc, list):
        return None
    parts = [str(part) for part in loc if part != "body"]
    return ".".join(parts) or None


def _fal_platform(status: int, headers: Mapping[str, str], words: str) -> Outcome:
    if status == 402 or (status in (403, 429) and _MONEY.search(words)):
        return Outcome(Code.NO_CREDIT, f"fal has no credit left{_said(words)}; top up the account")
    if status in (401, 403):
        return Outcome(Code.BAD_KEY, f"fal does not accept the key{_said(words)}; check FAL_KEY")
    if status == 429:
        return _soon(f"fal is busy (429){_said(words)}", headers)
    if status == 400 and _TOO_EARLY.search(words):
        return _soon(f"The job is not ready at fal{_said(words)}", headers)
    if status < 500 and "cancel" in words.lower():
        return Outcome(Code.FAILED, f"The job was cancelled at fal{_said(words)}", final=True)
    if status in (408, 409, 425) or status >= 500:
        return _soon(f"fal has a fault of its own ({status}){_said(words)}", headers)
    if _POLICY.search(words) and status in (400, 422):
        return Outcome(Code.REFUSED, f"fal refused the content{_said(words)}; change the words")
    said = f"fal rejects our request [HTTP {status}]{_said(words)}"
    return Outcome(Code.DEFECT, f"{said}; {_FAL_MODEL}")


def fal_submission(status: int, headers: Mapping[str, str], text: str) -> Outcome:
    """The outcome of fal's answer to a submission that brought no request id.

    fal knows no idempotency key. A 408 or 5xx that fal itself did not write (no ``detail``) comes
    from something between us, which may have handed the request on before it gave up; so does a 2xx
    that cannot be read. Those are ``UNKNOWN``: it may be bought. Any other answer is fal's word
    that nothing was.
    """
    if status < 300:
        return _perhaps_bought("fal", "its answer cannot be read")
    if (status == 408 or status >= 500) and not fals_own(text):
        return _perhaps_bought("fal", f"something on the way answered in its place ({status})")
    if status < 400:
        said = f"fal sends the submission elsewhere (HTTP {status})"
        return Outcome(Code.DEFECT, f"{said}; {_FAL_MODEL}")
    return fal(status, headers, text)


def fals_own(text: str) -> bool:
    """Whether an error was written by fal, and not by a proxy on the way."""
    body = _parsed(text)
    return isinstance(body, dict) and "detail" in body


def _perhaps_bought(who: str, why: str) -> Outcome:
    return Outcome(
        Code.UNKNOWN,
        f"It is not known whether {who} took the order: {why}. It may have been charged once; "
        f"look at {who}'s dashboard, then decide whether to order again",
    )


# ------------------------------------------------------------------------------------ Kling

_KLING = {
    1100: (Code.BAD_KEY, "Kling's account is not in order"),
    1101: (Code.NO_CREDIT, "Kling's account is in arrears"),
    1102: (Code.NO_CREDIT, "Kling's resource pack is used up or expired"),
    1103: (Code.BAD_KEY, "Kling's account may not use this"),
    1200: (Code.DEFECT, "Kling rejects our request"),
    1201: (Code.DEFECT, "Kling rejects our request"),
    1202: (Code.DEFECT, "Kling does not know this call"),
    1203: (Code.DEFECT, "Kling does not know what is asked for"),
    1300: (Code.REFUSED, "Kling refused the content"),
    1301: (Code.REFUSED, "Kling refused the content"),
    1302: (Code.RETRY, "Kling is asked too often"),
    1303: (Code.RETRY, "Kling runs as many clips as the account may"),
    1304: (Code.BAD_KEY, "Kling does not accept calls from this address"),
    5000: (Code.RETRY, "Kling has a fault of its own"),
    5001: (Code.RETRY, "Kling is not available"),
    5002: (Code.RETRY, "Kling took too long"),
}
_KLING_WAITS = {1302: 1.0, 1303: 10.0}
_KLING_MODEL = (
    "compare SHOOT_KLING_MODEL, SHOOT_KLING_MODE and SHOOT_KLING_HOST with what your account may "
    "use, then retry"
)
_KLING_FIELDS = {
    "model_name|model": "set SHOOT_KLING_MODEL to a model that your account may use, then retry",
    "mode": "set SHOOT_KLING_MODE to a mode that the model has, then retry",
    "prompt": "say it shorter or in other words",
    "image|image_tail": "change the frames",
}
_REMEDY = {
    Code.BAD_KEY: "check the account and its keys",
    Code.NO_CREDIT: "top up the account",
    Code.REFUSED: "change the words or the picture",
}


def kling(status: int, headers: Mapping[str, str], text: str) -> Outcome:
    """The outcome of an answer of Kling that is not a success, by its ``code``, else by status.

    Not every 429 may be tried again: 1100 to 1102 need a person.
    """
    body = _parsed(text)
    code = _code(body.get("code")) if isinstance(body, dict) else None
    words = str(body.get("message", "")) if isinstance(body, dict) else _plain(text)
    if code is not None and 1000 <= code <= 1004:
        clock = "; check this machine's clock" if code in (1003, 1004) else ""
        return Outcome(
            Code.BAD_KEY,
            f"Kling does not accept the keys ({code}){_said(words)}; "
            f"check KLING_ACCESS_KEY and KLING_SECRET_KEY{clock}",
        )
    if code is not None and code in _KLING:
        return _kling_coded(code, headers, words)
    if status == 401:
        return Outcome(Code.BAD_KEY, f"Kling does not accept the keys{_said(words)}; check them")
    if status == 402 or (status in (403, 429) and _MONEY.search(words)):
        return Outcome(Code.NO_CREDIT, f"Kling has no credit left{_said(words)}")
    if status == 403:
        return Outcome(Code.BAD_KEY, f"Kling's account may not use this{_said(words)}")
    if status in (408, 409, 425, 429) or status >= 500:
        return _soon(f"Kling is busy or has a fault ({status}){_said(words)}", headers)
    said = f"Kling rejects our request [HTTP {status}]{_said(words)}"
    return Outcome(Code.DEFECT, f"{said}; {_mend(_KLING_FIELDS, words, _KLING_MODEL)}")


def _code(said: object) -> int | None:
    """A code as a number, also where it is written as a text."""
    text = str(said)
    return int(text) if re.fullmatch(r"[0-9]{1,9}", text) else None


def _kling_coded(code: int, headers: Mapping[str, str], words: str) -> Outcome:
    kind, what = _KLING[code]
    if kind is Code.RETRY:
        waits = {"retry-after": str(_KLING_WAITS[code])} if code in _KLING_WAITS else {}
        asked = retry_after(headers) is not None
        return _soon(f"{what} ({code}){_said(words)}", headers if asked else waits)
    remedy = _REMEDY[kind] if kind in _REMEDY else _mend(_KLING_FIELDS, words, _KLING_MODEL)
    return Outcome(kind, f"{what} ({code}){_said(words)}; {remedy}")


def failed_task(who: str, words: str) -> Outcome:
    """The outcome of a job that was accepted and then failed, by the reason ``who`` gave.

    Content refused by Kling's moderation is known by the words alone: a failed task has no code.
    """
    if _POLICY.search(words):
        return Outcome(
            Code.REFUSED, f"{who} refused the content{_said(words)}; {_REMEDY[Code.REFUSED]}"
        )
    return Outcome(Code.FAILED, f"The job failed at {who}{_said(words)}; order it again or revise")


# -------------------------------------------------------------------------------- transport


_FORBIDDEN = re.compile(r"40[1357]\b")


def broken(who: str, error: BaseException) -> Outcome:
    """The outcome of a connection to ``who`` that failed where nothing could be bought.

    A proxy that forbids it will forbid it again: that is for whoever keeps the settings.
    """
    names = {cls.__name__ for cls in type(error).__mro__}
    if "ProxyError" in names and _FORBIDDEN.match(str(error)):
        return Outcome(
            Code.DEFECT,
            f"{who} may not be reached: the proxy forbids it ({clip(error)}); allow the host "
            "(SHOOT_FAL_HOSTS or SHOOT_KLING_HOSTS), then try again: what was ordered is resumed",
        )
    return Outcome(Code.RETRY, f"{who} could not be reached ({_kind(error)}); it is tried again")


def lost_answer(who: str, error: BaseException) -> Outcome:
    """The outcome of an order that was sent to ``who`` and whose answer never came."""
    return _perhaps_bought(who, f"the connection failed before the answer ({_kind(error)})")


def _kind(error: BaseException) -> str:
    words = clip(error)
    return f"{type(error).__name__}: {words}" if words else type(error).__name__


def _unsendable(error: BaseException) -> bool:
    """Whether a header could not be written, and the key is the only one that is not ours."""
    at: BaseException | None = error
    while at is not None:
        if "LocalProtocolError" in {cls.__name__ for cls in type(at).__mro__}:
            return True
        at = at.__cause__
    return False


def is_transport(error: BaseException) -> bool:
    """Whether ``error`` is a broken or silent connection, of httpx, httpx2 or the system."""
    names = {cls.__name__ for cls in type(error).__mro__}
    return bool(names & {"TransportError", "APIConnectionError", "RetryableError", "OSError"})


# -------------------------------------------------------------------------------- Anthropic

_ANTHROPIC_TYPES = {
    "overloaded_error": 529,
    "rate_limit_error": 429,
    "api_error": 500,
    "timeout_error": 504,
    "authentication_error": 401,
    "permission_error": 403,
    "billing_error": 402,
    "not_found_error": 404,
    "request_too_large": 413,
    "invalid_request_error": 400,
}


_CLAUDE_MODEL = "set SHOOT_DIRECTOR_MODEL to a model that your account may use, then retry"
_CLAUDE = {413: "start with fewer or smaller reference photos"}


def anthropic(error: BaseException) -> Outcome:
    """The outcome of an exception of Anthropic's client, or of a stream that broke.

    An error event in a stream has HTTP status 200, so the error's ``type`` counts before the
    status, and one of a type that is not known is a fault of Claude's. A 400 that speaks of the
    credit balance is how an empty account shows itself.
    """
    kind = clip(getattr(error, "type", None) or "")
    http = getattr(error, "status_code", None)
    status = _ANTHROPIC_TYPES.get(kind, http if isinstance(http, int) else 0)
    status = 500 if status == 200 else status
    headers = dict(getattr(getattr(error, "response", None), "headers", None) or {})
    words = str(getattr(error, "api_message", None) or getattr(error, "message", None) or error)
    said = _said(words)
    if status == 402 or (status in (400, 403) and "credit balance" in words.lower()):
        return Outcome(Code.NO_CREDIT, f"Claude's account has no credit left{said}; top it up")
    if status in (401, 403):
        return Outcome(Code.BAD_KEY, f"Claude does not accept the key{said}; check it")
    wish = header(headers, "x-should-retry").lower()
    if status in (408, 409, 429) or status >= 500 or wish == "true":
        if wish == "false":
            return Outcome(Code.FAILED, f"Claude cannot answer ({status}){said}")
        return _soon(f"Claude is busy or has a fault ({kind or status}){said}", headers)
    if status == 0 and _unsendable(error):
        return Outcome(Code.BAD_KEY, "Claude's key holds characters that no key has; copy it again")
    if status == 0 and is_transport(error):
        return broken("Claude", error)
    named = f" [HTTP {status}]" if status else ""
    remedy = _CLAUDE.get(status, _CLAUDE_MODEL)
    return Outcome(Code.DEFECT, f"Claude rejects our request{named}{said}; {remedy}")
