"""The chat widget among others: people of the shop, other tabs, pages with a style of their own, a small screen."""

import asyncio
import contextlib
import re
from collections import defaultdict
from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import BrowserContext, Page, Route, expect

from tests.browser.chat import Chat
from tests.browser.conftest import PHONE, Faults, another_site
from tests.browser.test_accessibility import OPTIONS
from tests.servers import ADMIN_TOKEN

MESSAGES = re.compile(r"/api/v1/chat/message$")
SESSION = "JSON.parse(localStorage.getItem(`vici:${location.origin}`))"


async def admin(page: Page, path: str, **body: object) -> Any:
    answer = await page.request.fetch(
        f"/api/v1/admin/conversations{path}",
        method="POST" if body else "GET",
        headers={"Authorization": f"Bearer {ADMIN_TOKEN}"},
        data=body or None,
    )
    assert answer.ok, await answer.text()
    return await answer.json()


async def test_a_wish_for_a_person_is_noted_the_assistant_goes_on_and_a_person_is_shown_when_one_comes(
    page: Page,
) -> None:
    await page.goto("/en/")
    chat = await Chat(page).open()
    await chat.ask("I want to talk to a person")
    await expect(chat.list).to_contain_text("Your wish for a person has been noted")
    await expect(chat.state).to_have_text("Answers at once")
    await chat.ask("show me some headphones")  # no silence
    session_id = await page.evaluate(f"{SESSION}.id")
    listed = await admin(page, "?wants_person=true&limit=200")
    assert session_id in [each["session_id"] for each in listed["items"]]
    await admin(page, f"/{session_id}/messages", by="mai", message="Hello, Mai here.", message_id="mai-1")
    await expect(chat.state).to_have_text("A person is answering")
    await expect(chat.answers.last).to_contain_text("A person of the shop")
    await expect(chat.answers.last.locator(".bubble")).to_have_text("Hello, Mai here.")
    await chat.say("thank you")
    await expect(chat.mine).to_have_count(3)
    await expect(chat.typing).not_to_be_visible()  # nobody types just because something was sent


@pytest.mark.parametrize("locks", [True, False])
async def test_two_tabs_put_what_waited_into_one_new_session(
    visitor: Callable[..., Any], faults: Faults, locks: bool
) -> None:
    faults.expected += ["410", "ERR_INTERNET_DISCONNECTED", "ERR_NETWORK"]
    context: BrowserContext = await visitor()
    if not locks:
        await context.add_init_script("Object.defineProperty(navigator, 'locks', { value: undefined })")
    first, second = await context.new_page(), await context.new_page()
    await first.goto("/")
    chat = await Chat(first).open()
    await chat.ask("chào shop")
    await second.goto("/pages/delivery")
    there = await Chat(second).open()
    await expect(there.answers).to_have_count(1)
    expired = await first.evaluate(f"{SESSION}.id")
    refusals = 0
    taken: dict[str, set[str]] = defaultdict(set)
    both, again = asyncio.Event(), asyncio.Event()

    async def expire(route: Route) -> None:
        nonlocal refusals
        said = route.request.post_data_json
        if said["session_id"] != expired:
            taken[said["message_id"]].add(said["session_id"])
            await route.continue_()
            again.set()
            return
        refusals += 1
        if refusals > 1:  # the other tab learns of it when the first has begun a new session
            both.set()
            await again.wait()
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(both.wait(), 1)
        await route.fulfill(status=410, body="{}")

    await context.route(MESSAGES, expire)
    await context.set_offline(True)
    await chat.say("Phí giao hàng bao nhiêu?")
    await expect(chat.mine.last).to_contain_text("Chờ có mạng")
    await context.set_offline(False)
    await expect(chat.answers).to_have_count(2)
    await expect(there.answers).to_have_count(2)
    assert refusals == (1 if locks else 2)
    assert [len(sessions) for sessions in taken.values()] == [1]
    await there.ask("tìm tai nghe")
    await expect(chat.answers).to_have_count(3)
    assert len(set.union(*taken.values())) == 1


