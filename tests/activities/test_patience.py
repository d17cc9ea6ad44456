"""When to try again."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

import pytest
from temporalio.common import RetryPolicy

from activities.patience import no_sooner
from workflows.making import LIVE_RETRIES
from workflows.turns import RETRIES

SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("policy", "promised"),
    [(LIVE_RETRIES, timedelta(minutes=20)), (RETRIES, timedelta(seconds=90))],
)
@pytest.mark.parametrize("asked", [0, 1, 5])
def test_the_promised_patience_is_kept(
    policy: RetryPolicy, promised: timedelta, asked: int
) -> None:
    """However soon a provider lets itself be asked, all tries last as long as the docs say."""
    pauses = [no_sooner(asked * SECOND, n, policy) for n in range(1, policy.maximum_attempts)]
    whole = sum((pause for pause in pauses if pause is not None), timedelta())
    assert whole >= promised
    assert all(one <= later for one, later in pairwise(p for p in pauses if p is not None))


def test_no_sooner_than_asked() -> None:
    """A provider that wants an hour has it; one that says nothing leaves it to the policy."""
    assert no_sooner(3600 * SECOND, 1, RETRIES) == 3600 * SECOND
    assert no_sooner(None, 3, RETRIES) is None
