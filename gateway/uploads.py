"""Uploads: reference photos, taken in one by one; a bad one does not lose the good ones."""

from __future__ import annotations

from starlette.responses import JSONResponse

from gateway.context import Call
from gateway.multipart import Part, files
from gateway.photos import MEDIA_TYPES, filename
from gateway.problems import Problem
from gateway.wire import Uploaded, UploadedFile, UploadFault
from studio.references import MAX_BYTES, ReferenceRefusedError
from studio.shoot import MAX_REFERENCES, Reference

_BODY_LIMIT = 2 * MAX_REFERENCES * MAX_BYTES
"""Room for some files that are too large: they are refused one by one, not the whole upload."""
_PART_LIMIT = 5 * MAX_REFERENCES
"""Room for some files too many, and for a form's other fields."""
_STATUS = {"too-large": 413, "not-an-image": 415}


async def create(call: Call) -> JSONResponse:
    """Take in the files of a form."""
    taken: list[UploadedFile] = []
    faults: list[UploadFault] = []
    async for part in files(call.request, MAX_BYTES, _BODY_LIMIT, _PART_LIMIT):
        try:
            if len(taken) + len(faults) >= MAX_REFERENCES:
                raise ReferenceRefusedError(
                    f"{_label(part)}: at most {MAX_REFERENCES} files at once", "too-many"
                )
            taken.append(await _take_in(call, part))
        except ReferenceRefusedError as error:
            faults.append(UploadFault(file=_label(part), error=str(error), code=error.code))
    call.gateway.metrics.uploads.labels("taken").inc(len(taken))
    call.gateway.metrics.uploads.labels("refused").inc(len(faults))
    if not taken:
        raise _all_refused(faults)
    done = Uploaded(count=len(taken), files=tuple(taken), errors=tuple(faults))
    return JSONResponse(done.model_dump(mode="json"))


async def _take_in(call: Call, part: Part) -> UploadedFile:
    if part.too_large:
        raise ReferenceRefusedError(
            f"{_label(part)}: {part.size / 1024**2:.1f} MB; a reference has at most "
            f"{MAX_BYTES // 1024**2} MB: export it smaller",
            "too-large",
        )
    reference = await call.gateway.photos.admit(call.person, bytes(part.content), part.name)
    return uploaded(reference)


def uploaded(reference: Reference) -> UploadedFile:
    """A stored photo as uploads answer with it."""
    name = filename(reference)
    return UploadedFile(
        original_name=reference.name,
        filename=name,
        path=reference.key,
        url=f"/{reference.key}",
        size=reference.size,
        mimetype=MEDIA_TYPES[name.rpartition(".")[2]],
        width=reference.width,
        height=reference.height,
    )


def _all_refused(faults: list[UploadFault]) -> Problem:
    if not faults:
        return Problem(400, "the form holds no file: add photos in the field 'images'", "no-file")
    kinds = {fault.code for fault in faults}
    status = _STATUS.get(kinds.pop(), 422) if len(kinds) == 1 else 422
    words = "; ".join(fault.error for fault in faults)
    errors = [fault.model_dump(mode="json") for fault in faults]
    return Problem(status, words, faults[0].code, errors=errors)


def _label(part: Part) -> str:
    return part.name.replace("\\", "/").rpartition("/")[2][:200] or "photo"
