"""The film: which frame it shows when, how it is encoded, and what it refuses."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from sandbox.scripts import _easing, stitch_clips
from sandbox.scripts._probe import probe

if TYPE_CHECKING:
    from tests.sandbox.scripts.conftest import Barcodes

Stitch = Callable[..., Path]
SWOOP = _easing.named("dramatic-swoop")


@pytest.fixture
def stitch(tmp_path: Path) -> Stitch:
    """Stitches clips with further arguments, as fast as x264 goes; returns the film."""

    def run(clips: Sequence[Path], *arguments: str) -> Path:
        film = tmp_path / "film.mp4"
        given = [word for clip in clips for word in ("--clip", str(clip))]
        options = ["--output", str(film), "--preset", "ultrafast", *arguments]
        assert stitch_clips.main([*given, *options]) == 0
        return film

    return run


def offsets(shown: Sequence[int], frames: int, easing: _easing.Easing = SWOOP) -> list[float]:
    """How far, in source frames, each output frame is from where the easing wants it."""
    last = len(shown) - 1
    places = [min(1.0, max(0.0, easing(k / last))) * (frames - 1) for k in range(last + 1)]
    return [abs(place - frame) for place, frame in zip(places, shown, strict=True)]


def refused(clips: Sequence[Path], output: Path, *arguments: str) -> int:
    """The exit status of stitching ``clips``."""
    given = [word for clip in clips for word in ("--clip", str(clip))]
    return stitch_clips.main([*given, "--output", str(output), *arguments])


@pytest.mark.parametrize("easing", _easing.EASINGS)
def test_every_easing_is_exact(barcodes: Barcodes, clip: Path, stitch: Stitch, easing: str) -> None:
    """Each of the film's frames is the right one of its clip, within half a source frame."""
    shown = barcodes.read(stitch([clip], "--easing", easing))
    assert len(shown) == 90
    assert max(offsets(shown, 121, _easing.named(easing))) <= 0.5


@pytest.mark.parametrize("curve", ["0.3,1.5,0.7,-0.5", "0.68,-0.55,0.265,1.55", "0,1,1,0"])
def test_curves_of_ones_own_are_exact(
    barcodes: Barcodes, clip: Path, stitch: Stitch, curve: str
) -> None:
    """A curve may overshoot, which holds a frame, and turn back, which runs the clip backwards."""
    shown = barcodes.read(stitch([clip], "--bezier", curve))
    assert len(shown) == 90
    assert max(offsets(shown, 121, _easing.bezier(curve))) <= 0.5


def test_joins_clips_of_any_length(barcodes: Barcodes, clip: Path, stitch: Stitch) -> None:
    """Each clip fills its share: one frame, a few, five seconds, or many more than are shown."""
    lengths = {"one.mp4": 1, "few.mp4": 7, "many.mp4": 250}
    others = [barcodes.make(name, frames, fps="60") for name, frames in lengths.items()]
    shown = barcodes.read(stitch([clip, *others, clip]))
    assert len(shown) == 5 * 90
    for number, frames in enumerate([121, *lengths.values(), 121]):
        assert max(offsets(shown[number * 90 : number * 90 + 90], frames)) <= 0.5


@pytest.mark.parametrize(
    ("asked", "frames"),
    [(("1.5", "60"), 180), (("0.75", "60"), 90), (("1", "24000/1001"), 48), (("1.25", "25"), 63)],
)
def test_length_is_exact(
    barcodes: Barcodes, clip: Path, stitch: Stitch, asked: tuple[str, str], frames: int
) -> None:
    """Two clips make 2 × seconds × fps frames, rounded once for the film and not for each clip."""
    film = stitch([clip, clip], "--clip-seconds", asked[0], "--fps", asked[1])
    assert len(barcodes.decode(film)) == frames


def test_rate_is_constant(clip: Path, stitch: Stitch) -> None:
    """Every frame lasts exactly as long as the others."""
    info = probe(stitch([clip, clip]))
    assert info.fps == 60
    assert all(time * 60 == n for n, time in enumerate(info.times))


