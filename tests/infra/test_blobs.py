"""What every store of images and files promises."""

from pathlib import Path

import pytest

from vici.infra.blobs.blobs import BadBlobName, Blobs, BlobsUnavailable
from vici.infra.blobs.open import open_blobs


@pytest.fixture(params=["file", "memory"])
def blobs(request: pytest.FixtureRequest, tmp_path: Path) -> Blobs:
    return open_blobs({"file": f"file:///{tmp_path}/blobs", "memory": "memory://"}[request.param])


async def test_what_was_put_is_got_with_its_type(blobs: Blobs) -> None:
    await blobs.put("products/p 1.svg", b"<svg/>")
    found = await blobs.get("products/p 1.svg")
    assert found is not None
    assert (found.content, found.content_type) == (b"<svg/>", "image/svg+xml")
    assert (await blobs.get("products/p 1.svg")) == found


async def test_a_second_put_replaces_and_changes_the_etag(blobs: Blobs) -> None:
    await blobs.put("a.bin", b"one")
    first = await blobs.get("a.bin")
    await blobs.put("a.bin", b"")
    second = await blobs.get("a.bin")
    assert first is not None
    assert second is not None
    assert (second.content, second.content_type) == (b"", "application/octet-stream")
    assert first.etag != second.etag


async def test_what_is_not_there_is_nothing_and_deleting_it_is_no_fault(blobs: Blobs) -> None:
    assert await blobs.get("nothing.png") is None
    await blobs.delete("nothing.png")
    await blobs.put("x.png", b"x")
    await blobs.delete("x.png")
    assert await blobs.get("x.png") is None


async def test_a_name_cannot_leave_the_store(blobs: Blobs, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("secret")
    for name in ("../secret.txt", "a/../../secret.txt", "/etc/passwd", "..", "a//b", "a\x00b"):
        with pytest.raises(BadBlobName):
            await blobs.get(name)
        with pytest.raises(BadBlobName):
            await blobs.put(name, b"mine now")
    assert (tmp_path / "secret.txt").read_text() == "secret"


def test_an_unknown_store_is_refused_in_one_line() -> None:
    with pytest.raises(BlobsUnavailable) as refusal:
        open_blobs("ftp://example.com/blobs")
    assert "\n" not in str(refusal.value)
