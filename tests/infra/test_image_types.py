"""A picture is what its content is, and is called so."""

import pytest

from vici.infra.blobs.image_types import IMAGE_BYTES_MAX, image_fault

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"/>'


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.png", b"\x89PNG\r\n\x1a\n..."),
        ("a.JPEG", b"\xff\xd8\xff\xe0..."),
        ("a.jpg", b"\xff\xd8\xff\xe1..."),
        ("a.gif", b"GIF89a..."),
        ("a.webp", b"RIFF\x00\x00\x00\x00WEBPVP8 "),
        ("a.svg", SVG),
        ("a.svg", b'<!DOCTYPE svg [ <!ENTITY ns "http://www.w3.org/2000/svg"> ]>' + SVG),
        ("a.svg", b'\xef\xbb\xbf<?xml version="1.0"?>\n<!-- drawn -->\n<!DOCTYPE svg>\n' + SVG),
    ],
)
def test_a_picture_under_its_own_ending_is_taken(name: str, content: bytes) -> None:
    assert image_fault(name, content) is None


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("a.jpg", SVG, "must end in .svg"),
        ("a.svg", b"<html><svg/></html>", "it is no PNG"),
        ("a.png", b"", "it is no PNG"),
        ("a.png", b"<script>alert(1)</script>", "it is no PNG"),
        ("a.png", b"\x89PNG\r\n\x1a\n" + b"\0" * IMAGE_BYTES_MAX, "larger than 10 MB"),
        ("a.svg", b"<!--" * 20_000, "it is no PNG"),
        ("a.svg", b"<!---->" * 10_000 + b"x", "it is no PNG"),
    ],
)
def test_what_is_none_is_told(name: str, content: bytes, told: str) -> None:
    assert told in (image_fault(name, content) or "")
