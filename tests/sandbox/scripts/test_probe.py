"""What a clip holds, and refusing what is not whole."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sandbox.scripts._command import ScriptError
from sandbox.scripts._probe import probe

if TYPE_CHECKING:
    from tests.sandbox.scripts.conftest import Barcodes


def test_counts_frames(clip: Path) -> None:
    """What a provider delivers is 121 frames, 5.04 s, and not 5 s."""
    info = probe(clip)
    assert (info.frames, info.fps, round(info.duration, 2)) == (121, 24, 5.04)
    assert (info.width, info.height, info.facts.rotation) == (96, 64, 0)
    assert (info.facts.codec, info.facts.profile, info.facts.pixel_format) == (
        "h264",
        "High",
        "yuv420p",
    )


@pytest.mark.parametrize("suffix", ["mkv", "mov", "ts", "avi", "flv"])
def test_reads_containers(barcodes: Barcodes, clip: Path, suffix: str) -> None:
    """Every usual container gives the same count and rate, decoded or not."""
    other = barcodes.copy(clip, f"container.{suffix}", "-c", "copy")
    for decode in (False, True):
        info = probe(other, decode=decode)
        assert (info.frames, info.fps) == (121, 24)


def test_leaves_out_what_an_edit_list_hides(barcodes: Barcodes, clip: Path) -> None:
    """Frames that a lossless trim only hides are not counted."""
    trimmed = barcodes.folder / "trimmed.mp4"
    barcodes.ffmpeg(["-ss", "1.03", "-i", str(clip), "-c", "copy", str(trimmed)])
    assert probe(trimmed).frames == probe(trimmed, decode=True).frames == 96


def test_keeps_times_of_a_variable_rate(barcodes: Barcodes, clip: Path) -> None:
    """The time of each frame is exact, and the rate is their mean."""
    slowing = "setpts=if(lt(N\\,12)\\,N/24\\,0.5+(N-12)/12)/TB"
    output = ["-vf", slowing, "-fps_mode", "vfr", "-enc_time_base", "1:24000", "-frames:v", "24"]
    info = probe(barcodes.copy(clip, "variable.mp4", *output))
    assert info.times[11:14] == (Fraction(11, 24), Fraction(1, 2), Fraction(7, 12))
    assert info.fps == 23 / info.times[-1]


def test_a_single_frame_has_a_length(barcodes: Barcodes) -> None:
    """One frame lasts as long as its file says."""
    info = probe(barcodes.make("single.mp4", 1))
    assert (info.frames, info.fps, info.duration) == (1, 24, pytest.approx(1 / 24))


def test_turns_sideways_clips(barcodes: Barcodes, clip: Path) -> None:
    """A clip that asks to be turned is as wide as its picture is high."""
    turned = barcodes.folder / "turned.mp4"
    barcodes.ffmpeg(["-display_rotation", "90", "-i", str(clip), "-c", "copy", str(turned)])
    info = probe(turned)
    assert (info.width, info.height, info.facts.rotation) == (64, 96, 270)


def test_makes_pixels_square(barcodes: Barcodes) -> None:
    """A clip of wide pixels is as wide as it is shown."""
    wide = ["-vf", "setsar=2", "-c:v", "libx264", "-pix_fmt", "yuv420p"]
    info = probe(barcodes.make("wide.mp4", 3, options=wide))
    assert (info.width, info.height) == (192, 64)


def test_reads_colours(barcodes: Barcodes) -> None:
    """Matrix, primaries, transfer and range are what the file states."""
    tags = "setparams=range=full:colorspace=bt470bg:color_primaries=bt709:color_trc=bt470bg"
    options = ["-vf", f"format=yuvj420p,{tags}", "-c:v", "libx264"]
    info = probe(barcodes.make("tagged.mp4", 3, options=options))
    assert (info.facts.matrix, info.facts.primaries, info.facts.transfer) == (
        "bt470bg",
        "bt709",
        "bt470bg",
    )
    assert info.facts.full_range


def test_unstated_colours_are_none(clip: Path) -> None:
    """A file that says nothing of its colours is not guessed at."""
    info = probe(clip)
    assert (
        info.facts.matrix,
        info.facts.primaries,
        info.facts.transfer,
        info.facts.full_range,
    ) == (None,) * 3 + (False,)


@pytest.mark.parametrize("kept", [0.3, 0.6, 0.95])
@pytest.mark.parametrize("suffix", ["mp4", "mov", "mkv", "avi"])
def test_refuses_what_is_cut_short(
    barcodes: Barcodes, clip: Path, tmp_path: Path, suffix: str, kept: float
) -> None:
    """A file without its end is refused by name, index at the front or not, and undecoded."""
    whole = barcodes.copy(clip, f"whole.{suffix}", "-c", "copy", "-movflags", "+faststart")
    short = tmp_path / f"short.{suffix}"
    data = whole.read_bytes()
    short.write_bytes(data[: int(len(data) * kept)])
    with pytest.raises(ScriptError, match=r"^short\."):
        probe(short)


def test_refuses_damage_inside(clip: Path, tmp_path: Path) -> None:
    """Damage in the pictures is found by decoding them."""
    data = bytearray(clip.read_bytes())
    middle = len(data) // 2
    data[middle : middle + 64] = bytes(64)
    damaged = tmp_path / "damaged.mp4"
    damaged.write_bytes(data)
    with pytest.raises(ScriptError, match=r"damaged\.mp4: damaged"):
        probe(damaged, decode=True)


def test_refuses_what_is_no_video(barcodes: Barcodes, tmp_path: Path) -> None:
    """Missing, empty, text, picture, sound, playlist, folder: each is refused by name."""
    (tmp_path / "empty.mp4").touch()
    (tmp_path / "text.mp4").write_text("not a film\n" * 100)
    (tmp_path / "list.mp4").write_text("#EXTM3U\n#EXTINF:1,\nclip.mp4\n")
    barcodes.ffmpeg(["-f", "lavfi", "-i", "color", "-frames:v", "1", str(tmp_path / "still.png")])
    barcodes.ffmpeg(["-f", "lavfi", "-i", "sine=d=1", str(tmp_path / "sound.mp4")])
    (tmp_path / "still.png").rename(tmp_path / "still.mp4")
    (tmp_path / "folder.mp4").mkdir()
    said = {}
    for name in ("missing", "empty", "text", "list", "still", "sound", "folder"):
        with pytest.raises(ScriptError) as refused:
            probe(tmp_path / f"{name}.mp4")
        said[name] = str(refused.value)
    assert all(text.startswith(f"{name}.mp4: ") for name, text in said.items())
    assert "no such file" in said["missing"]
    assert "empty" in said["empty"]
    assert "no video" in said["sound"]
