"""The columns (or rows) of a sheet from the evidence along one axis."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from sandbox.scripts._sheets.evidence import Evidence, Profile

PEAKS = 24
NEAR = 8
"""Of two peaks of one kind within a JPEG block, only the stronger one counts."""
WIDTHS = 48
UNSEEN = 0.04
"""Evidence below which a border may be anywhere."""
NARROWEST = 0.3
"""A cell takes at least this share of the even split."""
MARGIN = 0.06
"""Beyond the outermost cells, this share of a cell should be free of content."""
WIDEST_GAP = 0.45
"""A gutter is at most this share of a cell, or 64 pixels."""


@dataclass(frozen=True)
class Span:
    """One column or row: where it begins and ends, and what speaks for either (0 to 1)."""

    begin: float
    end: float
    begin_support: float
    end_support: float


@dataclass(frozen=True)
class Fit:
    """The columns or rows of an axis, in order, and how well they are supported."""

    spans: tuple[Span, ...]
    score: float

    @property
    def mean(self) -> float:
        """The worth of one span's two borders, on average: up to about 1.9."""
        return self.score / len(self.spans)


def fit(evidence: Evidence, count: int, gap: float | None = None) -> Fit | None:
    """The ``count`` spans that the evidence supports best, or None.

    ``gap`` is the usual width of this sheet's gutters, when it is known; where borders cannot be
    seen, it decides.

    Candidates are the peaks of the evidence. For every likely size of a span, a chain of
    ``count`` spans of about that size is found by dynamic programming; a span whose one border
    cannot be seen takes it from the size.
    """
    length = len(evidence.content)
    begins, ends = _peaks(evidence.begins), _peaks(evidence.ends)
    best: Fit | None = None
    blocked = np.concatenate([[0.0], np.cumsum(evidence.content)])
    for size in _sizes(begins, ends, length / count):
        spans = _spans(evidence, begins, ends, size)
        found = _chain(spans, count, size, blocked, gap)
        if found and (best is None or found.score > best.score):
            best = found
    return best and _centred(best)


def _centred(found: Fit) -> Fit:
    """Spans of which neither border is seen moved to the middle of what their neighbours leave."""
    spans = list(found.spans)
    for index in range(1, len(spans) - 1):
        before, span, after = spans[index - 1 : index + 2]
        if max(span.begin_support, span.end_support) < UNSEEN:
            by = (before.end + after.begin - span.begin - span.end) / 2
            spans[index] = replace(span, begin=span.begin + by, end=span.end + by)
    return replace(found, spans=tuple(spans))


Peak = tuple[int, float]


def _peaks(profile: Profile) -> list[Peak]:
    """The strongest positions and their strength over what is usual around them."""
    rest = profile - np.clip(_usual(profile), 0, None)
    found: list[Peak] = []
    for _ in range(PEAKS):
        at = int(rest.argmax())
        if rest[at] < 0.04:
            break
        found.append((at, float(rest[at])))
        rest[max(0, at - NEAR) : at + NEAR + 1] = 0
    return found


def _usual(profile: Profile, reach: int = 12) -> Profile:
    padded = np.pad(profile, reach, mode="reflect")
    windows = np.lib.stride_tricks.sliding_window_view(padded, 2 * reach + 1)
    return np.asarray(np.median(windows, axis=1), np.float64)


def _worth(support: float) -> float:
    return support**2 / (support**2 + 0.04) if support > 0 else 3 * support


def _sizes(begins: list[Peak], ends: list[Peak], even: float) -> list[float]:
    """The sizes that pairs of peaks speak for, the most supported ones first."""
    votes: dict[int, float] = {}
    step = max(1.0, even * 0.004)
    for begin, a in begins:
        for end, b in ends:
            size = end - begin
            if NARROWEST * even <= size <= even + 2:
                key = round(size / step)
                votes[key] = votes.get(key, 0) + _worth(a) * _worth(b)
    smooth = {
        key: votes.get(key - 1, 0) + value + votes.get(key + 1, 0) for key, value in votes.items()
    }
    ranked = sorted(smooth, key=lambda key: -smooth[key])
    return [key * step for key in ranked[:WIDTHS]]


def _spans(
    evidence: Evidence, begins: list[Peak], ends: list[Peak], size: float
) -> list[tuple[Span, float]]:
    length = len(evidence.content)
    found: list[tuple[Span, float]] = []
    slack = 0.08 * size + 2

    def add(begin: float, end: float, a: float, b: float, cost: float) -> None:
        if begin >= -1.5 and end <= length + 1.5:
            begin, end = max(0.0, begin), min(float(length), end)
            found.append((Span(begin, end, a, b), _worth(a) + _worth(b) - cost))

    for begin, a in begins:
        add(begin, begin + size, a, _unseen(evidence.ends, begin + size), 0.05)
        for end, b in ends:
            off = abs(end - begin - size)
            if off <= slack:
                add(begin, end, a, b, 0.25 * float(np.log1p((off / (0.01 * size + 1)) ** 2)))
    for end, b in ends:
        add(end - size, end, _unseen(evidence.begins, end - size), b, 0.05)
    for somewhere in np.arange(0, length - size + 1, max(1.0, size / 150)).tolist():
        a, b = _unseen(evidence.begins, somewhere), _unseen(evidence.ends, somewhere + size)
        if a + b > -0.2:
            add(somewhere, somewhere + size, a, b, 0.12)
    found.sort(key=lambda item: item[0].begin)
    return found


def _unseen(profile: Profile, at: float) -> float:
    """What speaks against a border at a place where none is seen (0 or less)."""
    place = min(max(0, round(at)), len(profile) - 1)
    return min(0.0, float(profile[max(0, place - 1) : place + 2].max()))


def _chain(
    spans: list[tuple[Span, float]], count: int, size: float, blocked: Profile, usual: float | None
) -> Fit | None:
    if not spans:
        return None
    begin = np.array([span.begin for span, _ in spans])
    end = np.array([span.end for span, _ in spans])
    worth = np.array([value for _, value in spans])
    gap = begin[None, :] - end[:, None]
    allowed = (gap >= 1) & (gap <= max(64, WIDEST_GAP * size))
    low, high = np.rint(end).astype(int)[:, None], np.rint(begin).astype(int)[None, :]
    inside = (blocked[np.clip(high, 0, None)] - blocked[low]) / np.maximum(1, gap)
    link = np.where(allowed, -inside - 2.0 * np.clip(inside - 0.4, 0, None), -np.inf)
    if usual is not None:
        link = link - 0.07 * np.log1p(((gap - usual) / (0.01 * size + 1)) ** 2)
    total, back = worth - _strewn(blocked, begin - MARGIN * size, begin), []
    for _ in range(count - 1):
        through = total[:, None] + link
        back.append(through.argmax(axis=0))
        total = through.max(axis=0) + worth
    total = total - _strewn(blocked, end, end + MARGIN * size)
    last = int(total.argmax())
    if not np.isfinite(total[last]):
        return None
    path = [last]
    for step in reversed(back):
        path.append(int(step[path[-1]]))
    return Fit(tuple(spans[index][0] for index in reversed(path)), float(total[last]))


def _strewn(blocked: Profile, low: Profile, high: Profile) -> Profile:
    """The mean content between two positions, where there should be none."""
    last = len(blocked) - 1
    first, end = np.clip(np.rint([low, high]).astype(int), 0, last)
    return np.asarray((blocked[end] - blocked[first]) / np.maximum(8, end - first), np.float64)
