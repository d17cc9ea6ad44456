"""From a clip's colours to the film's, which are BT.709 of limited range.

Wide or old primaries are converted. Where the film could only guess (high dynamic range, camera
logs, matrices that few programs know) a clip is refused rather than shown in wrong colours.
"""

from __future__ import annotations

from typing import Any

from sandbox.scripts._facts import Facts

DISPLAYED = frozenset(
    {
        *("bt709", "bt470m", "bt470bg", "smpte170m", "smpte240m", "iec61966-2-4", "iec61966-2-1"),
        *("bt1361e", "bt2020-10", "bt2020-12"),
    }
)
"""Transfers of ordinary dynamic range, which players show alike: the film keeps their numbers."""

HIGH_RANGE = {"smpte2084": "PQ", "arib-std-b67": "HLG"}

MATRICES = frozenset({"gbr", "bt709", "fcc", "bt470bg", "smpte170m", "smpte240m", "bt2020nc"})
"""Those that ffmpeg's ``scale`` converts from."""

PRIMARIES = frozenset(
    {
        *("bt709", "bt470m", "bt470bg", "smpte170m", "smpte240m", "film", "bt2020"),
        *("smpte431", "smpte432", "jedec-p22"),
    }
)
"""Those that ffmpeg's ``zscale`` converts from."""

HIGH_DEFINITION = (1280, 576)
"""A picture wider or taller than this is taken for BT.709 when its file does not say."""


def refusal(facts: Facts) -> str | None:
    """Why a clip's colours cannot be shown right, and what to do; ``None`` where they can be."""
    remedy = "make a BT.709 copy of the clip first"
    if facts.transfer in HIGH_RANGE:
        name = HIGH_RANGE[facts.transfer]
        return f"high dynamic range ({name}, {facts.transfer}), which the film is not: {remedy}"
    if facts.transfer is None and primaries(facts) == "bt2020" and facts.depth > 8:
        return (
            f"BT.2020 in {facts.depth} bits without a stated transfer: it may be of high dynamic "
            f"range, and nothing tells: {remedy}, or state the transfer"
        )
    for kind, value, known in (
        ("transfer", facts.transfer, DISPLAYED),
        ("primaries", facts.primaries, PRIMARIES),
        ("matrix", facts.matrix, MATRICES),
    ):
        if value is not None and value not in known:
            return f"its colours have the {kind} {value}, which cannot be converted: {remedy}"
    return None


def primaries(facts: Facts) -> str | None:
    """The stated primaries, or those that the stated matrix belongs to."""
    if facts.primaries is None and facts.matrix == "bt2020nc":
        return "bt2020"
    return facts.primaries


def scaled(picture: Any, facts: Facts, size: tuple[int, int]) -> Any:
    """``picture`` scaled to ``size`` in the film's colours, in 4:2:0 of 8 bits.

    What is transparent is laid on black: beneath it a file may hold anything.
    """
    if facts.transparent:
        flat = picture.filter("scale", **_matrices(facts, size, "gbr")).filter("format", "gbrap")
        picture = flat.filter("premultiply", inplace=1).filter("format", "gbrp")
        options = _OUT
    else:
        options = _matrices(facts, size)
    picture = picture.filter("scale", *size, **options)
    wide = primaries(facts)
    if wide not in (None, "bt709"):
        # zscale and not colorspace, which goes by the camera's curve: on a display, its greens are
        # up to 30 levels off. In 12 bits, or rounding would add up.
        curve = "iec61966-2-1" if facts.transfer == "iec61966-2-1" else "bt709"
        picture = picture.filter("format", "yuv444p12").filter(
            "zscale",
            min="bt709",
            rangein="limited",
            pin=wide,
            tin=curve,
            m="bt709",
            range="limited",
            p="bt709",
            t=curve,
        )
    return picture.filter("format", "yuv420p")


_FLAGS = {"flags": "lanczos+accurate_rnd+full_chroma_int"}
_OUT = {**_FLAGS, "out_color_matrix": "bt709", "out_range": "tv"}


def _matrices(facts: Facts, size: tuple[int, int], target: str = "bt709") -> dict[str, str]:
    """``scale`` options from the clip's matrix, with a guess where it states none.

    Players guess alike: small pictures are BT.601, as they were on tape, larger ones BT.709.
    """
    options = dict(_OUT if target == "bt709" else _FLAGS)
    if facts.matrix is None and facts.pixel_format.startswith(("yuv", "nv", "p0")):
        large = size[0] > HIGH_DEFINITION[0] or size[1] > HIGH_DEFINITION[1]
        options["in_color_matrix"] = "bt709" if large or facts.primaries == "bt709" else "bt601"
    return options
