"""Tell in a PDF which language it is in, so that it can be read aloud rightly.

Qt writes PDF files without that. It is added as the format itself provides for changes: an
update at the end of the file, a new version of the catalogue; nothing before it is touched.
"""

from __future__ import annotations

import re

_TRAILER = re.compile(rb"trailer\s*<<(.*?)>>\s*startxref\s+(\d+)\s+%%EOF\s*$", re.DOTALL)
_ROOT = re.compile(rb"/Root\s+(\d+)\s+0\s+R")
_SIZE = re.compile(rb"/Size\s+(\d+)")


def with_language(pdf: bytes, language: str) -> bytes:
    """Return the file with its language, and its title shown in place of its name.

    A file that is laid out otherwise than expected comes back as it is.
    """
    trailer = _TRAILER.search(pdf)
    root = _ROOT.search(trailer[1]) if trailer else None
    size = _SIZE.search(trailer[1]) if trailer else None
    if trailer is None or root is None or size is None or not language.isascii():
        return pdf
    number = int(root[1])
    catalogue = re.search(rb"(?:^|\n)%d 0 obj\s*<<(.*?)>>\s*endobj" % number, pdf, re.DOTALL)
    if catalogue is None or b"/Lang" in catalogue[1]:
        return pdf
    more = b"/Lang (%s)\n/ViewerPreferences << /DisplayDocTitle true >>\n" % language.encode()
    begin = pdf if pdf.endswith(b"\n") else pdf + b"\n"
    changed = b"%d 0 obj\n<<%s%s>>\nendobj\n" % (number, catalogue[1].rstrip() + b"\n", more)
    table_at = len(begin) + len(changed)
    table = b"xref\n0 1\n0000000000 65535 f \n%d 1\n%010d 00000 n \n" % (number, len(begin))
    kept = re.sub(rb"/Prev\s+\d+", b"", trailer[1]).strip()
    end = b"trailer\n<<\n%s\n/Prev %s\n>>\nstartxref\n%d\n%%%%EOF\n" % (kept, trailer[2], table_at)
    return begin + changed + table + end
