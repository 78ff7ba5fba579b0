"""The chat widget as a person uses it."""

from playwright.async_api import Locator, Page, expect


class Chat:
    def __init__(self, page: Page) -> None:
        self.page = page
        self.launcher = page.locator("vici-chat .launcher")
        self.dialog = page.locator("vici-chat dialog")
        self.field = page.locator("vici-chat textarea")
        self.list = page.locator("vici-chat .list")
        self.mine = page.locator("vici-chat .from-user")
        self.answers = page.locator("vici-chat .from-shop[data-message]")
        self.replies = page.locator("vici-chat .replies button")
        self.cards = page.locator("vici-chat .card")
        self.state = page.locator("vici-chat .state-line")
        self.anew = page.locator("vici-chat .anew")
        self.typing = page.locator("vici-chat .typing")

    async def open(self) -> "Chat":
        await self.launcher.click()
        await expect(self.dialog).to_be_visible()
        return self

    async def say(self, text: str) -> None:
        await self.field.fill(text)
        await self.field.press("Enter")

    async def ask(self, text: str) -> Locator:
        """Say it and wait for what is answered."""
        before = await self.answers.count()
        await self.say(text)
        await expect(self.answers).to_have_count(before + 1)
        return self.answers.last