async def test_beginning_anew_ends_the_session_and_clears_every_tab(visitor: Callable[..., Any]) -> None:
    context: BrowserContext = await visitor()
    page, second = await context.new_page(), await context.new_page()
    await page.goto("/en/")
    chat = await Chat(page).open()
    await expect(chat.anew).not_to_be_visible()
    await chat.ask("hello")
    await second.goto("/en/")
    there = await Chat(second).open()
    await expect(there.answers).to_have_count(1)
    old = await page.evaluate(f"{SESSION}.id")
    await expect(chat.anew).to_have_attribute("aria-label", "Start anew")
    async with page.expect_response(re.compile(f"{old}/end$")) as ended:
        await chat.anew.click()
    assert (await ended.value).ok
    for each in (chat, there):
        await expect(each.mine).to_have_count(0)
        await expect(each.answers).to_have_count(0)
        await expect(each.anew).not_to_be_visible()
        await expect(each.replies).to_have_count(3)
    await expect(chat.field).to_be_focused()
    kept = await (await page.request.get(f"/api/v1/chat/sessions/{old}")).json()
    assert (kept["status"], len(kept["messages"])) == ("ended", 2)
    await page.reload()
    await expect(chat.dialog).to_be_visible()
    await expect(chat.mine).to_have_count(0)
    await chat.ask("show me some headphones")
    await expect(there.answers).to_have_count(1)
    await expect(chat.list).not_to_contain_text("ended")
    assert await page.evaluate(f"{SESSION}.id") != old


LOUD = """<!doctype html><html lang="en"><head><title>A loud page</title><style>
* {{ color: #c00; font-family: Georgia; text-transform: uppercase; letter-spacing: 2px }}
body * {{ position: relative !important; opacity: .5; rotate: 3deg; font-size: 40px !important; width: 50px }}
</style></head><body><h1>Loud</h1>
<script src="{shop}/widget.js" data-lang="en" data-theme="dark" data-color="#ffd400"></script></body></html>"""
LOOK = """(all) => all.map((each) => {
  const style = getComputedStyle(each);
  return [style.color, style.fontFamily, style.textTransform, style.letterSpacing, style.fontSize];
})"""


async def test_nothing_of_the_page_gets_into_the_widget(visitor: Callable[..., Any], shop: str) -> None:
    policy = f"default-src 'none'; script-src {shop}; connect-src {shop}; img-src {shop}; style-src 'unsafe-inline'"
    looks, boxes = [], []
    for html in (LOUD, re.sub("<style>.*</style>", "", LOUD, flags=re.DOTALL)):
        page: Page = await (await visitor()).new_page()
        async with another_site(html.format(shop=shop), policy) as address:
            await page.goto(address)
            chat = await Chat(page).open()
            await chat.ask("How much is delivery?")
            await expect(page.locator("vici-chat .late")).to_have_count(0)
            parts = page.locator("vici-chat :is(h2, p, button, textarea, .bubble, .bubble *, a)")
            looks.append(await parts.evaluate_all(LOOK))
            boxes.append([await each.bounding_box() for each in (chat.launcher, chat.dialog, chat.field, chat.mine)])
            host = "(e) => [getComputedStyle(e).opacity, getComputedStyle(e).colorScheme]"
            assert await page.locator("vici-chat").evaluate(host) == ["1", "dark"]
            found = (await Axe().run(page, context={"include": ["vici-chat"]}, options=OPTIONS)).response["violations"]
            assert [each["id"] for each in found if each["impact"] in ("serious", "critical")] == []
    assert looks[0] == looks[1]
    assert boxes[0] == boxes[1]


async def test_on_a_phone_the_button_makes_way_on_the_way_down_and_comes_back_on_the_way_up(
    visitor: Callable[..., Any],
) -> None:
    page = await (await visitor(**PHONE)).new_page()
    await page.goto("/search?q=tai nghe")
    chat = Chat(page)
    await expect(chat.launcher).to_be_in_viewport(ratio=1)
    await page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    await expect(chat.launcher).not_to_be_in_viewport()
    await page.evaluate("scrollBy(0, -200)")
    await expect(chat.launcher).to_be_in_viewport(ratio=1)
    await page.evaluate("scrollBy(0, 100)")
    await expect(chat.launcher).not_to_be_in_viewport()
    await chat.launcher.focus()  # by keyboard it is there
    await page.keyboard.press("Shift+Tab")
    await page.keyboard.press("Tab")
    await expect(chat.launcher).to_be_in_viewport(ratio=1)
    await page.keyboard.press("Enter")
    await chat.say("tìm tai nghe")
    await page.keyboard.press("Escape")
    await expect(page.locator("vici-chat .badge")).to_have_text("1")
    await expect(chat.launcher).to_be_in_viewport(ratio=1)  # what is unread is not hidden
    await page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    await expect(chat.launcher).to_be_in_viewport(ratio=1)
