"""The artifact store: immutable keys, on a local folder or any object storage."""

from __future__ import annotations

import asyncio
import hashlib
import tempfile
from collections.abc import AsyncIterator, Mapping
from pathlib import Path
from typing import Any, cast
from urllib.parse import unquote, urlsplit

import obstore
from obstore.exceptions import NotFoundError
from obstore.store import LocalStore, ObjectStore, from_url

_CHUNK = 1024 * 1024


class MissingArtifactError(KeyError):
    """Nothing is stored under the key."""

    def __str__(self) -> str:
        return f"nothing is stored under {self.args[0]!r}"


class ArtifactStore:
    """Put and get by key. Keys are relative paths; what is under a key never changes meaning."""

    def __init__(self, backend: ObjectStore) -> None:
        self._backend = backend

    @classmethod
    def open(cls, url: str, options: Mapping[str, str] | None = None) -> ArtifactStore:
        """Open ``file://``, ``s3://``, ``gs://`` or ``az://``; a folder is made when missing.

        ``options`` are the storage's own (credentials, region, endpoint); what they leave open
        comes from the environment, as each storage's tools read it.
        """
        if urlsplit(url).scheme == "file":
            folder = Path(unquote(urlsplit(url).path))
            folder.mkdir(parents=True, exist_ok=True)
            return cls(LocalStore(folder))
        return cls(from_url(url, **cast(Any, options or {})))

    async def put(self, key: str, content: bytes) -> None:
        """Store ``content`` whole under ``key``."""
        await obstore.put_async(self._backend, key, content)

    async def put_file(self, key: str, path: Path) -> None:
        """Store the file at ``path`` under ``key``, without holding it in memory."""
        await obstore.put_async(self._backend, key, path)

    async def get(self, key: str) -> bytes:
        """The whole content. Raises :class:`MissingArtifactError`."""
        try:
            result = await obstore.get_async(self._backend, key)
            return bytes(await result.bytes_async())
        except (NotFoundError, FileNotFoundError):
            raise MissingArtifactError(key) from None

    async def get_range(self, key: str, start: int, end: int) -> bytes:
        """Bytes ``start`` (inclusive) to ``end`` (exclusive)."""
        try:
            return bytes(await obstore.get_range_async(self._backend, key, start=start, end=end))
        except (NotFoundError, FileNotFoundError):
            raise MissingArtifactError(key) from None

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
        """The content in chunks of about a megabyte."""
        try:
            result = await obstore.get_async(self._backend, key)
        except (NotFoundError, FileNotFoundError):
            raise MissingArtifactError(key) from None
        async for chunk in result.stream(min_chunk_size=_CHUNK):
            yield bytes(chunk)

    async def size(self, key: str) -> int | None:
        """The content's size in bytes, or ``None`` where nothing is stored under the key."""
        try:
            return int((await obstore.head_async(self._backend, key))["size"])
        except (NotFoundError, FileNotFoundError):
            return None

    async def keys(self, prefix: str) -> list[str]:
        """All keys under the folder ``prefix``, in order."""
        found: list[str] = []
        async for batch in obstore.list(self._backend, prefix=prefix):
            found.extend(item["path"] for item in batch)
        return sorted(found)

    async def folders(self, prefix: str) -> list[str]:
        """The names of the folders directly under the folder ``prefix``, in order."""
        result = await obstore.list_with_delimiter_async(self._backend, prefix=prefix)
        return sorted(path.rstrip("/").rsplit("/", 1)[-1] for path in result["common_prefixes"])


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
