"""Nothing invented passes the check, everything true does."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domains.assistant.evidences import (
    INVENTED_NAMES,
    INVENTED_RULES,
    LINKS,
    ORDER_STATES,
    RULES,
    Product,
    Turn,
    prices,
    turns,
)
from vici.domains.assistant.grounding.check import unsupported
from vici.domains.assistant.grounding.known import known_from
from vici.domains.assistant.grounding.replies import ground
from vici.domains.conversations.api import Action, Draft, Evidence
from vici.kit.money import percent_off


def wrong(text: str, turn: Turn, said: Sequence[str] = ()) -> list[str]:
    return [each.kind for each in unsupported(text, known_from(turn.evidence, said))]


PRICE_SENTENCES = [
    "{name} giá {price}.", "{name} giá {price} bạn nhé!", "Giá của {name} là {price}, bạn xem thử nha.",
    "- {name}: {price}", "{name} đang bán với giá {price} thôi ạ", "The {name} costs {price}.", "{name} is {price}.",
    "You can have the {name} for {price}!", "1. {name} – {price}", "**{name}**: {price}", "{name} ({price})",
]  # fmt: skip
IN_STOCK = ["{name} còn hàng.", "{name} hiện còn hàng nhé bạn.", "{name} is in stock.", "Yes, the {name} is available."]
OUT = ["{name} tạm hết hàng.", "Tiếc quá, {name} hết hàng rồi.", "{name} is out of stock.", "The {name} is sold out."]
LEFT = ["{name} còn {count} chiếc.", "{name} chỉ còn {count} cái thôi.", "Only {count} left of the {name}.",
        "There are {count} {name} left in stock."]  # fmt: skip
BEST_SELLING = ["{name} đang bán chạy nhất shop.", "{name} là mẫu bán chạy.", "The {name} is our best seller.",
                "The {name} is our most popular one."]  # fmt: skip
OFF = ["{name} đang giảm {percent}%.", "The {name} is {percent}% off.", "{name} giảm {percent} phần trăm nhé."]


@given(turns(), st.data())
def test_a_true_price_passes_in_every_way_of_writing_it(turn: Turn, data: st.DataObject) -> None:
    product = data.draw(st.sampled_from(turn.products))
    sentence = data.draw(st.sampled_from(PRICE_SENTENCES))
    text = sentence.format(name=product.name, price=data.draw(prices(product.price)))
    assert wrong(text, turn) == [], text


@given(turns(), st.data())
def test_what_it_was_may_be_told_as_such_and_never_as_its_price(turn: Turn, data: st.DataObject) -> None:
    product = data.draw(st.sampled_from(turn.products))
    if product.original is None:
        return
    was, saved = f"{product.original:,} ₫", f"{product.original - product.price:,} ₫"
    name = product.name
    for text in (
        f"Giá gốc của {name} là {was}.",
        f"{name} was {was}.",
        f"{name} giảm {saved}.",
        f"Save {saved} on {name}.",
    ):
        assert wrong(text, turn) == [], text
    if product.original != product.price and product.original - product.price != product.price:
        sentence = data.draw(st.sampled_from(PRICE_SENTENCES))
        assert "money" in wrong(sentence.format(name=name, price=was), turn)
        assert "money" in wrong(sentence.format(name=name, price=saved), turn)


@given(turns(), st.data())
def test_an_invented_price_is_refused_in_every_way_of_writing_it(turn: Turn, data: st.DataObject) -> None:
    product = data.draw(st.sampled_from(turn.products))
    true = {product.price, product.original, (product.original or 0) - product.price}
    amount = data.draw(st.integers(11, 99_000).map(lambda thousands: thousands * 1000).filter(lambda n: n not in true))
    text = data.draw(st.sampled_from(PRICE_SENTENCES)).format(name=product.name, price=data.draw(prices(amount)))
    assert "money" in wrong(text, turn), text
    # Not even when the shopper named the number.
    assert "money" in wrong(text, turn, [f"cái này {amount} đồng đúng không"]), text


@given(turns(), st.sampled_from(["${}", "{} USD", "€{}", "{} đô", "{} dollars"]), st.integers(1, 5000), st.data())
def test_a_price_in_another_currency_is_refused(turn: Turn, way: str, amount: int, data: st.DataObject) -> None:
    product = data.draw(st.sampled_from(turn.products))
    assert "money" in wrong(f"{product.name} is {way.format(amount)}.", turn)


@given(turns(), st.data())
def test_what_is_in_stock_may_be_said_and_what_is_not_may_not(turn: Turn, data: st.DataObject) -> None:
    product = data.draw(st.sampled_from(turn.products))
    there, gone = data.draw(st.sampled_from(IN_STOCK)), data.draw(st.sampled_from(OUT))
    true, false = (there, gone) if product.available else (gone, there)
    assert wrong(true.format(name=product.name), turn) == []
    assert "stock" in wrong(false.format(name=product.name), turn)


@given(turns(), st.integers(1, 60), st.data())
def test_how_many_are_left_has_to_be_true(turn: Turn, count: int, data: st.DataObject) -> None:
    product = data.draw(st.sampled_from([each for each in turn.products if each.available] or [None]))
    if product is None:
        return
    sentence = data.draw(st.sampled_from(LEFT))
    assert wrong(sentence.format(name=product.name, count=product.available), turn) == []
    if count != product.available:
        assert wrong(sentence.format(name=product.name, count=count), turn) != []


@given(turns(), st.integers(1, 99), st.data())
def test_a_discount_has_to_be_true(turn: Turn, percent: int, data: st.DataObject) -> None:
    product = data.draw(st.sampled_from(turn.products))
    off = percent_off(product.price, product.original) if product.original else 0
    text = data.draw(st.sampled_from(OFF)).format(name=product.name, percent=percent)
    assert (wrong(text, turn) == []) == (product.original is not None and percent == off), (text, off)


@given(turns(), st.sampled_from(INVENTED_NAMES), st.sampled_from(PRICE_SENTENCES + IN_STOCK), st.data())
def test_an_invented_product_is_refused(turn: Turn, name: str, sentence: str, data: st.DataObject) -> None:
    price = data.draw(prices(data.draw(st.sampled_from(turn.products)).price))
    text = f"Mình gợi ý thêm {sentence.format(name=name, price=price)}"
    assert wrong(text, turn) != [], text
    assert wrong(text, turn, [f"shop có {name} không"]) != [], text


@given(turns(), st.sampled_from(RULES["vi"] + RULES["en"]))
def test_a_rule_may_be_quoted_where_it_stands(turn: Turn, rule: str) -> None:
    quoted = [f"“Luật của shop”: {rule}", rule, f"Dạ, {rule[0].lower()}{rule[1:]}"]
    for text in quoted:
        assert (wrong(text, turn) == []) == (rule in RULES[turn.language]), text


@given(turns(), st.sampled_from(INVENTED_RULES))
def test_an_invented_rule_is_refused(turn: Turn, rule: str) -> None:
    assert wrong(rule, turn) != []
    assert wrong(f"Chào bạn! {rule} Bạn cần gì thêm không?", turn) != []


@given(turns(), st.sampled_from(ORDER_STATES))
def test_the_state_of_an_order_nobody_looked_up_is_refused(turn: Turn, text: str) -> None:
    assert "order" in wrong(text, turn)


@given(turns())
def test_a_day_no_page_names_is_refused(turn: Turn) -> None:
    assert "number" in wrong("Shop mở cửa cả Chủ nhật.", turn)
    assert "number" in wrong("We are open on Sundays.", turn)


@given(turns(), st.sampled_from(BEST_SELLING), st.data())
def test_what_sells_best_is_not_made_up(turn: Turn, claim: str, data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(turn.products)).name
    assert "claim" in wrong(claim.format(name=name), turn)


@given(turns(), st.sampled_from(LINKS))
def test_an_invented_link_is_refused_and_a_true_one_passes(turn: Turn, link: str) -> None:
    assert "link" in wrong(f"Bạn xem tại {link} nhé.", turn)
    assert wrong(f"Bạn xem tại {turn.evidence[0].fields['url']} nhé.", turn) == []


@given(turns())
def test_small_talk_questions_and_counts_pass(turn: Turn) -> None:
    for text in (
        "Chào bạn! Mình có thể giúp gì cho bạn?",
        "Bạn muốn xem thêm mẫu khác, hay hỏi về giao hàng và đổi trả?",
        "Hi there! What are you looking for today?",
        "Would you like to see something cheaper?",
        f"Mình tìm thấy {len(turn.products)} mẫu cho bạn đây.",
        f"I found {len(turn.products)} products.",
        "Cảm ơn bạn nhiều nhé 😊",
        "Mình chưa hiểu ý bạn lắm, bạn nói rõ hơn được không?",
    ):
        assert wrong(text, turn) == [], text


@given(turns(), st.integers(11, 90))
def test_a_count_of_what_was_found_has_to_be_true(turn: Turn, count: int) -> None:
    assert wrong(f"Mình tìm thấy {count} mẫu cho bạn đây.", turn) != []
    assert wrong(f"I found {count} products.", turn) != []


def turn_of(*products: Product, rules: Sequence[str] = ()) -> Turn:
    policy = Evidence(kind="policy", ref="r", fields={"title": "Quy định", "passage": "\n".join(rules)})
    return Turn("vi", list(products), [*(product.evidence() for product in products), policy])


PHONE = Product("p1", "Samsung Galaxy S24", 15_990_000, None, 3)
CASE = Product("p2", "Ốp lưng Galaxy S24 UAG", 590_000, None, 0)


def test_a_fact_of_one_product_is_no_fact_of_another() -> None:
    turn = turn_of(PHONE, CASE)
    assert wrong("Samsung Galaxy S24 giá 590.000 ₫.", turn) == ["money"]
    assert wrong("Samsung Galaxy S24 giá 15.990.000 ₫. Ốp lưng Galaxy S24 UAG hết hàng.", turn) == []
    assert wrong("Ốp lưng Galaxy S24 UAG: 590.000 ₫, còn hàng.", turn) == ["stock"]


def test_a_fee_of_the_delivery_page_is_no_price() -> None:
    turn = turn_of(PHONE, rules=["Phí giao hàng nội thành là 20.000 ₫."])
    assert wrong("Phí giao hàng nội thành là 20.000 ₫.", turn) == []
    assert wrong("Samsung Galaxy S24 chỉ 20.000 ₫.", turn) == ["money"]


def test_a_rule_without_its_no_or_its_exception_is_another_rule() -> None:
    turn = turn_of(
        rules=["Miễn phí giao hàng cho đơn từ 500.000 ₫, trừ hàng cồng kềnh.", "Shop không nhận séc khi thanh toán."]
    )
    assert wrong("Miễn phí giao hàng cho đơn từ 500.000 ₫, trừ hàng cồng kềnh.", turn) == []
    assert wrong("Miễn phí giao hàng cho đơn từ 500.000 ₫.", turn) != []
    assert wrong("Shop nhận séc khi thanh toán.", turn) != []


def test_each_variant_has_its_own_stock() -> None:
    fields = {
        "name": "Áo thun Mộc", "in_stock": True, "available": 5,
        "variants": [{"options": {"Màu": "Đen"}, "available": 5}, {"options": {"Màu": "Trắng"}, "available": 0}],
    }  # fmt: skip
    turn = Turn("vi", [], [Evidence(kind="stock", ref="p1", fields=fields)])
    assert wrong("Áo thun Mộc màu Đen còn hàng, màu Trắng hết hàng.", turn) == []
    assert wrong("Áo thun Mộc màu Trắng còn hàng.", turn) == ["stock"]
    assert wrong("Áo thun Mộc màu Đen còn 5 cái.", turn) == []
    assert "stock" in wrong("Áo thun Mộc màu Đen còn 6 cái.", turn)


def test_the_shoppers_budget_may_be_repeated_as_a_limit_only() -> None:
    said = ["điện thoại dưới 20 triệu"]
    assert wrong("Mình tìm mẫu dưới 20 triệu cho bạn đây.", turn_of(PHONE), said) == []
    assert wrong("Samsung Galaxy S24 dưới 20 triệu.", turn_of(PHONE), said) == []
    assert wrong("Samsung Galaxy S24 trên 20 triệu.", turn_of(PHONE), said) == ["money"]
    assert wrong("Samsung Galaxy S24 giá 20 triệu.", turn_of(PHONE), said) == ["money"]
    assert wrong("Mình tìm mẫu dưới 30 triệu cho bạn đây.", turn_of(PHONE), said) == ["money"]


def draft(text: str, *actions: Action, evidence: Sequence[Evidence] = ()) -> Draft:
    message = Action(type="send_message", data={"message": text})
    return Draft(
        text=text, language="vi", intent="x", confidence=1, actions=(message, *actions), evidence=tuple(evidence)
    )


class TestReplies:
    EVIDENCE = (PHONE.evidence(), CASE.evidence())

    def card(self, **changes: object) -> dict[str, object]:
        fields = PHONE.evidence().fields
        names = ("name", "price_minor", "currency", "in_stock", "url", "image_url")
        return {"product_id": "p1", **{name: fields[name] for name in names}, **changes}

    def test_a_reply_that_keeps_to_its_evidence_is_left_as_it_is(self) -> None:
        carousel = Action(type="send_carousel", data={"products": [self.card()]})
        replies = Action(
            type="send_quick_replies",
            data={"message": "Xem thêm?", "replies": [{"title": "Ốp lưng Galaxy S24 UAG", "payload": "show:p2"}]},
        )
        made = draft("Samsung Galaxy S24 giá 15.990.000 ₫.", carousel, replies, evidence=self.EVIDENCE)
        assert ground(made, [], "?") == (made, [])

    def test_the_sentence_that_is_not_supported_is_left_out_of_text_and_action(self) -> None:
        made = draft("Chào bạn! Samsung Galaxy S24 giá 9.990.000 ₫. Bạn thích không?", evidence=self.EVIDENCE)
        kept, found = ground(made, [], "?")
        assert kept.text == kept.actions[0].data["message"] == "Chào bạn! Bạn thích không?"
        assert {each.kind for each in found} == {"money"}

    def test_a_message_of_which_nothing_is_left_says_the_other_thing(self) -> None:
        kept, _ = ground(draft("Shop miễn phí giao hàng toàn quốc."), [], "Mình chưa rõ ạ.")
        assert kept.text == kept.actions[0].data["message"] == "Mình chưa rõ ạ."

    @pytest.mark.parametrize(
        "change",
        [{"price_minor": 1}, {"in_stock": False}, {"name": "Galaxy S99"}, {"url": "/products/p9"}, {"product_id": "p9"},
         {"original_price_minor": 99_000_000}, {"image_url": "https://evil.example/x.svg"}],
    )  # fmt: skip
    def test_a_card_with_one_wrong_field_is_taken_out(self, change: dict[str, object]) -> None:
        cards = Action(type="send_carousel", data={"products": [self.card(**change), self.card()]})
        kept, found = ground(draft("Đây ạ.", cards, evidence=self.EVIDENCE), [], "?")
        assert kept.actions[1].data["products"] == [self.card()]
        assert len(found) == 1
        only = Action(type="send_carousel", data={"products": [self.card(**change)]})
        assert [
            action.type for action in ground(draft("Đây ạ.", only, evidence=self.EVIDENCE), [], "?")[0].actions
        ] == ["send_message"]

    def test_a_citation_has_to_be_the_passage_word_for_word(self) -> None:
        policy = Evidence(kind="policy", ref="returns", fields={"title": "Đổi trả", "passage": "Đổi trả trong 7 ngày."})
        true = {"document": "returns", "title": "Đổi trả", "passage": "Đổi trả trong 7 ngày."}
        message = Action(
            type="send_message",
            data={
                "message": "Đổi trả trong 7 ngày.",
                "citations": [true, {**true, "passage": "Đổi trả trong 9 ngày."}],
            },
        )
        made = Draft(
            text="Đổi trả trong 7 ngày.",
            language="vi",
            intent="x",
            confidence=1,
            actions=(message,),
            evidence=(policy,),
        )
        kept, found = ground(made, [], "?")
        assert kept.actions[0].data["citations"] == [true]
        assert [each.kind for each in found] == ["policy"]

    def test_a_button_cannot_open_a_product_nobody_looked_up(self) -> None:
        replies = [{"title": "Xem mẫu này", "payload": "show:p9"}, {"title": "Còn hàng", "payload": "in_stock"}]
        buttons = Action(type="send_quick_replies", data={"message": "Xem thêm?", "replies": replies})
        kept, found = ground(draft("Đây ạ.", buttons), [], "?")
        assert kept.actions[1].data["replies"] == replies[1:]
        assert len(found) == 1
