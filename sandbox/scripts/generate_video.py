"""Have one clip made between two frames: by Kling itself, or by Kling through fal.

``--provider auto`` takes Kling's own API if its keys are set, else fal. Frames outside the
model's limits are fitted to them first. The order is told of before and after (``submission``
frames) and never placed twice; the result is fetched at once, decoded whole, and written as it
came. With ``--resume`` nothing is ordered: the job with that id is followed to its end.

Told to stop, a job at fal is cancelled. Kling has no way to cancel a clip: it is made and
charged all the same, and can be fetched later with ``--resume``.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from providers import fal as fals
from providers import kling as klings
from sandbox.scripts import _command, _events, _probe
from sandbox.scripts._command import ScriptError
from sandbox.scripts._files import replacing
from sandbox.scripts._live import (
    arguments,
    fal_video,
    fit,
    kling,
    secrets,
    trailing,
    uploads,
    waiting,
)
from sandbox.scripts._live.download import Gone, fetch, relinked
from sandbox.scripts._live.failure import Failure, reported
from sandbox.scripts._live.fal import Fal, checked_id
from sandbox.scripts._live.kling import Clip, Kling
from sandbox.scripts._live.order import Ended, Order
from sandbox.scripts._live.telling import Telling
from sandbox.scripts._live.waiting import Pace
from sandbox.scripts._outcomes import Code, Outcome

NAME = "generate_video"
USUAL = 150.0
PACE = Pace(first=4.0, longest=12.0, patience=180.0, deadline=1620.0, timeout=90.0)


def main(argv: list[str] | None = None) -> int:
    """Run the script; returns its exit status."""
    return _command.run(NAME, _arguments(), reported(NAME, _work, secrets.mask), argv)


def _arguments() -> argparse.ArgumentParser:
    parser = _command.parser(NAME, __doc__ or "")
    parser.add_argument("--start", type=Path, required=True, metavar="FILE", help="first frame")
    parser.add_argument("--end", type=Path, required=True, metavar="FILE", help="last frame")
    arguments.add_prompt(parser, "how the camera and the subject move")
    parser.add_argument("--output", type=Path, required=True, metavar="FILE", help="an MP4")
    parser.add_argument("--seconds", type=int, default=5, help="length of the clip")
    parser.add_argument("--provider", choices=("auto", "kling", "fal"), default="auto")
    parser.add_argument(
        "--model",
        help=f"at Kling one of {', '.join(klings.SUITABLE)} (default {klings.DEFAULT}); "
        f"at fal one of {', '.join(fals.CLIPS)} (default {fals.DEFAULT_CLIP})",
    )
    parser.add_argument("--mode", choices=("std", "pro"), default="pro", help="at Kling only")
    parser.add_argument("--kling-host", choices=kling.HOSTS, default=kling.HOSTS[0])
    arguments.add_order(parser)
    waiting.options(parser, PACE)
    return parser


@dataclass(frozen=True)
class Video:
    """Where a finished clip is to be had; ``size`` in bytes if the provider said so."""

    url: str
    size: int | None = None


class Maker(Protocol):
    """A provider, as far as one clip is concerned."""

    order: Order

    def begin(self, options: argparse.Namespace, prompt: str) -> str:
        """Order the clip and return its remote id."""

    def wait(self, remote_id: str) -> Video:
        """Follow the clip to its end."""

    def again(self, remote_id: str) -> Video:
        """A fresh link to the finished clip."""

    def cancel(self, remote_id: str) -> tuple[bool, str]:
        """Stop it if that can be done; whether the provider will, and what came of it."""


def _work(options: argparse.Namespace) -> None:
    prompt = arguments.prompt(options)
    arguments.check_order(options, ".mp4")
    if len(prompt) > klings.PROMPT_LIMIT:
        raise ScriptError(f"The prompt has {len(prompt)} characters; at most {klings.PROMPT_LIMIT}")
    pace = waiting.pace(options)
    maker: Maker = (_AtKling if _provider(options) == "kling" else _AtFal)(options, pace)
    order = maker.order
    with replacing(options.output) as target, order.followed(maker.cancel):
        if options.resume:
            remote_id = str(options.resume)
            order.accepted(remote_id, "resumed; nothing was ordered")
        else:
            remote_id = maker.begin(options, prompt)
        _fetched(maker, remote_id, target, pace)
        info = _probe.probe(target)
    _events.artifact(
        options.output.name,
        "video",
        width=info.width,
        height=info.height,
        duration=round(info.duration, 3),
        provenance={"provider": order.provider, "model": order.endpoint, "requestId": remote_id},
    )


def _provider(options: argparse.Namespace) -> str:
    if options.provider != "auto":
        return str(options.provider)
    if options.resume:
        raise ScriptError("--resume needs --provider: an id belongs to one provider", "usage")
    if secrets.kling_keys():
        return "kling"
    if secrets.fal_key():
        return "fal"
    raise _no_key("KLING_ACCESS_KEY and KLING_SECRET_KEY, or FAL_KEY")


def _no_key(names: str) -> Failure:
    return Failure(Outcome(Code.BAD_KEY, f"Clips need {names}; not set"))


def _frame(path: Path) -> fit.Fitted:
    fitted = fit.frame(path)
    for change in fitted.changes:
        _events.status(f"{path.name} was {change}")
    return fitted


class _AtKling:
    """Kling's own API."""

    def __init__(self, options: argparse.Namespace, pace: Pace) -> None:
        self._model = options.model or klings.DEFAULT
        if wrong := klings.refusal(self._model, options.mode, options.seconds):
            raise ScriptError(str(wrong))
        keys = secrets.kling_keys()
        if keys is None:
            raise _no_key("KLING_ACCESS_KEY and KLING_SECRET_KEY")
        self._seller = Kling(keys, options.kling_host, pace)
        endpoint = f"{self._model}/{options.mode}"
        self.order = Order("kling", "video", endpoint, options.key, options.go)

    def begin(self, options: argparse.Namespace, prompt: str) -> str:
        start, end = _frame(options.start), _frame(options.end)
        clip = Clip(start.data, end.data, prompt, self._model, options.mode, options.seconds)
        return self._seller.buy(clip, self.order)

    def wait(self, remote_id: str) -> Video:
        task = self._seller.wait(remote_id, Telling("The clip", USUAL).kling)
        return Video(task.url)

    def again(self, remote_id: str) -> Video:
        return self.wait(remote_id)

    def cancel(self, remote_id: str) -> tuple[bool, str]:
        words = "Kling has no way to cancel: the clip is made and charged; resume it by its id"
        return False, words


