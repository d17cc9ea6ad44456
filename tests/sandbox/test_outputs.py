"""Only ordinary files with expected names, decoded in full, are handed out."""

import os
import subprocess
import wave
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image

from sandbox import measure
from sandbox.errors import OutputRefused
from sandbox.outputs import digest, plain_files, select, verified, why_not
from sandbox.protocol import Artifact
from sandbox.redact import Redactor
from sandbox.scripts import _ffmpeg

NOTHING = Redactor([])
MOST = 2**30


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An output folder with one good picture in it."""
    Image.new("RGB", (30, 20), "red").save(tmp_path / "hero.png")
    return tmp_path


def film(path: Path, frames: int = 12) -> Path:
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"mp4v"), 24, (64, 48))
    for shade in range(frames):
        writer.write(np.full((48, 64, 3), shade * 10, np.uint8))
    writer.release()
    return path


def refusal(folder: Path, name: str, capsys: pytest.CaptureFixture[str]) -> str:
    measure.main([str(folder), name])
    return capsys.readouterr().out


def test_ordinary_files_are_found(folder: Path) -> None:
    """At any depth up to four, by relative name."""
    (folder / "frames").mkdir()
    (folder / "frames" / "frame-1.png").write_bytes(b"x")

    assert list(plain_files(folder)) == ["frames/frame-1.png", "hero.png"]


def test_nothing_else_is_found(folder: Path) -> None:
    """Links, second names, pipes, other types and empty files are left out, each with a reason."""
    (folder / "link.png").symlink_to("hero.png")
    (folder / "one.png").write_bytes(b"x")
    os.link(folder / "one.png", folder / "two.png")
    os.mkfifo(folder / "pipe.png")
    (folder / "page.html").write_text("x")
    (folder / "empty.png").touch()
    (folder / "elsewhere").symlink_to(folder)

    assert list(plain_files(folder)) == ["hero.png"]
    reasons = {
        "link.png": "no ordinary file",
        "two.png": "second name",
        "pipe.png": "no ordinary file",
        "page.html": "its type",
        "empty.png": "empty",
        "missing.png": "did not make it",
        "elsewhere/hero.png": "symbolic link",
        "../hero.png": "out of the output folder",
        "/etc/passwd": "out of the output folder",
    }
    assert all(reason in (why_not(folder, name) or "") for name, reason in reasons.items())


def test_digest_follows_no_link(folder: Path) -> None:
    """A file that became a link since it was looked at is not read."""
    (folder / "link.png").symlink_to(folder / "hero.png")

    with pytest.raises(OSError, match="symbolic links"):
        digest(folder / "link.png", NOTHING, MOST)


def test_file_with_a_secret_stays(folder: Path) -> None:
    """A key in a picture's metadata does not leave, also where two reads meet."""
    data = b"x" * (1024 * 1024 - 5) + b"marker-secret" + b"x" * 100
    (folder / "hero.png").write_bytes(data)

    with pytest.raises(OutputRefused, match="secret"):
        digest(folder / "hero.png", Redactor(["marker-secret"]), MOST)
    assert digest(folder / "hero.png", NOTHING, MOST)[0] == len(data)


def test_picture_is_measured(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Its real size is told."""
    assert '"width":30,"height":20' in refusal(folder, "hero.png", capsys)


def test_film_is_measured(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Size, duration and the number of frames that really decode."""
    film(folder / "clip.mp4")

    said = refusal(folder, "clip.mp4", capsys)

    assert '"width":64,"height":48,"duration":0.5,"frames":12' in said


def test_other_content_is_refused(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A name says what has to be in it."""
    Image.new("RGB", (3, 3)).save(folder / "really.jpg")
    (folder / "really.jpg").rename(folder / "a.png")
    (folder / "b.mp4").write_bytes((folder / "hero.png").read_bytes())
    with wave.open(str(folder / "c.mp4"), "wb") as sound:
        sound.setparams((1, 2, 8000, 0, "NONE", ""))
        sound.writeframes(b"\0" * 100)

    assert "no PNG picture" in refusal(folder, "a.png", capsys)
    assert "no MP4 film" in refusal(folder, "b.mp4", capsys)
    assert "no MP4 film" in refusal(folder, "c.mp4", capsys)


def test_half_a_file_is_refused(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What cannot be decoded to its end does not leave."""
    noise = np.random.default_rng(1).integers(0, 255, (200, 200, 3), np.uint8)
    Image.fromarray(noise).save(folder / "noise.png")
    data = (folder / "noise.png").read_bytes()
    (folder / "noise.png").write_bytes(data[: len(data) // 2])

    assert "cannot be decoded" in refusal(folder, "noise.png", capsys)


def test_selection_is_by_name_or_pattern(folder: Path) -> None:
    """In the order asked for, each once."""
    for number in (2, 1):
        Image.new("RGB", (4, 4)).save(folder / f"frame-{number}.png")
    measured = {
        name: verified(
            path, Artifact(path=name, artifact_type="image", width=4, height=4), NOTHING, MOST
        )
        for name, path in plain_files(folder).items()
    }

    chosen = select(folder, measured, ["hero.png", "frame-*.png", "frame-1.png"])

    assert [output.name for output in chosen] == ["hero.png", "frame-1.png", "frame-2.png"]
    with pytest.raises(OutputRefused, match="the script did not make it"):
        select(folder, measured, ["film.mp4"])


def test_refused_file_is_named(folder: Path) -> None:
    """What the measuring found is what the caller is told."""
    claim = Artifact(path="hero.png", artifact_type="image", provenance={"refused": "it is a page"})
    measured = {"hero.png": verified(folder / "hero.png", claim, NOTHING, MOST)}

    with pytest.raises(OutputRefused, match=r"hero.* is refused: it is a page"):
        select(folder, measured, ["*.png"])


def test_reading_ends_at_the_limit(folder: Path) -> None:
    """A file that grew since it was measured is not read to its end."""
    with pytest.raises(OutputRefused, match="longer than 10 bytes"):
        digest(folder / "hero.png", NOTHING, 10)


@pytest.mark.parametrize("name", ["a.png", "a.jpg", "progressive.jpg", "a.webp", "a.mp4"])
@pytest.mark.parametrize("tail", [b"<script>alert(1)</script>", b"\0", b"\xff\xd9", b"\0" * 12])
def test_nothing_follows_the_end(
    folder: Path, name: str, tail: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    """A whole file passes; one with anything behind its format's end does not."""
    noise = np.random.default_rng(1).integers(0, 255, (50, 70, 3), np.uint8)
    if name.endswith("mp4"):
        film(folder / name)
    else:
        Image.fromarray(noise).save(folder / name, progressive="progressive" in name)
    whole = refusal(folder, name, capsys)
    with (folder / name).open("ab") as file:
        file.write(tail)

    assert "refused" not in whole
    assert "refused" in refusal(folder, name, capsys)


def test_film_for_streaming_is_whole(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Index first, or in fragments: both end where their last box does."""
    made = film(folder / "made.mp4")
    for name, flags in (("fast.mp4", "+faststart"), ("parts.mp4", "frag_keyframe+empty_moov")):
        command = [_ffmpeg.find(), "-v", "error", "-i", str(made), "-c", "copy", "-movflags", flags]
        subprocess.run([*command, str(folder / name)], check=True)

        assert "refused" not in refusal(folder, name, capsys)
