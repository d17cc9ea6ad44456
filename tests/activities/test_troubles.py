"""A full disk is told as such, whoever noticed it."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from activities import troubles
from activities.producing import MAX_PROVENANCE, bounded
from activities.troubles import watched
from sandbox.errors import OutputRefused, ScriptFailed
from studio.space import FULL

OURS = OSError(errno.ENOSPC, "No space left on device", "/somewhere/file")
STORES = RuntimeError("Generic LocalFileSystem error: Unable to copy data: (os error 28)")
SCRIPTS = ScriptFailed("limit-tmp", "proof_hero reached …: No space left on device")


@pytest.mark.parametrize("error", [OURS, STORES], ids=["ours", "the store's"])
def test_a_full_disk_is_a_failure_of_its_own(tmp_path: Path, error: Exception) -> None:
    """It is tried again, and says where, how much is left and what to do."""
    said = rf"disk of {tmp_path} .* MB\): free some"
    with pytest.raises(ScriptFailed, match=said) as caught, watched(tmp_path):
        raise error
    assert (caught.value.code, caught.value.retryable) == (FULL, True)


def test_a_cause_counts(tmp_path: Path) -> None:
    """A full disk behind another error is still a full disk."""
    with pytest.raises(ScriptFailed, match="no space is left"), watched(tmp_path):
        try:
            raise OURS
        except OSError as error:
            raise ValueError("it could not be kept") from error


@pytest.mark.parametrize(("scarce", "code"), [(2**63, FULL), (0, "limit-tmp")])
def test_a_scripts_own_limit_stays_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, scarce: int, code: str
) -> None:
    """A script that has used up its private folder is not the disk's fault."""
    monkeypatch.setattr(troubles, "SCARCE", scarce)
    with pytest.raises(ScriptFailed) as caught, watched(tmp_path):
        raise SCRIPTS
    assert caught.value.code == code


def test_other_errors_pass(tmp_path: Path) -> None:
    """Everything else is what it was."""
    refused = OutputRefused("hero.png", "it is empty")
    with pytest.raises(OutputRefused) as caught, watched(tmp_path):
        raise refused
    assert caught.value is refused


def test_provenance_is_bounded() -> None:
    """What a script says of its work goes into every state; a talkative one is cut short."""
    small = {"model": "m", "quad": [[1, 2]]}
    assert bounded(small) == small
    assert bounded({**small, "log": "x" * MAX_PROVENANCE, "late": 1}) == small