class _AtFal:
    """Kling through fal."""

    def __init__(self, options: argparse.Namespace, pace: Pace) -> None:
        self._model = options.model or fals.DEFAULT_CLIP
        if wrong := fals.clip_refusal(self._model, options.seconds):
            raise ScriptError(str(wrong))
        key = secrets.fal_key()
        if key is None:
            raise _no_key("FAL_KEY")
        if options.resume:
            checked_id(options.resume)
        self._app = fals.clip_app(self._model)
        self._seller = Fal(key, pace)
        storage = uploads.storage(key, pace.timeout, pace.patience)
        self._links = uploads.Uploads(storage, options.uploads)
        self.order = Order("fal", "video", self._app, options.key, options.go)

    def begin(self, options: argparse.Namespace, prompt: str) -> str:
        start, end = (
            self._links.link(path, _frame(path).data, "frame")
            for path in (options.start, options.end)
        )
        body = fal_video.arguments(self._model, start, end, prompt, options.seconds)
        return self._seller.submit(self._app, body, self.order)

    def wait(self, remote_id: str) -> Video:
        job = self._seller.job(self._app, remote_id)
        try:
            return _video(job.wait(Telling("The clip", USUAL).fal))
        except Ended as end:
            self._links.doubt(end.outcome)
            raise

    def again(self, remote_id: str) -> Video:
        return _video(self._seller.job(self._app, remote_id).result())

    def cancel(self, remote_id: str) -> tuple[bool, str]:
        return self._seller.job(self._app, remote_id).cancel()


def _video(result: dict[str, object]) -> Video:
    video = result.get("video")
    if not isinstance(video, dict) or not isinstance(video.get("url"), str):
        raise Ended(Outcome(Code.FAILED, "fal finished the job and gives no clip; ask fal"))
    size = video.get("file_size")
    return Video(video["url"], size if isinstance(size, int) and size > 0 else None)


def _fetched(maker: Maker, remote_id: str, target: Path, pace: Pace) -> None:
    video = maker.wait(remote_id)
    for last in relinked(pace):
        try:
            fetch(video.url, target, _decodes, pace, size=video.size)
            return
        except Gone as gone:
            if last:
                raise Ended(_expired(gone)) from gone
            video = maker.again(remote_id)


def _expired(gone: Gone) -> Outcome:
    return Outcome(
        Code.LOST,
        "The clip was made and charged, but its link has expired and no fresh one is given "
        f"({gone}): order it again if you want it",
    )


def _decodes(path: Path) -> None:
    if cut := trailing.cut(path):
        _events.status(f"{cut} bytes behind the clip's end were cut off")
    _probe.probe(path, decode=True)


if __name__ == "__main__":
    sys.exit(main())