def test_variable_rate_keeps_its_pace(barcodes: Barcodes, clip: Path, stitch: Stitch) -> None:
    """From a clip with frames missing, the film shows the nearest in time of those there are."""
    kept = [*range(40), *range(40, 80, 4), *range(81, 120, 3), 120]
    chosen = "+".join(f"eq(n\\,{frame})" for frame in kept)
    gappy = barcodes.copy(clip, "gappy.mp4", "-vf", f"select={chosen}", "-fps_mode", "vfr")
    shown = barcodes.read(stitch([gappy]))
    for k, frame in enumerate(shown):
        place = SWOOP(k / 89) * 120
        assert abs(frame - place) == pytest.approx(min(abs(n - place) for n in kept), abs=1e-3)


@pytest.mark.parametrize("suffix", ["mkv", "webm", "ts", "avi"])
def test_containers_make_no_difference(
    barcodes: Barcodes, clip: Path, stitch: Stitch, suffix: str
) -> None:
    """Rounded times, other codecs and missing times change nothing."""
    options = ["-b:v", "1M"] if suffix == "webm" else ["-c", "copy"]
    shown = barcodes.read(stitch([barcodes.copy(clip, f"stitched.{suffix}", *options)]))
    assert max(offsets(shown, 121)) <= 0.5


def test_encoding_is_what_players_want(clip: Path, stitch: Stitch) -> None:
    """H.264 High, 4:2:0, tagged BT.709 of limited range, with the index in front."""
    film = stitch([clip])
    info = probe(film)
    assert (info.facts.codec, info.facts.profile, info.facts.pixel_format) == (
        "h264",
        "High",
        "yuv420p",
    )
    assert (
        info.facts.matrix,
        info.facts.primaries,
        info.facts.transfer,
        info.facts.full_range,
    ) == ("bt709",) * 3 + (False,)
    data = film.read_bytes()
    assert 0 < data.index(b"moov") < data.index(b"mdat")


def test_sound_is_dropped(barcodes: Barcodes, clip: Path, stitch: Stitch) -> None:
    """A clip with sound, longer than its pictures even, makes a silent film of its pictures."""
    talking = barcodes.folder / "talking.mp4"
    sound = ["-f", "lavfi", "-i", "sine=d=6", "-i", str(clip), "-c:v", "copy"]
    barcodes.ffmpeg([*sound, str(talking)])
    film = stitch([talking])
    assert max(offsets(barcodes.read(film), 121)) <= 0.5
    assert b"soun" not in film.read_bytes()


def test_sizes_are_letterboxed_to_the_largest(
    barcodes: Barcodes, clip: Path, stitch: Stitch
) -> None:
    """Every clip is seen whole, in its shape, centred on black, in the largest one's size."""
    tall = barcodes.make("tall.mp4", 20, size=(64, 128))
    film = stitch([clip, tall])
    pictures = barcodes.decode(film)
    assert pictures.shape[1:3] == (128, 64)
    assert max(offsets(barcodes.read(film, (0, 43, 64, 42))[:90], 121)) <= 0.5
    assert max(offsets(barcodes.read(film)[90:], 20)) <= 0.5
    assert pictures[:90, :40].max() < 8
    assert pictures[:90, 88:].max() < 8


def test_odd_sizes_lose_a_line_and_no_sharpness(barcodes: Barcodes, stitch: Stitch) -> None:
    """An odd picture is cropped to even sides instead of being scaled."""
    options = ["-c:v", "libx264", "-crf", "1", "-pix_fmt", "yuv444p"]
    odd = barcodes.make("odd.mp4", 3, size=(97, 63), options=options)
    pictures = barcodes.decode(stitch([odd], "--crf", "1"), "gray")
    assert pictures.shape[1:3] == (62, 96)
    assert np.abs(pictures[0].astype(int) - barcodes.decode(odd, "gray")[0, :62, :96]).max() <= 6


def test_rotation_is_honoured(barcodes: Barcodes, clip: Path, stitch: Stitch) -> None:
    """A clip that is to be shown turned is turned."""
    turned = barcodes.folder / "sideways.mp4"
    barcodes.ffmpeg(["-display_rotation", "-90", "-i", str(clip), "-c", "copy", str(turned)])
    last = barcodes.decode(stitch([turned]), "gray")[-1, ..., 0]
    wanted = np.rot90(barcodes.picture(120, (96, 64)), -1)
    assert np.abs(last.astype(int) - wanted).mean() < 12


