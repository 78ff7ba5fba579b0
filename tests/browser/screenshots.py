"""Takes the pictures of the README: `python -m tests.browser.screenshots`.

Starts a shop with its demo in a temporary folder, or uses the one that VICI_TEST_SHOP_URL names.
"""

import asyncio
import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.async_api import Browser, Page, async_playwright, expect

from tests import servers
from tests.browser.chat import Chat
from tests.browser.conftest import FLAGS, PHONE

IMAGES = Path(__file__).parents[2] / "docs" / "images"
BYTES_MAX = 390_000


async def pictures_shown(page: Page) -> None:
    """Wait for every picture on the screen; the chat's open stream means the network is never idle."""
    await page.evaluate(
        """async () => {
            const inside = document.querySelector("vici-chat").shadowRoot.querySelectorAll("img");
            const seen = [...document.images, ...inside].filter((image) => {
                const box = image.getBoundingClientRect();
                return box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
            });
            await Promise.all(seen.map((image) => image.decode()));
        }"""
    )


async def desk(browser: Browser, shop: str) -> None:
    context = await browser.new_context(base_url=shop, viewport={"width": 1440, "height": 900}, reduced_motion="reduce")
    page = await context.new_page()
    await page.goto("/en/search?q=headphones under 5 million")
    chat = await Chat(page).open()
    await chat.ask("something wireless under 3 million?")
    await expect(chat.cards.first).to_be_visible()
    await page.evaluate("document.activeElement.shadowRoot.activeElement.blur()")
    await pictures_shown(page)
    await page.screenshot(path=IMAGES / "storefront-chat.png")
    await context.close()


async def phone(browser: Browser, shop: str) -> None:
    """Three screens side by side: the first page, a product by night, the chat."""
    shots: list[Path] = []
    for name, scheme, address in (
        ("home", "light", "/"),
        ("product", "dark", "/search?q=điện thoại"),
        ("chat", "light", "/"),
    ):
        context = await browser.new_context(
            base_url=shop,
            locale="vi-VN",
            reduced_motion="reduce",
            color_scheme=scheme,
            device_scale_factor=1.5,
            **PHONE,
        )
        page = await context.new_page()
        await page.goto(address)
        if name == "product":
            await page.locator(".card-name a").first.tap()
            await page.wait_for_url("**/products/**")
        if name == "chat":
            chat = await Chat(page).open()
            await chat.ask("Phí giao hàng bao nhiêu?")
            await chat.ask("quà cho mẹ dưới 1 triệu")
        await pictures_shown(page)
        shots.append(IMAGES / f"{name}.part.png")
        await page.screenshot(path=shots[-1])
        await context.close()
    parts = [Image.open(shot).convert("RGB") for shot in shots]
    gap = 36
    whole = Image.new("RGB", (sum(part.width for part in parts) + gap * (len(parts) - 1), parts[0].height), "white")
    for index, part in enumerate(parts):
        whole.paste(part, (index * (part.width + gap), 0))
        shots[index].unlink()
    whole.save(IMAGES / "phone.png")


def shrink(picture: Path) -> None:
    """A palette where the picture is too heavy with all its colours."""
    image = Image.open(picture).convert("RGB")
    image.save(picture, optimize=True)
    if picture.stat().st_size > BYTES_MAX:
        image.quantize(256).save(picture, optimize=True)
    sys.stdout.write(f"{picture.relative_to(Path.cwd())}: {picture.stat().st_size / 1000:.0f} kB\n")


async def take(shop: str) -> None:
    IMAGES.mkdir(parents=True, exist_ok=True)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=servers.chromium(), args=FLAGS)
        await desk(browser, shop)
        await phone(browser, shop)
        await browser.close()
    for name in ("storefront-chat.png", "phone.png"):
        shrink(IMAGES / name)


def main() -> None:
    folder = Path(tempfile.mkdtemp(prefix="vici-screenshots-"))
    try:
        asyncio.run(take(servers.shared("shop", folder)))
    except servers.Missing as reason:
        sys.exit(str(reason))
    finally:
        servers.stop_all(folder)


if __name__ == "__main__":
    main()
