"""Clips as they come from the world: each is shown right, or refused by what it is.

The files in ``cases`` are 320×240; the upper half holds eight patches of known sRGB colour.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pytest

from sandbox.scripts import stitch_clips

if TYPE_CHECKING:
    from tests.sandbox.scripts.conftest import Barcodes

CASES = Path(__file__).parent / "cases"
PATCHES = (
    *((200, 40, 40), (40, 200, 40), (40, 40, 200), (200, 200, 40)),
    *((128, 128, 128), (225, 180, 150), (90, 60, 45), (250, 250, 250)),
)
GAMMA = 2.4
"""A display's curve by ITU-R BT.1886."""

# Linear RGB of other primaries from linear RGB of sRGB's, by their chromaticities (SMPTE RP 177).
CHROMATICITIES = {
    "bt2020": ((0.708, 0.292), (0.170, 0.797), (0.131, 0.046)),
    "smpte432": ((0.680, 0.320), (0.265, 0.690), (0.150, 0.060)),
    "smpte170m": ((0.630, 0.340), (0.310, 0.595), (0.155, 0.070)),
    "bt709": ((0.640, 0.330), (0.300, 0.600), (0.150, 0.060)),
}


def stitched(clip: Path, film: Path) -> int:
    """The status of a film made of one clip."""
    return stitch_clips.main(
        ["--clip", str(clip), "--output", str(film), "--preset", "ultrafast", "--crf", "6"]
    )


def colours(picture: npt.NDArray[np.uint8], row: int) -> npt.NDArray[np.float64]:
    """The mean colours of the eight patches at a height."""
    step = picture.shape[1] / 8
    centres = [int((number + 0.5) * step) for number in range(8)]
    return np.array([picture[row - 4 : row + 4, x - 4 : x + 4].mean((0, 1)) for x in centres])


@pytest.mark.parametrize(
    "name",
    [
        "clip-bt2020-sdr-primaries.mp4",
        "clip-interlaced-tff.mp4",
        "clip-title-says-rotation-of-90-degrees.mp4",
        "clip-vp9-transparent-magenta-underneath.webm",
    ],
)
def test_shown_upright_in_right_colours(barcodes: Barcodes, tmp_path: Path, name: str) -> None:
    """The film has the clip's shape and its patches' colours."""
    film = tmp_path / "film.mp4"
    assert stitched(CASES / name, film) == 0
    picture = barcodes.decode(film)[0]
    assert picture.shape == (240, 320, 3)
    assert np.abs(colours(picture, 80) - PATCHES).max() <= 6


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("clip-pq-but-transfer-tag-missing.mp4", "without a stated transfer"),
        ("clip-fragmented-mp4-cut-short.mp4", "cut short"),
        ("clip-open-gop-cut.ts", "begins in the middle of a shot"),
        ("clip-animated.gif", "a GIF, not a video: give an MP4"),
    ],
)
def test_refused_by_what_it_is(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], name: str, reason: str
) -> None:
    """What cannot be shown right ends in one line that names it."""
    assert stitched(CASES / name, tmp_path / "film.mp4") == 2
    said = capfd.readouterr().err
    assert said.startswith(f"stitch_clips: {name}: ")
    assert reason in said
    assert said.count("\n") == 1


def test_nothing_shows_through(barcodes: Barcodes, tmp_path: Path) -> None:
    """What lies hidden beneath a transparent part is not shown: the part is black."""
    film = tmp_path / "film.mp4"
    assert stitched(CASES / "clip-vp9-transparent-magenta-underneath.webm", film) == 0
    assert barcodes.decode(film)[:, 4:26].max() <= 8


def test_no_picture_is_combed(barcodes: Barcodes, tmp_path: Path) -> None:
    """In no picture of an interlaced clip neighbouring lines are of different moments."""
    film = tmp_path / "film.mp4"
    assert stitched(CASES / "clip-interlaced-tff.mp4", film) == 0
    pictures = barcodes.decode(film, "gray")[..., 0].astype(int)
    combed = np.abs(2 * pictures[:, 1:-1] - pictures[:, :-2] - pictures[:, 2:])
    assert (combed[:, 130:230] > 120).mean() < 0.002


