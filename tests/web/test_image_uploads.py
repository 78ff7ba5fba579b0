"""Pictures put over HTTP, and how they are shown."""

import httpx
import pytest
from pydantic import SecretStr

from vici.apps.http.app import create_app
from vici.infra.blobs.open import open_blobs
from vici.infra.limits.limiter import Limiter
from vici.settings import Settings
from vici.web.images import image_uploads, images

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 2000


@pytest.fixture
def http() -> httpx.AsyncClient:
    async def nothing() -> dict[str, str]:
        return {}

    async def no_lag() -> dict[str, int]:
        return {}

    blobs = open_blobs("memory://")
    uploads = (image_uploads(blobs),)
    settings = Settings(body_bytes_max=1024)
    app = create_app(settings, SecretStr("the-token"), (), (), nothing, no_lag, Limiter(), uploads)
    app.add_api_route("/images/{name:path}", images(blobs), response_model=None)
    headers = {"Authorization": "Bearer the-token"}
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://shop", headers=headers)


async def test_a_picture_that_was_put_is_shown(http: httpx.AsyncClient) -> None:
    put = await http.put("/api/v1/images/tea/tr%C3%A0 1.png", content=PNG)
    assert (put.status_code, put.json()) == (200, {"address": "/images/tea/tr%C3%A0%201.png"})
    shown = await http.get(put.json()["address"])
    assert (shown.content, shown.headers["content-type"]) == (PNG, "image/png")
    assert shown.headers["x-content-type-options"] == "nosniff"


async def test_a_script_in_a_drawing_is_not_run(http: httpx.AsyncClient) -> None:
    assert (await http.put("/api/v1/images/a.svg", content=SVG)).status_code == 200
    policy = (await http.get("/images/a.svg")).headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "sandbox" in policy
    assert "allow-scripts" not in policy


async def test_who_is_not_the_shop_and_what_is_no_picture_is_refused(http: httpx.AsyncClient) -> None:
    refused = await http.put("/api/v1/images/a.png", content=PNG, headers={"Authorization": "Bearer other"})
    assert refused.status_code == 401
    for name, content, told in (
        ("a.html", b"<script>", "no PNG"),
        ("a.jpg", PNG, "must end in .png"),
        ("a.png", b"", "no PNG"),
    ):
        answer = await http.put(f"/api/v1/images/{name}", content=content)
        assert (answer.status_code, told in answer.json()["detail"]) == (422, True)
    assert (await http.put("/api/v1/images/..%2Fa.png", content=PNG)).status_code == 404
    assert (await http.put("/api/v1/images/a.png", content=PNG * 5000)).status_code == 413
    assert (await http.get("/images/a.png")).status_code == 404
