"""Evidence of a turn made up by Hypothesis, and the many ways to say what it tells or does not tell."""

from decimal import Decimal
from typing import Any, NamedTuple

from hypothesis import strategies as st

from vici.domains.conversations.api import Evidence
from vici.kit.money import written

NAMES = [
    "Điện thoại Samsung Galaxy S24 256GB", "Apple iPhone 15 128GB", "Tai nghe Sony WH-1000XM5", "Áo thun cổ tròn Mộc",
    "Laptop Dell XPS 13 9340", "Máy lọc không khí Xiaomi 4 Lite", "Nồi chiên không dầu Philips HD9252",
    "Kem chống nắng Anessa 60 ml", "Giày chạy bộ Nike Pegasus 41", "Crew neck T-shirt", "Kindle Paperwhite 11",
]  # fmt: skip
INVENTED_NAMES = [
    "Galaxy S29 Ultra", "Huawei Mate 70 Pro", "Tai nghe Bose QC-99", "Áo khoác Sông Hồng", "Nokia 3310",
    "Google Pixel 12", "Robot hút bụi Roborock S88", "the Microsoft Surface Laptop", "Máy ảnh Leica Q5", "LG Gram 17",
]  # fmt: skip
RULES = {
    "vi": [
        "Đơn từ 500.000 ₫ được miễn phí giao hàng, trừ hàng cồng kềnh.",
        "Bạn được đổi trả trong 7 ngày kể từ khi nhận hàng.",
        "Shop mở cửa từ 8h đến 21h, thứ Hai đến thứ Bảy.",
        "Giao hàng nội thành mất 1 đến 2 ngày.",
        "Hàng điện tử được bảo hành 12 tháng.",
        "Shop nhận thanh toán bằng thẻ và chuyển khoản, không nhận séc.",
        "Hoàn tiền về thẻ trong 3 đến 5 ngày làm việc.",
    ],
    "en": [
        "Orders from 500,000 ₫ are delivered free, except bulky goods.",
        "You may return unopened goods within 7 days of receiving them.",
        "We are open from 8 am to 9 pm, Monday to Saturday.",
        "Delivery within the city takes 1 to 2 days.",
        "Electronics carry a 12-month warranty.",
        "We accept cards and bank transfers, but no cheques.",
        "Refunds reach your card in 3 to 5 working days.",
    ],
}
INVENTED_RULES = [
    "Shop miễn phí giao hàng toàn quốc cho mọi đơn.", "Đơn nào cũng được miễn phí giao hàng.",
    "Bạn được đổi trả trong 60 ngày.", "Được đổi trả thoải mái không cần lý do.", "Shop mở cửa 24 giờ mỗi ngày.",
    "Shop mở cửa từ 6h đến 23h.", "Giao hàng trong 2 giờ.",
    "Hàng được bảo hành trọn đời.", "Bảo hành 36 tháng nhé bạn.",
    "Shop nhận thanh toán bằng séc.", "Shop hỗ trợ trả góp 0% lãi suất.", "Hoàn tiền ngay trong 24 giờ.",
    "Tặng kèm ốp lưng và cường lực.", "Cam kết hàng chính hãng, giả đền gấp mười.", "Shop làm việc cả Chủ nhật.",
    "Orders are always delivered free.", "You may return goods within 60 days.", "You may return opened goods.",
    "We are open on Sundays.", "We are open from 6 am to 11 pm.", "Delivery takes 2 hours.",
    "Everything carries a lifetime warranty.", "We accept cheques.", "We offer interest-free instalments.",
    "Refunds are instant.", "Use coupon SAVE50 at checkout.", "We will match any price: price match guaranteed.",
    "Shipping is free worldwide.", "Returns are free of charge for a year.",
]  # fmt: skip
ORDER_STATES = [
    "Đơn hàng của bạn đang được giao.", "Đơn của bạn đã gửi đi hôm qua.", "Mình đã đặt hàng giúp bạn.",
    "Mình đã thêm vào giỏ hàng cho bạn rồi nhé.", "Mình vừa huỷ đơn cho bạn.", "Mình đã hoàn tiền cho bạn rồi.",
    "Your order has been shipped.", "Your parcel is on its way.", "Your refund was approved.",
    "I have cancelled your order.", "I've added it to your cart.", "We have reserved one for you.",
]  # fmt: skip
LINKS = [
    "https://example.com/sale", "www.shop-sale.vn", "/products/not-there", "/pages/secret", "http://bit.ly/x1",
    "support@shop.example", "giamgia.vn", "/products/p1?coupon=50",
]  # fmt: skip


