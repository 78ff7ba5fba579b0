"""How steady a page is."""

from playwright.async_api import Page


async def layout_shift(page: Page) -> float:
    """The browser's own measure of what has moved since the page was opened, other than by what someone did."""
    return await page.evaluate(
        """() => new Promise((resolve) => {
            let sum = 0;
            new PerformanceObserver((list) => {
                for (const entry of list.getEntries()) if (!entry.hadRecentInput) sum += entry.value;
            }).observe({ type: "layout-shift", buffered: true });
            setTimeout(() => resolve(sum), 60);
        })"""
    )
