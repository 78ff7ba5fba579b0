"""What a picture is, told by its content, not by its name."""

import re

ENDINGS = {
    "image/png": (".png",),
    "image/jpeg": (".jpg", ".jpeg"),
    "image/webp": (".webp",),
    "image/gif": (".gif",),
    "image/svg+xml": (".svg",),
}
IMAGE_BYTES_MAX = 10_000_000

_BEGINNINGS = {b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg", b"GIF8": "image/gif"}
# Declarations and comments may stand before the root.
_SVG = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?>(?:<!--.*?-->\s*|<!DOCTYPE[^>\[]*(?:\[.*?\]\s*)?>\s*)*)<svg[\s>]", re.DOTALL
)


def image_fault(name: str, content: bytes) -> str | None:
    """Why this is no picture the shop can show under this name, if it is none."""
    if len(content) > IMAGE_BYTES_MAX:
        return f"it is larger than {IMAGE_BYTES_MAX // 10**6} MB: make it smaller"
    found = _type_of(content)
    if found is None:
        return "it is no PNG, JPEG, WebP, GIF or SVG picture"
    if not name.lower().endswith(ENDINGS[found]):
        return f"its name must end in {' or '.join(ENDINGS[found])}, for that is what it is"
    return None


def _type_of(content: bytes) -> str | None:
    for beginning, found in _BEGINNINGS.items():
        if content.startswith(beginning):
            return found
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp"
    return "image/svg+xml" if _SVG.match(content[:100_000].removeprefix(b"\xef\xbb\xbf")) else None