class Product(NamedTuple):
    ref: str
    name: str
    price: int
    original: int | None
    available: int

    def evidence(self) -> Evidence:
        fields: dict[str, Any] = {
            "name": self.name,
            "price_minor": self.price,
            "currency": "VND",
            "in_stock": self.available > 0,
            "available": self.available,
            "url": f"/products/{self.ref}",
            "image_url": f"/images/{self.ref}.svg",
        }
        if self.original:
            fields["original_price_minor"] = self.original
        return Evidence(kind="product", ref=self.ref, fields=fields)


class Turn(NamedTuple):
    language: str
    products: list[Product]
    evidence: list[Evidence]


@st.composite
def turns(draw: st.DrawFn) -> Turn:
    names = draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=4, unique=True))
    products: list[Product] = []
    for number, name in enumerate(names, start=1):
        price = draw(st.integers(20, 90_000)) * 1000
        original = draw(
            st.one_of(st.none(), st.integers(1, 60).map(lambda off, price=price: price * (100 + off) // 100))
        )
        products.append(Product(f"p{number}", name, price, original, draw(st.integers(0, 40))))
    language = draw(st.sampled_from(["vi", "en"]))
    rules = [
        Evidence(
            kind="policy",
            ref="rules",
            fields={"title": "Luật của shop", "heading": "", "passage": "\n".join(RULES[language])},
        )
    ]
    found = Evidence(kind="search", ref="words", fields={"total": len(products), "words": "quà"})
    return Turn(language, products, [*(product.evidence() for product in products), *rules, found])


def _spelt(number: int) -> str:
    """`15` as Vietnamese words, for numbers below 100."""
    digits = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"]
    tens, ones = divmod(number, 10)
    if not tens:
        return digits[ones]
    head = "mười" if tens == 1 else f"{digits[tens]} mươi"
    last = {0: "", 1: "một" if tens == 1 else "mốt", 5: "lăm"}.get(ones, digits[ones])
    return f"{head} {last}".strip()


_WORDS = """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
seventeen eighteen nineteen"""
_ENGLISH = _WORDS.split()


def prices(amount: int) -> st.SearchStrategy[str]:
    """A price in đồng as people and models write it."""
    dots, commas = f"{amount:,}".replace(",", "."), f"{amount:,}"
    ways = [
        f"{dots} ₫", f"{dots}₫", f"{dots}đ", f"{dots} đồng", f"{dots} VND", f"{commas} ₫", f"{commas} VND",
        f"VND {commas}", f"₫{commas}", f"{amount} đồng", f"{amount}đ", f"{amount} VNĐ", f"{amount // 1000}k",
        f"{amount // 1000} nghìn", f"{amount // 1000} ngàn đồng", f"{amount // 1000} thousand dong",
        written(amount, "VND", "vi"), written(amount, "VND", "en"),
    ]  # fmt: skip
    if amount >= 1_000_000:
        millions = (Decimal(amount) / 1_000_000).normalize()
        ways += [f"{millions:f} triệu".replace(".", ","), f"{millions:f} million dong", f"{millions:f}tr"]
        whole, rest = divmod(amount, 1_000_000)
        if rest:
            ways += [f"{whole}tr{rest // 1000:03}", f"{whole} triệu {rest // 1000} nghìn"]
        elif whole < 100:
            ways += [f"{_spelt(whole)} triệu đồng", f"{whole} củ"]
            if whole < 20:
                ways += [f"{_ENGLISH[whole]} million dong"]
    return st.sampled_from(ways)