PATCHES = [(200, 40, 40), (40, 200, 40), (40, 40, 200), (200, 200, 40), (128, 128, 128)]


TAGGED = "range=limited:colorspace=bt709:color_primaries=bt709:color_trc=bt709"


@pytest.mark.parametrize(
    ("scale", "tags"),
    [
        ("out_color_matrix=bt709:out_range=tv", TAGGED),
        ("out_color_matrix=bt709:out_range=pc", TAGGED.replace("limited", "full")),
        ("out_color_matrix=bt601:out_range=tv", "range=limited:colorspace=smpte170m"),
        ("out_color_matrix=bt601:out_range=tv", "colorspace=unknown"),
    ],
    ids=["bt709", "full range", "bt601", "small and untagged"],
)
def test_colours_are_kept(
    barcodes: Barcodes, stitch: Stitch, tmp_path: Path, scale: str, tags: str
) -> None:
    """Patches of colour come out as they went in, whatever a clip's matrix and range."""
    picture = np.repeat(np.array([PATCHES], np.uint8), 64, axis=0).repeat(20, axis=1)
    source = tmp_path / "patches.mp4"
    raw = ["-f", "rawvideo", "-pix_fmt", "rgb24", "-s", "100x64", "-r", "24", "-i", "-"]
    filters = ["-vf", f"scale={scale},format=yuv420p,setparams={tags}"]
    output = ["-c:v", "libx264", "-crf", "1", str(source)]
    barcodes.ffmpeg([*raw, *filters, *output], picture.tobytes() * 3)
    film = barcodes.decode(stitch([source], "--crf", "1"))
    found = film[45, 32, 10::20].astype(int)
    assert np.abs(found - np.array(PATCHES)).max() <= 4


def test_bt709_passes_untouched(barcodes: Barcodes, clip: Path, stitch: Stitch) -> None:
    """Nothing is computed on a clip that is as the film is: only the encoder changes it."""
    source = barcodes.copy(clip, "tagged.mp4", "-vf", f"setparams={TAGGED}", "-crf", "1")
    film = stitch([source], "--crf", "1", "--easing", "linear")
    first = [barcodes.decode(path, "gray")[0].astype(int) for path in (source, film)]
    assert np.abs(first[0] - first[1]).max() <= 2


