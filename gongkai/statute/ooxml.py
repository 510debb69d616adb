"""Office packages (.docx, .xlsx) that say nothing of the person, the machine or the hour that made them."""

from __future__ import annotations

import io
import re
import shutil
import zipfile
from typing import IO
from xml.sax.saxutils import escape

# The earliest moment a zip entry can carry: the same bytes today and tomorrow.
_EPOCH = (1980, 1, 1, 0, 0, 0)
_FORBIDDEN = re.compile("[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_BREAKS = re.compile("[\t\n\x0b\x0c\r\x85\u2028\u2029]+")

_CORE = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/">'
    "<dc:title>{title}</dc:title><dc:language>zh-CN</dc:language></cp:coreProperties>"
)
_APP = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    "<Application>Gongkai</Application></Properties>"
)


def plain(text: str) -> str:
    """The text without characters that no document may hold; line breaks and tabs become one space."""
    return _BREAKS.sub(" ", _FORBIDDEN.sub("", text))


def settle(package: bytes, title: str) -> bytes:
    """The same package with its properties reduced to title and language, and without times: equal content
    gives equal bytes."""
    out = io.BytesIO()
    settle_into(io.BytesIO(package), out, title)
    return out.getvalue()


def settle_into(package: IO[bytes], out: IO[bytes], title: str) -> None:
    """The same from file to file, a piece at a time: for packages too large to be held."""
    fixed = {"docProps/core.xml": _CORE.format(title=escape(plain(title))), "docProps/app.xml": _APP}
    with zipfile.ZipFile(package) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            info = zipfile.ZipInfo(name, _EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            if name in fixed:
                new.writestr(info, fixed[name].encode())
                continue
            info.file_size = old.getinfo(name).file_size
            with old.open(name) as source, new.open(info, "w") as part:
                shutil.copyfileobj(source, part, 256 * 1024)
