"""The chat widget, on the shop's own pages and on somebody else's."""

import asyncio
import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.async_api import BrowserContext, Page, Route, expect

from tests.browser.chat import Chat
from tests.browser.conftest import PHONE, Faults, another_site
from tests.browser.layout import layout_shift
from vici.flows.import_catalog.columns import CURRENCIES
from vici.kit.money import DECIMALS, MINOR_MAX, written

WRITING = (("const DECIMALS = ", ";"), (r"function money\(", "}"))
MESSAGES = re.compile(r"/api/v1/chat/message$")
EVENTS = re.compile(r"/api/v1/chat/sessions/[^/]+/events")


async def test_a_question_in_vietnamese_is_answered_with_cards_that_lead_to_products(page: Page) -> None:
    await page.goto("/")
    chat = await Chat(page).open()
    await expect(chat.field).to_be_focused()
    await chat.say("tìm tai nghe dưới 5 triệu")
    await expect(chat.typing).to_be_visible()
    await expect(chat.cards.first).to_be_visible()
    await expect(chat.typing).not_to_be_visible()
    assert "₫" in await chat.cards.first.inner_text()
    name = await page.locator("vici-chat .card-name").first.inner_text()
    await chat.cards.first.click()
    await expect(page.locator("h1")).to_have_text(name)
    await expect(chat.dialog).to_be_visible()  # it goes along to the next page
    await expect(chat.cards.first).to_be_visible()


async def test_prices_are_written_as_on_the_pages_whatever_their_currency(page: Page, shop: str) -> None:
    script = await (await page.request.get(f"{shop}/widget.js")).text()
    parts = [re.search(rf"^{begin}.*?{end}$", script, re.MULTILINE | re.DOTALL) for begin, end in WRITING]
    source = "\n".join(part[0] for part in parts if part)
    amounts = [
        (amount, currency, language)
        for amount in (0, 1, 19, 999, 123_456_789, MINOR_MAX - 1, MINOR_MAX)
        for currency in sorted({*CURRENCIES, *DECIMALS, "XXX"})
        for language in ("vi", "en")
    ]
    shown = await page.evaluate(f"(amounts) => {{ {source}\n return amounts.map((each) => money(...each)); }}", amounts)
    assert shown == [written(*amount) for amount in amounts]


async def test_the_page_makes_room_for_the_open_chat_before_it_is_drawn(visitor: Callable[..., Any]) -> None:
    page = await (await visitor(viewport={"width": 1440, "height": 900})).new_page()
    await page.goto("/search?q=tai nghe")
    chat = await Chat(page).open()
    for _ in range(2):
        panel, results = await chat.dialog.bounding_box(), await page.locator("#results").bounding_box()
        assert panel is not None
        assert results is not None
        assert results["x"] + results["width"] < panel["x"]
        assert await layout_shift(page) < 0.02
        await page.goto("/search?q=điện thoại")
        await expect(chat.dialog).to_be_visible()
    await chat.launcher.click()
    await expect(page.locator("html")).not_to_have_attribute("data-chat", "open")


async def test_a_question_in_english_is_answered_in_english_on_english_pages(page: Page) -> None:
    await page.goto("/en/")
    chat = await Chat(page).open()
    answer = await chat.ask("show me some headphones")
    assert await answer.get_attribute("lang") == "en"
    assert "/en/products/" in str(await chat.cards.first.get_attribute("href"))


async def test_a_policy_is_answered_with_the_page_it_comes_from(page: Page) -> None:
    await page.goto("/")
    chat = await Chat(page).open()
    answer = await chat.ask("Phí giao hàng bao nhiêu?")
    await answer.locator(".citations a").first.click()
    await page.wait_for_url(re.compile("/pages/"))
    await expect(page.locator("main h1")).to_be_visible()


async def test_a_long_answer_is_read_from_its_question_on(visitor: Callable[..., Any]) -> None:
    page = await (await visitor(viewport={"width": 1280, "height": 560})).new_page()
    await page.goto("/")
    chat = await Chat(page).open()
    await chat.ask("tìm tai nghe")
    await chat.ask("Phí giao hàng bao nhiêu?")
    await expect(chat.mine.last).to_be_in_viewport(ratio=1)
    await chat.say("chào shop")
    await expect(chat.mine.last).to_be_in_viewport(ratio=1)


