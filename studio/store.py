"""The artifact store: immutable keys, on a local folder or any object storage."""

from __future__ import annotations

import asyncio
import hashlib
import tempfile
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import unquote, urlsplit

import obstore
from obstore.exceptions import (
    GenericError,
    NotFoundError,
    PermissionDeniedError,
    UnauthenticatedError,
)
from obstore.store import LocalStore, ObjectStore, from_url

if TYPE_CHECKING:
    from obstore.store import RetryConfig

_CHUNK = 1024 * 1024
PATIENCE = timedelta(seconds=10)
"""How long the store may take to begin an answer, and for each megabyte of it a second more."""
_RETRIES: RetryConfig = {"max_retries": 3, "retry_timeout": timedelta(seconds=8)}
"""Bounds on what obstore tries again by itself: its own are 10 times in three minutes."""


class MissingArtifactError(KeyError):
    """Nothing is stored under the key."""

    def __str__(self) -> str:
        return f"nothing is stored under {self.args[0]!r}"


class StoreAwayError(Exception):
    """The store does not answer in time, or cannot do what it is asked."""


class ArtifactStore:
    """Put and get by key. Keys are relative paths; what is under a key never changes meaning."""

    def __init__(self, backend: ObjectStore, patience: timedelta = PATIENCE) -> None:
        self._backend = backend
        self._patience = patience

    @classmethod
    def open(
        cls, url: str, options: Mapping[str, str] | None = None, patience: timedelta = PATIENCE
    ) -> ArtifactStore:
        """Open ``file://``, ``s3://``, ``gs://`` or ``az://``; a folder is made when missing.

        ``options`` are the storage's own (credentials, region, endpoint); what they leave open
        comes from the environment, as each storage's tools read it.
        """
        if urlsplit(url).scheme == "file":
            folder = Path(unquote(urlsplit(url).path))
            folder.mkdir(parents=True, exist_ok=True)
            return cls(LocalStore(folder), patience)
        # No client options are given: they would put aside the environment's AWS_ALLOW_HTTP.
        return cls(from_url(url, retry_config=_RETRIES, **cast(Any, options or {})), patience)

    async def put(self, key: str, content: bytes) -> None:
        """Store ``content`` whole under ``key``. Raises :class:`StoreAwayError`."""
        async with self._answering(key, len(content)):
            await obstore.put_async(self._backend, key, content)

    async def put_file(self, key: str, path: Path) -> None:
        """Store the file at ``path`` under ``key``, without holding it in memory."""
        size = (await asyncio.to_thread(path.stat)).st_size
        async with self._answering(key, size):
            await obstore.put_async(self._backend, key, path)

    async def get(self, key: str) -> bytes:
        """The whole content. Raises :class:`MissingArtifactError`, :class:`StoreAwayError`."""
        async with self._answering(key):
            result = await obstore.get_async(self._backend, key)
        async with self._answering(key, result.meta["size"]):
            return bytes(await result.bytes_async())

    async def get_range(self, key: str, start: int, end: int) -> bytes:
        """Bytes ``start`` (inclusive) to ``end`` (exclusive)."""
        async with self._answering(key, end - start):
            return bytes(await obstore.get_range_async(self._backend, key, start=start, end=end))

    async def get_file(self, key: str, path: Path) -> None:
        """Copy the content to ``path``, whole or not at all."""
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".fetch-", delete=False) as file:
            temporary = Path(file.name)
            try:
                async for chunk in self.stream(key):
                    await asyncio.to_thread(file.write, chunk)
            except BaseException:
                temporary.unlink(missing_ok=True)
                raise
        temporary.replace(path)

    async def stream(self, key: str) -> AsyncIterator[bytes]:
        """The content in chunks of about a megabyte, each within its time."""
        async with self._answering(key):
            chunks = aiter(
                (await obstore.get_async(self._backend, key)).stream(min_chunk_size=_CHUNK)
            )
        while True:
            # The limit lies about the fetching alone: who reads may take as long as they like.
            async with self._answering(key, _CHUNK):
                chunk = await anext(chunks, None)
            if chunk is None:
                return
            yield bytes(chunk)

    async def size(self, key: str) -> int | None:
        """The content's size in bytes, or ``None`` where nothing is stored under the key."""
        try:
            async with self._answering(key):
                return int((await obstore.head_async(self._backend, key))["size"])
        except MissingArtifactError:
            return None

    async def keys(self, prefix: str) -> list[str]:
        """All keys under the folder ``prefix``, in order."""
        found: list[str] = []
        batches = aiter(obstore.list(self._backend, prefix=prefix))
        while True:
            async with self._answering(prefix):
                batch = await anext(batches, None)
            if batch is None:
                return sorted(found)
            found.extend(item["path"] for item in batch)

    async def folders(self, prefix: str) -> list[str]:
        """The names of the folders directly under the folder ``prefix``, in order."""
        async with self._answering(prefix):
            result = await obstore.list_with_delimiter_async(self._backend, prefix=prefix)
        return sorted(path.rstrip("/").rsplit("/", 1)[-1] for path in result["common_prefixes"])

    @asynccontextmanager
    async def _answering(self, key: str, size: int = 0) -> AsyncIterator[None]:
        """Raise :class:`MissingArtifactError` or :class:`StoreAwayError` for what the store raises.

        Without a limit of ours a store that takes connections and never answers holds its caller
        for minutes. The cause is kept: it may say that a disk is full.
        """
        patience = self._patience.total_seconds() + size / _CHUNK
        try:
            async with asyncio.timeout(patience):
                yield
        except (NotFoundError, FileNotFoundError):
            raise MissingArtifactError(key) from None
        except TimeoutError as error:
            words = f"the artifact store has not answered within {patience:.0f} s ({key})"
            raise StoreAwayError(words) from error
        except (
            GenericError,
            PermissionDeniedError,
            UnauthenticatedError,
            PermissionError,
        ) as error:
            first = str(error).partition("\n")[0]
            raise StoreAwayError(f"the artifact store is out of reach: {first}") from error


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
