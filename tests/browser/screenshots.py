"""Takes the pictures of the README: `python -m tests.browser.screenshots`.

Starts a shop with its demo in a temporary folder, or uses the one that VICI_TEST_SHOP_URL names.
"""

import asyncio
import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.async_api import Browser, async_playwright, expect

from tests import servers
from tests.browser.chat import Chat
from tests.browser.conftest import FLAGS, PHONE

IMAGES = Path(__file__).parents[2] / "docs" / "images"
COLOURS = 256


async def desk(browser: Browser, shop: str) -> None:
    context = await browser.new_context(base_url=shop, viewport={"width": 1440, "height": 900}, reduced_motion="reduce")
    page = await context.new_page()
    await page.goto("/search?q=tai nghe dưới 5 triệu")
    chat = await Chat(page).open()
    await chat.ask("tai nghe chống ồn dưới 5 triệu")
    await expect(chat.cards.first).to_be_visible()
    await page.evaluate("document.activeElement.shadowRoot.activeElement.blur()")
    await page.wait_for_load_state("networkidle")
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
            base_url=shop, reduced_motion="reduce", color_scheme=scheme, device_scale_factor=1.5, **PHONE
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
        await page.wait_for_load_state("networkidle")
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
    """Drawn pictures keep their looks with a palette, at a third of the size."""
    image = Image.open(picture).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    image.save(picture, optimize=True)
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