async def test_a_quick_reply_is_pressed_once_and_gone(page: Page) -> None:
    await page.goto("/")
    chat = await Chat(page).open()
    await chat.ask("tìm tai nghe")
    await expect(chat.replies.first).to_be_visible()
    title = await chat.replies.first.inner_text()
    async with page.expect_request(MESSAGES) as asked:
        await chat.replies.first.click()
    assert (await asked.value).post_data_json["payload"]
    await expect(chat.mine.last).to_contain_text(title)
    await expect(chat.answers).to_have_count(2)
    await expect(chat.field).to_be_focused()


async def test_a_product_page_asks_about_its_product(page: Page) -> None:
    await page.goto("/search?q=tai nghe")
    await page.locator(".card-name a").first.click()
    name = await page.locator("h1").inner_text()
    await page.locator(".buy-ask button").click()
    chat = Chat(page)
    await expect(chat.mine.first).to_contain_text(name)
    await expect(chat.answers).to_have_count(1)


async def test_a_reload_in_the_middle_loses_and_repeats_nothing(page: Page) -> None:
    await page.goto("/")
    chat = await Chat(page).open()
    await chat.say("Giờ mở cửa thế nào?")
    await page.reload()
    await expect(chat.dialog).to_be_visible()
    await expect(chat.answers).to_have_count(1)
    await expect(chat.mine).to_have_count(1)
    assert not await page.evaluate("document.querySelector('vici-chat').shadowRoot.activeElement")


async def test_what_was_not_sent_before_a_reload_is_sent_after_it_and_stands_at_the_end(
    page: Page, faults: Faults
) -> None:
    faults.expected += ["503", "ERR_"]
    await page.goto("/")
    chat = await Chat(page).open()
    await chat.ask("chào shop")
    await page.route(MESSAGES, lambda route: route.fulfill(status=503, body="{}"))
    await chat.say("Phí giao hàng bao nhiêu?")
    await page.reload()
    await expect(chat.mine).to_have_count(2)
    await page.unroute(MESSAGES)
    await page.reload()
    await expect(chat.answers).to_have_count(2)
    said = await page.locator("vici-chat :is(.from-user, .from-shop[data-message])").evaluate_all(
        "(all) => all.map((each) => each.className)"
    )
    assert said == ["from-user", "from-shop", "from-user", "from-shop"]


async def test_offline_messages_wait_and_are_sent_once(page: Page, faults: Faults) -> None:
    faults.expected += ["ERR_INTERNET_DISCONNECTED", "ERR_NETWORK"]
    await page.goto("/")
    chat = await Chat(page).open()
    await chat.ask("chào shop")
    await page.context.set_offline(True)
    await expect(chat.state).to_contain_text("ngoại tuyến")
    await chat.say("Phí giao hàng bao nhiêu?")
    await expect(chat.mine.last).to_contain_text("Chờ có mạng")
    await page.context.set_offline(False)
    await expect(chat.answers).to_have_count(2)
    await expect(chat.mine).to_have_count(2)
    await expect(chat.mine.last).not_to_contain_text("Chờ có mạng")
    await expect(chat.state).to_contain_text("Trả lời ngay")


async def test_a_lost_answer_is_asked_for_again_under_the_same_name(page: Page, faults: Faults) -> None:
    faults.expected.append("ERR_CONNECTION_RESET")
    names: list[str] = []

    async def lose_the_first_answer(route: Route) -> None:
        names.append(route.request.post_data_json["message_id"])
        if len(names) == 1:
            await route.fetch()  # it arrived at the shop, only the answer is lost
            await route.abort("connectionreset")
        else:
            await route.continue_()

    await page.route(MESSAGES, lose_the_first_answer)
    await page.goto("/")
    chat = await Chat(page).open()
    await chat.ask("chào shop")
    assert len(names) == 2
    assert len(set(names)) == 1
    await asyncio.sleep(0.3)
    await expect(chat.mine).to_have_count(1)
    await expect(chat.answers).to_have_count(1)


