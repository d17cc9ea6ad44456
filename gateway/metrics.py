"""Metrics for Prometheus, in a registry of their own."""

from __future__ import annotations

from collections.abc import Callable

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)


class Metrics:
    """What one gateway process counts."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.requests = Counter(
            "shoot_gateway_requests",
            "Requests by route, method and status",
            ("route", "method", "status"),
            registry=self.registry,
        )
        self.seconds = Histogram(
            "shoot_gateway_first_byte_seconds",
            "Seconds from a request to the first byte of its answer",
            ("route",),
            buckets=SECONDS,
            registry=self.registry,
        )
        self.gaps = Counter(
            "shoot_gateway_stream_gaps",
            "How often a viewer missed events and was given a snapshot",
            registry=self.registry,
        )
        self.cuts = Counter(
            "shoot_gateway_stream_cuts",
            "Streams cut because a write made no progress",
            registry=self.registry,
        )
        self.uploads = Counter(
            "shoot_gateway_uploads",
            "Uploaded files by outcome",
            ("outcome",),
            registry=self.registry,
        )

    def watch(self, viewers: Callable[[], float], channels: Callable[[], float]) -> None:
        """Show the number of open streams, and of shoots that are read for them."""
        for name, words, read in (
            ("shoot_gateway_viewers", "Open event streams", viewers),
            ("shoot_gateway_channels", "Shoots whose events are being read", channels),
        ):
            Gauge(name, words, registry=self.registry).set_function(read)

    def text(self) -> bytes:
        """The exposition."""
        return generate_latest(self.registry)
