"""The file of a form (multipart/form-data, RFC 7578), written to disk as it arrives."""

from __future__ import annotations

from email.message import Message
from pathlib import Path
from typing import BinaryIO

from python_multipart import MultipartParser
from python_multipart.exceptions import FormParserError
from python_multipart.multipart import parse_options_header

from kemu.errors import InputError


class FileOfForm:
    """Takes a form piece by piece and keeps its only file; fields beside it are passed over.

    Attributes:
        name: Of the file as the form has it; None before its part began.
    """

    def __init__(self, content_type: str, target: Path) -> None:
        """Begin.

        Args:
            content_type: Of the request; it holds the boundary.
            target: Where the file is to be.

        Raises:
            InputError: There is no boundary, or no possible one.
        """
        self.name: str | None = None
        self._target = target
        self._header = self._value = b""
        self._disposition = b""
        self._files = 0
        self._out: BinaryIO | None = None
        self._whole = False
        boundary = parse_options_header(content_type)[1].get(b"boundary", b"")
        try:
            self._parser = MultipartParser(
                boundary,
                {
                    "on_part_begin": self._begin,
                    "on_header_field": self._on_name,
                    "on_header_value": self._on_value,
                    "on_header_end": self._on_header,
                    "on_headers_finished": self._on_headers,
                    "on_part_data": self._on_data,
                    "on_part_end": self.close,
                    "on_end": self._end,
                },
            )
        except FormParserError as error:
            raise broken(f"表单读不了（{error}）") from None
        if not boundary:
            raise broken("表单没有写明分界（boundary）")

    def write(self, data: bytes) -> None:
        """Take a piece.

        Raises:
            InputError: It can be no part of a form.
        """
        try:
            self._parser.write(data)
        except FormParserError as error:
            raise broken(f"表单读不了（{error}）") from None

    def finish(self) -> str:
        """Return the name of the file when all has arrived.

        Raises:
            InputError: The form is not whole, or has no file or several.
        """
        self.close()
        if not self._whole:
            raise broken("表单不完整")
        if self._files != 1 or self.name is None:
            raise broken(f"表单里有 {self._files} 个文件")
        return self.name

    def close(self) -> None:
        """Close the file, if it is open."""
        if self._out:
            self._out.close()
            self._out = None

    def _begin(self) -> None:
        self._disposition = b""

    def _on_name(self, data: bytes, start: int, end: int) -> None:
        self._header += data[start:end]

    def _on_value(self, data: bytes, start: int, end: int) -> None:
        self._value += data[start:end]

    def _on_header(self) -> None:
        if self._header.lower() == b"content-disposition":
            self._disposition = self._value
        self._header = self._value = b""

    def _on_headers(self) -> None:
        name = _file_name(self._disposition)
        if name is None:
            return
        self._files += 1
        self.name = name
        self._out = self._target.open("wb")

    def _on_data(self, data: bytes, start: int, end: int) -> None:
        if self._out:
            self._out.write(data[start:end])

    def _end(self) -> None:
        self._whole = True


def _file_name(disposition: bytes) -> str | None:
    """Return the name of a file by the header of its part; None if it is a field.

    Some clients write names that are not ASCII as `filename*`, though RFC 7578 forbids it.
    """
    plain = parse_options_header(disposition)[1].get(b"filename")
    if plain is not None:
        return plain.decode("utf-8", "replace")
    message = Message()
    message["Content-Disposition"] = disposition.decode("ascii", "replace")
    return message.get_filename()


def broken(message: str) -> InputError:
    """Return the error for a form that cannot be used."""
    return InputError("E-API-FORM", message, "", "每次一个文件：curl -F file=@预算.pdf。")