async def test_what_cannot_be_sent_says_so_and_can_be_tried_again(page: Page, faults: Faults) -> None:
    faults.expected.append("503")
    await page.route(MESSAGES, lambda route: route.fulfill(status=503, body="{}"))
    await page.goto("/")
    chat = await Chat(page).open()
    await chat.say("chào shop")
    await expect(chat.mine.last).to_contain_text("Chưa gửi được")
    await expect(chat.typing).not_to_be_visible()
    await page.unroute(MESSAGES)
    await page.locator("vici-chat .state button").click()
    await expect(chat.answers).to_have_count(1)
    await expect(chat.mine.last).not_to_contain_text("Chưa gửi được")


async def test_too_many_messages_are_counted_down_politely_and_sent(page: Page, faults: Faults) -> None:
    faults.expected.append("429")

    async def too_many(route: Route) -> None:
        headers = {
            "Retry-After": "1",
            "Access-Control-Allow-Origin": "*",
            "Access-Control-Expose-Headers": "Retry-After",
        }
        await route.fulfill(status=429, headers=headers, body="{}")

    await page.route(MESSAGES, too_many, times=1)
    await page.goto("/en/")
    chat = await Chat(page).open()
    await chat.say("hello")
    await expect(chat.mine.last).to_contain_text("Sending again in 1 s")
    await expect(chat.answers).to_have_count(1)


async def test_an_expired_session_gives_way_to_a_new_one_and_stays_readable(page: Page, faults: Faults) -> None:
    faults.expected.append("410")
    await page.goto("/")
    chat = await Chat(page).open()
    await chat.ask("chào shop")
    sessions: list[str] = []

    async def gone_once(route: Route) -> None:
        sessions.append(route.request.post_data_json["session_id"])
        await (route.fulfill(status=410, body="{}") if len(sessions) == 1 else route.continue_())

    await page.route(MESSAGES, gone_once)
    await chat.ask("còn ở đó không?")
    assert len(set(sessions)) == 2
    await expect(chat.mine).to_have_count(2)
    await page.reload()
    await expect(chat.mine).to_have_count(2)
    await expect(chat.answers).to_have_count(2)
    await expect(chat.list).to_contain_text("Cuộc trò chuyện mới")


async def test_without_streams_the_reply_is_asked_for(page: Page, faults: Faults) -> None:
    faults.expected += ["502"]
    await page.route(EVENTS, lambda route: route.fulfill(status=502, body=""))
    await page.goto("/")
    chat = await Chat(page).open()
    await chat.ask("chào shop")
    await expect(chat.typing).not_to_be_visible()


async def test_a_stream_that_breaks_is_resumed_behind_what_was_shown(page: Page) -> None:
    resumed: list[str | None] = []

    async def break_the_first(route: Route) -> None:
        resumed.append(route.request.headers.get("last-event-id"))
        if len(resumed) > 1:
            await route.continue_()
            return
        cut = 'event: status\ndata: {"status":"active"}\n\nid: 1\nevent: typing\ndata: {"active":true}\n\nid: 2\neve'
        await route.fulfill(headers={"Content-Type": "text/event-stream"}, body=cut)

    await page.route(EVENTS, break_the_first)
    await page.goto("/")
    chat = await Chat(page).open()
    await chat.ask("chào shop")
    assert resumed == [None, "1"]


async def test_a_closed_chat_marks_what_is_unread(page: Page) -> None:
    await page.goto("/")
    chat = await Chat(page).open()
    await chat.say("tìm tai nghe")
    await page.keyboard.press("Escape")
    await expect(chat.dialog).not_to_be_visible()
    await expect(chat.launcher).to_be_focused()
    await expect(page.locator("vici-chat .badge")).to_have_text("1")
    await expect(page).to_have_title(re.compile(r"^\(1\) "))
    await expect(chat.launcher).to_have_attribute("aria-label", re.compile("1 tin chưa đọc"))
    await page.goto("/pages/delivery")
    await expect(page.locator("vici-chat .badge")).to_have_text("1")
    await chat.open()
    await expect(page.locator("vici-chat .badge")).not_to_be_visible()
    await expect(page).not_to_have_title(re.compile(r"^\("))


async def test_tabs_of_one_session_stay_in_step(visitor: Callable[..., Any]) -> None:
    context: BrowserContext = await visitor()
    first, second = await context.new_page(), await context.new_page()
    await first.goto("/")
    await second.goto("/pages/delivery")
    here, there = await Chat(first).open(), await Chat(second).open()
    await here.ask("chào shop")
    await expect(there.mine).to_have_count(1)
    await expect(there.answers).to_have_count(1)
    await there.ask("tìm tai nghe")
    await expect(here.mine).to_have_count(2)
    await expect(here.answers).to_have_count(2)
    await second.close()
    await here.ask("Phí giao hàng bao nhiêu?")