def damaged(clip: Path, target: Path) -> None:
    """Write ``clip`` with a hole in its pictures."""
    data = bytearray(clip.read_bytes())
    data[len(data) // 2 : len(data) // 2 + 64] = bytes(64)
    target.write_bytes(data)


@pytest.mark.parametrize(
    ("name", "spoil"),
    [
        ("missing.mp4", lambda clip, target: None),
        ("empty.mp4", lambda clip, target: target.touch()),
        ("text.mp4", lambda clip, target: target.write_text("no film")),
        ("folder.mp4", lambda clip, target: target.mkdir()),
        ("short.mp4", lambda clip, target: target.write_bytes(clip.read_bytes()[:-400])),
        ("damaged.mp4", damaged),
    ],
)
def test_bad_clips_are_refused_by_name(
    clip: Path,
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
    name: str,
    spoil: Callable[[Path, Path], object],
) -> None:
    """One line names the clip, the status is 2, and nothing is left in the output's folder."""
    spoil(clip, tmp_path / name)
    output = tmp_path / "films"
    output.mkdir()
    assert refused([clip, tmp_path / name, clip], output / "film.mp4") == 2
    said = capfd.readouterr()
    assert re.fullmatch(rf"stitch_clips: {re.escape(name)}: [^\n]+\n", said.err)
    assert said.out.count('"type":"error"') == 1
    assert list(output.iterdir()) == []


def test_names_are_only_names(clip: Path, stitch: Stitch, tmp_path: Path) -> None:
    """A clip's name is never read as a pattern, an option, an address or a piece of a graph."""
    odd = tmp_path / "-i %03d 'a':b;[c],http:.mp4"
    odd.write_bytes(clip.read_bytes())
    assert probe(stitch([odd])).frames == 90


def test_sound_alone_is_refused(
    barcodes: Barcodes, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """A file without video is called that."""
    sound = tmp_path / "sound.mp4"
    barcodes.ffmpeg(["-f", "lavfi", "-i", "sine=d=1", str(sound)])
    assert refused([sound], tmp_path / "film.mp4") == 2
    assert capfd.readouterr().err == "stitch_clips: sound.mp4: no video in it\n"


def test_high_dynamic_range_is_refused(
    barcodes: Barcodes, clip: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """A clip whose colours the film cannot keep is refused instead of being made wrong."""
    tags = "setparams=colorspace=bt2020nc:color_primaries=bt2020:color_trc=arib-std-b67"
    bright = barcodes.copy(clip, "bright.mp4", "-vf", tags)
    assert refused([bright], tmp_path / "film.mp4") == 2
    assert "bright.mp4: high dynamic range" in capfd.readouterr().err


def test_a_failure_keeps_the_old_film(clip: Path, stitch: Stitch, tmp_path: Path) -> None:
    """A film that is there stays as it was when a new one cannot be made."""
    film = stitch([clip])
    before = film.read_bytes()
    damaged(clip, tmp_path / "damaged.mp4")
    assert refused([tmp_path / "damaged.mp4"], film) == 2
    assert film.read_bytes() == before


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--easing", "bounce"], "no easing is called 'bounce'"),
        (["--bezier", "2,0,0,1"], "within 0 and 1"),
        (["--bezier", "0,0,0,1", "--easing", "ease"], "not allowed with"),
        (["--fps", "0"], "out of range"),
        (["--fps", "many"], "no number"),
        (["--clip-seconds", "0.1", "--fps", "12"], "fewer than 2 frames"),
        (["--crf", "0"], "out of range"),
        (["--preset", "warp"], "invalid choice"),
        (["--output", "film.avi"], "is an .mp4 file"),
    ],
)
def test_bad_options_are_refused(
    clip: Path,
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
    arguments: list[str],
    said: str,
) -> None:
    """A wrong option is answered in one line that says what is wrong with it."""
    assert refused([clip], tmp_path / "film.mp4", *arguments) == 2
    line = capfd.readouterr().err
    assert said in line
    assert line.count("\n") == 1


def test_packets_that_show_nothing_are_noticed(
    barcodes: Barcodes, clip: Path, stitch: Stitch
) -> None:
    """VP8 has packets that are no pictures; the clip is counted again by decoding it."""
    hidden = barcodes.folder / "hidden.webm"
    options = ["-c:v", "libvpx", "-auto-alt-ref", "1", "-lag-in-frames", "25", "-b:v", "100k"]
    for stage in ("1", "2"):
        log = ["-pass", stage, "-passlogfile", str(barcodes.folder / "vp8")]
        barcodes.ffmpeg(["-i", str(clip), *options, *log, str(hidden)])
    assert probe(hidden).frames > probe(hidden, decode=True).frames == 121
    assert max(offsets(barcodes.read(stitch([hidden])), 121)) <= 0.5


def test_term_stops_ffmpeg_and_leaves_nothing(clip: Path, tmp_path: Path) -> None:
    """TERM in the middle ends the encoder too and takes the unfinished film away."""
    output = tmp_path / "films" / "film.mp4"
    slow = ["--preset", "veryslow", "--clip-seconds", "60", "--output", str(output)]
    command = [sys.executable, "-m", "sandbox.scripts.stitch_clips", *(["--clip", str(clip)] * 9)]
    with subprocess.Popen([*command, *slow], stdout=subprocess.PIPE) as script:
        assert script.stdout is not None
        for line in script.stdout:
            if b'"progress"' in line:
                break
        children = Path(f"/proc/{script.pid}/task/{script.pid}/children").read_text().split()
        script.send_signal(signal.SIGTERM)
        assert script.wait() == 128 + signal.SIGTERM
    assert len(children) == 1
    with pytest.raises(ProcessLookupError):
        os.kill(int(children[0]), 0)
    assert list(tmp_path.glob("films*")) == []
