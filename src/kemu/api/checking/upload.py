"""The file in a request: the body itself, or the file of a form; of no other envelope."""

from __future__ import annotations

import re
from dataclasses import dataclass
from email.message import Message
from pathlib import Path, PurePosixPath

from fastapi import Request
from fastapi.exceptions import RequestValidationError

from kemu.api.checking.form import FileOfForm
from kemu.errors import InputError

FORM = "multipart/form-data"
_ENVELOPES = re.compile(r"multipart/.*|message/.*|application/(?:json|.*\+json)")
_URL_ENCODED = "application/x-www-form-urlencoded"
# The only bytes of which a form in that encoding consists. curl says of every body that it is
# one; a document has other bytes.
_FIELDS = re.compile(rb"[\w.*+%&=-]*", re.ASCII)


@dataclass(frozen=True)
class Upload:
    """A file that was sent.

    Attributes:
        path: Where it is now.
        name: What the user calls it.
    """

    path: Path
    name: str


async def received(request: Request, folder: Path, name: str | None) -> Upload:
    """Return the file in a request, written to a folder.

    Args:
        request: Its body is the file, or a form with the file.
        folder: For the file.
        name: What the user calls it; in a form the file may have its own name.

    Raises:
        InputError: The body is another kind of envelope or compressed, or the form is broken or
            has no file or several.
    """
    kind, target = _kind(request), folder / "upload"
    if kind == FORM:
        found = await _from_form(request, target)
    elif name:
        found = await _from_body(request, target, kind == _URL_ENCODED)
    else:
        missing = {"type": "missing", "loc": ("query", "name"), "msg": "Field required"}
        raise RequestValidationError([missing])
    shown = PurePosixPath((name or found).replace("\\", "/")).name or "文件"
    # Readers look at the suffix of some formats.
    return Upload(target.rename(folder / f"document{Path(shown).suffix[:8]}"), shown)


async def _from_body(request: Request, target: Path, is_url_encoded: bool) -> str:
    beginning = b""
    with target.open("wb") as file:
        async for piece in request.stream():
            beginning = beginning or piece
            file.write(piece)
    if is_url_encoded and beginning and _FIELDS.fullmatch(beginning):
        raise _refused(_URL_ENCODED)
    return ""


async def _from_form(request: Request, target: Path) -> str:
    form = FileOfForm(request.headers["content-type"], target)
    try:
        async for piece in request.stream():
            form.write(piece)
        return form.finish()
    finally:
        form.close()


def _kind(request: Request) -> str:
    """Return the media type of a body; empty if none is named."""
    encoding = request.headers.get("content-encoding", "identity").strip().lower()
    if encoding not in ("", "identity"):
        raise _refused(f"Content-Encoding: {encoding[:30]}")
    message = Message()
    message["content-type"] = request.headers.get("content-type", "")
    kind = message.get_content_type() if message["content-type"] else ""
    if kind != FORM and _ENVELOPES.fullmatch(kind):
        raise _refused(kind)
    return kind


def _refused(kind: str) -> InputError:
    advice = "请把文件本身作为请求体，或放在表单里：curl -F file=@预算.pdf。"
    return InputError("E-API-ENVELOPE", f"不能从 {kind[:60]} 里取出文件", "Content-Type", advice)