async def test_what_people_and_the_shop_write_is_shown_as_text(page: Page) -> None:
    await page.goto("/")
    chat = await Chat(page).open()
    words = "<img src=x onerror=alert(1)> <b>đậm</b>\nhttps://example.com/?a=1. javascript:alert(1)"
    await chat.field.fill(words)
    await page.locator("vici-chat .send").click()
    assert await chat.mine.first.locator(".bubble").inner_text() == words
    await expect(chat.answers).to_have_count(1)
    assert await page.locator("vici-chat .from-user :is(img, b)").count() == 0


async def test_text_appears_word_by_word_unless_motion_is_unwelcome(visitor: Callable[..., Any]) -> None:
    page = await (await visitor(reduced_motion="no-preference")).new_page()
    await page.goto("/")
    chat = await Chat(page).open()
    await page.evaluate(
        """() => {
            const root = document.querySelector("vici-chat").shadowRoot;
            window.late = 0;
            const count = () => { window.late = Math.max(window.late, root.querySelectorAll(".late").length); };
            new MutationObserver(count).observe(root, { subtree: true, childList: true });
        }"""
    )
    await chat.ask("Phí giao hàng bao nhiêu?")
    await expect(page.locator("vici-chat .late")).to_have_count(0)
    assert await page.evaluate("window.late") > 3


async def test_on_a_phone_the_chat_fills_the_screen_and_holds_the_focus(visitor: Callable[..., Any]) -> None:
    page = await (await visitor(**PHONE)).new_page()
    await page.goto("/")
    chat = await Chat(page).open()
    box = await chat.dialog.bounding_box()
    assert box is not None
    assert (box["x"], box["y"], box["width"], box["height"]) == (0, 0, 390, 844)
    for _ in range(8):
        await page.keyboard.press("Tab")
        active = "document.activeElement"
        assert await page.evaluate(f"{active} === document.body || {active}.tagName === 'VICI-CHAT'")
    await chat.ask("tìm tai nghe")
    await page.keyboard.press("Escape")
    await expect(chat.dialog).not_to_be_visible()
    assert await page.evaluate("document.documentElement.style.overflow") == ""
    await chat.open()
    await chat.cards.first.click()
    await page.wait_for_url(re.compile("/products/"))
    await expect(chat.dialog).not_to_be_visible()  # a product is to be seen, not covered


FOREIGN = """<!doctype html><html lang="en"><head><title>A blog</title></head><body>
<p>Words of somebody else.</p>
<button data-vici-ask="How much is delivery?">Ask the shop</button>
<script src="{shop}/widget.js" data-lang="en" data-color="#ffd400" data-position="left" data-theme="dark"
  data-title="Ask us" data-starters="One question|Another"></script>
</body></html>"""


@pytest.mark.parametrize("trusted", [False, True])
async def test_the_widget_works_on_any_page(page: Page, shop: str, trusted: bool) -> None:
    policy = f"default-src 'none'; script-src {shop}; connect-src {shop}; img-src {shop}"
    policy += "; require-trusted-types-for 'script'" if trusted else ""
    async with another_site(FOREIGN.format(shop=shop), policy) as address:
        await page.goto(address)
        chat = Chat(page)
        box = await chat.launcher.bounding_box()
        assert box is not None
        assert box["x"] < 100
        colours = await chat.launcher.evaluate(
            "(e) => [getComputedStyle(e).backgroundColor, getComputedStyle(e).color]"
        )
        assert colours == ["rgb(255, 212, 0)", "rgb(0, 0, 0)"]
        await chat.open()
        await expect(page.locator("vici-chat h2")).to_have_text("Ask us")
        assert await chat.replies.all_inner_texts() == ["One question", "Another"]
        await page.keyboard.press("Escape")
        await page.locator("[data-vici-ask]").click()
        await expect(chat.answers).to_have_count(1)
        await chat.ask("show me some headphones")
        card = chat.cards.first
        assert str(await card.get_attribute("href")).startswith(f"{shop}/en/products/")
        assert await card.get_attribute("target") == "_blank"
        await page.reload()
        await expect(chat.answers).to_have_count(2)
