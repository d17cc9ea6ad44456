"""Have one picture made by fal: from words, or from words and reference pictures.

With references the model's edit endpoint is used, else text to image. The order is sent exactly
once and told of before and after (``submission`` frames); the result is fetched, checked and
written as PNG. With ``--resume`` nothing is ordered: the job with that id is followed to its end.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path
from typing import Any

from providers.fal import MAX_REFERENCES, RATIOS, RESOLUTIONS, SHEET_RATIO, image_refusal
from sandbox.scripts import _command, _events, _images
from sandbox.scripts._command import ScriptError
from sandbox.scripts._live import arguments, uploads, waiting
from sandbox.scripts._live.download import Gone, fetch, relinked
from sandbox.scripts._live.failure import Failure, reported
from sandbox.scripts._live.fal import Fal, Job, checked_id
from sandbox.scripts._live.order import Ended, Order
from sandbox.scripts._live.secrets import fal_key, mask
from sandbox.scripts._live.telling import Telling
from sandbox.scripts._live.waiting import Pace
from sandbox.scripts._outcomes import Code, Outcome, clip, failed_task

NAME = "generate_image"
USUAL = 40.0
PACE = Pace(first=1.0, longest=5.0, patience=120.0, deadline=780.0, timeout=60.0)


def main(argv: list[str] | None = None) -> int:
    """Run the script; returns its exit status."""
    return _command.run(NAME, _arguments(), reported(NAME, _work, mask), argv)


def _arguments() -> argparse.ArgumentParser:
    parser = _command.parser(NAME, __doc__ or "")
    arguments.add_prompt(parser, "what to make")
    parser.add_argument(
        "--reference", type=Path, action="append", default=[], metavar="FILE", help="repeatable"
    )
    parser.add_argument("--output", type=Path, required=True, metavar="FILE", help="a PNG")
    parser.add_argument("--aspect-ratio", choices=RATIOS, default=SHEET_RATIO)
    parser.add_argument("--resolution", choices=RESOLUTIONS, default="2K")
    parser.add_argument("--model", default="fal-ai/nano-banana-pro")
    arguments.add_order(parser)
    waiting.options(parser, PACE)
    return parser


def _work(options: argparse.Namespace) -> None:
    prompt = arguments.prompt(options)
    _check(options)
    pace = waiting.pace(options)
    secret = fal_key()
    if secret is None:
        raise Failure(Outcome(Code.BAD_KEY, "FAL_KEY is not set; pictures are made at fal"))
    model = options.model.removesuffix("/edit")
    app = f"{model}/edit" if options.reference else model
    order = Order("fal", "image", app, options.key, options.go)
    seller = Fal(secret, pace)
    links = uploads.Uploads(uploads.storage(secret, pace.timeout, pace.patience), options.uploads)
    with order.followed(lambda request_id: seller.job(app, request_id).cancel()):
        request_id = _ordered(options, prompt, seller, links, order)
        job = seller.job(app, request_id)
        try:
            pixels = _fetched(job, job.wait(Telling("The picture", USUAL).fal), pace)
        except Ended as end:
            links.doubt(end.outcome)
            raise
    _images.write_png(options.output, pixels)
    height, width = pixels.shape[:2]
    made: dict[str, object] = {"provider": "fal", "model": app, "requestId": request_id}
    _events.artifact(options.output.name, "image", width=width, height=height, provenance=made)


def _check(options: argparse.Namespace) -> None:
    arguments.check_order(options, ".png")
    if wrong := image_refusal(options.model, options.resolution, options.aspect_ratio):
        raise ScriptError(str(wrong), "usage")
    if len(options.reference) > MAX_REFERENCES:
        raise ScriptError(
            f"{len(options.reference)} references: the model takes at most {MAX_REFERENCES}"
        )


def _ordered(
    options: argparse.Namespace, prompt: str, seller: Fal, links: uploads.Uploads, order: Order
) -> str:
    """The id of the job: the one to be resumed, or that of a new order."""
    if options.resume:
        request_id = checked_id(options.resume)
        order.accepted(request_id, "resumed; nothing was ordered")
        return request_id
    body: dict[str, Any] = {
        "prompt": prompt,
        "num_images": 1,
        "limit_generations": True,
        "aspect_ratio": options.aspect_ratio,
        "resolution": options.resolution,
        "output_format": "png",
    }
    if options.reference:
        body["image_urls"] = [
            links.link(path, uploads.reference(path), "ref") for path in options.reference
        ]
    return seller.submit(order.endpoint, body, order)


def _fetched(job: Job, result: dict[str, Any], pace: Pace) -> _images.Picture:
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "result"
        target.touch()
        for last in relinked(pace):
            image = _picture(result)
            size = _whole(image.get("file_size"))
            try:
                fetch(str(image["url"]), target, _decodes, pace, size=size)
                break
            except Gone as gone:
                if last:
                    raise Ended(_expired(job.request_id, gone)) from gone
                result = job.result()
        return _images.read(target)


def _picture(result: dict[str, Any]) -> dict[str, Any]:
    images = result.get("images") or [result.get("image")]
    if isinstance(images, list) and isinstance(images[0], dict) and images[0].get("url"):
        return images[0]
    said = (result.get(name) for name in ("description", "detail", "error"))
    words = clip(next(filter(None, said), "no picture, and no reason"))
    raise Ended(failed_task("fal", words))


def _decodes(path: Path) -> None:
    _images.read(path)


def _whole(size: object) -> int | None:
    return size if isinstance(size, int) and size > 0 else None


def _expired(request_id: str, gone: Gone) -> Outcome:
    return Outcome(
        Code.LOST,
        f"fal made the picture (job {request_id}) but its link has expired and no fresh one is "
        f"given ({gone}); it is charged: order it again if you want it",
    )


if __name__ == "__main__":
    sys.exit(main())