@pytest.mark.parametrize("primaries", ["bt2020", "smpte432", "smpte170m"])
def test_primaries_are_converted(barcodes: Barcodes, tmp_path: Path, primaries: str) -> None:
    """Colours told in other primaries come out as what they are."""
    wide = _matrix(primaries)
    linear = (np.array(PATCHES) / 255) ** GAMMA
    told = np.clip(linear @ (np.linalg.inv(wide) @ _matrix("bt709")).T, 0, 1)
    # Primaries narrower than sRGB's hold a little less of some patches.
    held = np.clip(told @ (np.linalg.inv(_matrix("bt709")) @ wide).T, 0, 1) ** (1 / GAMMA) * 255
    told = told ** (1 / GAMMA)
    row = np.repeat(np.round(told * 255).astype(np.uint8), 16, axis=0)
    frame = np.broadcast_to(row, (64, 128, 3)).tobytes()
    clip = tmp_path / "wide.mkv"
    raw = ["-f", "rawvideo", "-pix_fmt", "rgb24", "-s", "128x64", "-r", "24", "-i", "-"]
    tags = f"setparams=color_primaries={primaries}:color_trc=bt709"
    options = ["-vf", f"format=gbrp,{tags}", "-c:v", "ffv1", str(clip)]
    barcodes.ffmpeg([*raw, *options], frame * 4)
    film = tmp_path / "film.mp4"
    assert stitched(clip, film) == 0
    assert np.abs(colours(barcodes.decode(film)[0], 32) - held).max() <= 6


def _matrix(primaries: str) -> npt.NDArray[np.float64]:
    """From linear RGB to XYZ, for the white of daylight."""
    columns = np.array([(x / y, 1, (1 - x - y) / y) for x, y in CHROMATICITIES[primaries]]).T
    white = np.array([0.3127 / 0.3290, 1, (1 - 0.3127 - 0.3290) / 0.3290])
    return np.asarray(columns * np.linalg.solve(columns, white), dtype=np.float64)


@pytest.mark.parametrize(
    ("tags", "reason"),
    [
        ("colorspace=bt2020nc:color_primaries=bt2020:color_trc=smpte2084", "dynamic range (PQ"),
        ("colorspace=bt709:color_primaries=bt709:color_trc=linear", "transfer linear"),
        ("colorspace=bt709:color_primaries=smpte428:color_trc=bt709", "primaries smpte428"),
    ],
)
def test_colours_that_cannot_be_kept_are_refused(
    barcodes: Barcodes,
    clip: Path,
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
    tags: str,
    reason: str,
) -> None:
    """A clip whose colours the film could only guess at is refused."""
    odd = barcodes.copy(clip, "odd.mp4", "-vf", f"setparams={tags}")
    assert stitched(odd, tmp_path / "film.mp4") == 2
    assert reason in capfd.readouterr().err


def test_says_that_sound_is_left_out(
    barcodes: Barcodes, clip: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """A film is silent, and a clip with sound is told so."""
    loud = barcodes.folder / "loud.mp4"
    sine = ["-f", "lavfi", "-i", "sine=d=5"]
    barcodes.ffmpeg(["-i", str(clip), *sine, "-c:v", "copy", "-c:a", "aac", str(loud)])
    assert stitched(loud, tmp_path / "film.mp4") == 0
    assert "loud.mp4: its sound is left out" in capfd.readouterr().out


def test_a_picture_by_a_clips_name_is_called_one(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """The name's ending does not hide what a file is."""
    disguised = tmp_path / "clip.mp4"
    shutil.copy(CASES / "clip-animated.gif", disguised)
    assert stitched(disguised, tmp_path / "film.mp4") == 2
    assert "clip.mp4: a GIF" in capfd.readouterr().err
