"""What is asked of the shop's pages: the matter a page is on, and what a passage that answers looks like."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from vici.kit.language import Tongue

# What a page on the matter is called and speaks of.
MATTER: Mapping[str, Mapping[Tongue, str]] = {
    "ask_delivery": {"vi": "giao hàng vận chuyển", "en": "delivery shipping"},
    "ask_returns": {"vi": "đổi trả hoàn tiền", "en": "returns refunds exchange"},
    "ask_warranty": {"vi": "bảo hành sửa chữa", "en": "warranty repair"},
    "ask_payment": {"vi": "thanh toán", "en": "payment"},
    "ask_privacy": {
        "vi": "quyền riêng tư bảo mật dữ liệu thông tin cá nhân",
        "en": "privacy personal data information",
    },
    "ask_opening_hours": {"vi": "giờ mở cửa làm việc", "en": "opening hours"},
    "ask_contact": {"vi": "liên hệ", "en": "contact"},
    "ask_promotions": {"vi": "khuyến mãi mã giảm giá ưu đãi", "en": "promotion discount code voucher"},
    "ask_used": {"vi": "thu cũ đổi mới like new", "en": "trade in used second hand refurbished"},
    "ask_gift_wrapping": {"vi": "gói quà thiệp", "en": "gift wrapping card"},
}
# They ask for any page's words and tell no passage from another.
GENERAL = re.compile(
    r"\b(?:chinh sach|quy dinh|the nao|nhu the nao|ra sao|lam sao|bao lau|mat bao lau|mat may|may ngay|bao nhieu"
    r"|bang cach|nao|duoc khong|co duoc|khong|shop|ben minh|cua|how long|how much|how many|how do|how can|takes?"
    r"|what is|what's|what|your|policy|do you|can i|can you|is there|are there|does|have|get|offer|accept|where is"
    r"|where|when|what happens|with|my|to|is|are|it|does|duoc|cho|minh|ban|nhu|the|vay|thi|sao|dung)\b"
)
# Only how much or how long, and of nothing: of what was spoken of before.
_OF_WHAT = re.compile(
    r"\b(?:phi|mat|ton|het|tien|lau|thoi gian|va|con|vay|thi|a|u|nhi|nhieu|costs?|fees?|charges?|free|long|much"
    r"|time|and"
    r"|do|for|that|this|so|i|pay|cai do|viec do|chi phi|mien phi|co)\b"
)
# What is not done for anybody: a list under such a heading means the contrary of what it says alone.
REFUSED = re.compile(
    r"(?i)\bkhông\b|\bchưa\b|\btừ chối\b|\bngoại lệ\b|\btrừ\b|\bloại trừ\b"
    r"|\bnot\b|\bno\b|n[’']t\b|\bcannot\b|\bexcept|\bexclu|\bnever\b|\bvoid|\brefuse"
)


@dataclass(frozen=True)
class Answer:
    """What a question of this kind is answered with."""

    asked: re.Pattern[str]
    words: Mapping[Tongue, str]
    looks_like: re.Pattern[str] | None = None
    headed: re.Pattern[str] | None = None
    """What the headings above such an answer say."""


_ANSWERS = (
    Answer(
        re.compile(
            r"\b(?:khong|ko) (?:duoc |the |nhan |cho )*(?:doi|tra|nhan|bao hanh|giao|hoan)\b(?! hang khong)"
            r"|\b(?:can ?not|can't|not|isn't|aren't|won't|exclu\w+)\b.*\b(?:return|cover|refund|exchang|deliver|ship)"
            r"|\b(?:roi|rot|nga|vo|be man|be kinh|nut|vao nuoc|am nuoc|ngam nuoc|tu thao|tu y)\b.*\bbao hanh\b"
            r"|\bbao hanh\b.*\b(?:roi vo|bi roi|lam roi|bi rot|bi vo|be man|nut|vao nuoc|am nuoc|tu thao)\b"
            r"|\b(?:fell|fall|dropp\w+|broke|broken|crack\w*|smash\w*|water damage|got wet|spill\w*)\b"
        ),
        {"vi": "không nhận không được trừ", "en": "not covered cannot except"},
        headed=REFUSED,
    ),
    Answer(
        re.compile(r"\btet\b|\ble\b|ngay le|holidays?|new year|christmas|\bnoel\b"),
        {"vi": "lễ Tết", "en": "holidays new year"},
        re.compile(r"\bTết\b|\b[Ll]ễ\b|(?i:holiday|new year)"),
    ),
    Answer(
        re.compile(
            r"thanh toan (?:bang|qua)|tra (?:bang|qua|tien mat)|(?:hinh thuc|cach|kieu) (?:thanh toan|tra)"
            r"|\bpay(?:ing)? (?:by|with|in|using|via|on)|do you (?:accept|take)|payment (?:methods?|options?|ways)"
        ),
        {"vi": "các cách trả tiền", "en": "ways to pay"},
        re.compile(r"(?i)\b(?:cod|visa|mastercard|chuyển khoản|tiền mặt|ví điện tử|bank transfer|cash)\b"),
    ),
    Answer(
        re.compile(
            r"trong ngay|hoa toc|\bgap\b|giao nhanh|ship nhanh|hom nay|same.day|express|today|tomorrow|ngay mai"
        ),
        {"vi": "giao nhanh giờ", "en": "express hours"},
        re.compile(r"(?i)nhanh|hỏa tốc|trong ngày|express|same.day|\d+ (?:giờ|hours?)"),
    ),
    Answer(
        re.compile(r"chinh hang|hang (?:that|gia|fake|auth)|authentic|genuine|\bfake\b"),
        {"vi": "chính hãng", "en": "genuine original"},
        re.compile(r"(?i)chính hãng|genuine|authentic|official"),
    ),
    Answer(
        re.compile(r"may gio|gio nao|mo cua|dong cua|what time|opening|hours|\bopen\b|\bclose"),
        {"vi": "giờ mở mỗi ngày", "en": "hours open every day"},
        re.compile(r"(?is)\d{1,2}(?::\d\d|h).*(?:mỗi ngày|hằng ngày|hàng ngày|thứ|every ?day|each day|daily|monday)"),
    ),
    Answer(
        re.compile(
            r"\b(?:ai (?:chiu|tra|lo)|mat phi|ton phi|phi)\b|bao nhieu(?! (?:ngay|lau|gio|thang))|how much|cost"
            r"|\bfees?\b"
            r"|\bfree\b|mien phi|freeship|who (?:pays?|bears|covers)|\bcharge"
        ),
        {"vi": "phí miễn phí", "en": "fee free"},
        re.compile(r"(?i)\d[\d.,]* ?(?:₫|đ\b|k\b)|miễn phí|\bfree\b|\d%|\$ ?\d"),
        re.compile(r"(?i)\b(?:phí|giá|fees?|costs?|charges?|prices?)\b"),
    ),
    Answer(
        re.compile(r"\bbao hanh\b|warrant"),
        {"vi": "thời hạn tháng", "en": "how long months"},
        re.compile(r"(?i)\d+ (?:tháng|months?|years?|năm)"),
    ),
    Answer(
        re.compile(
            r"bao lau|may ngay|may hom|khi nao|bao gio|chung nao|how long|how soon|when|how many days|bao nhieu ngay"
        ),
        {"vi": "thời gian ngày tháng", "en": "time days months"},
        re.compile(r"(?i)\d+ (?:ngày|giờ|tháng|năm|phút|tuần|days?|hours?|months?|years?|working|minutes?|weeks?)"),
        re.compile(r"(?i)thời gian|thời hạn|bao lâu|khi nào|\btimes?\b|how long|when"),
    ),
    Answer(
        # To some place: how long it takes and what it costs to get there.
        re.compile(r"\b(?:ship|giao(?: hang)?|chuyen|deliver)\b.*\b(?:ve|toi|den|ra|len|to)\b"),
        {"vi": "thời gian phí các nơi", "en": "times fees places"},
        re.compile(r"(?i)\d+ (?:ngày|giờ|days?|hours?)"),
        re.compile(r"(?i)thời gian|bao lâu|\bphí\b|nơi|khu vực|tỉnh|times?\b|\bfees?\b|\bwhere\b|areas?\b|how long"),
    ),
    Answer(
        re.compile(
            r"\bhow (?:do|can|should|would) i (?!pay)|\bhow to\b|\bcach (?:doi|tra|gui|lam)\b|\blam (?:sao|the nao"
            r"|cach nao) "
            r"(?:de |ma )?(?:doi|tra|gui|nhan|bao hanh)|\b(?:doi|tra)(?: lai)? (?:hang|san pham) (?:nhu )?the nao"
            r"|\bthu tuc\b|\bquy trinh\b|\bcac buoc\b"
        ),
        {"vi": "cách làm thủ tục", "en": "how it works steps"},
        headed=re.compile(r"(?i)\bcách\b|thủ tục|quy trình|các bước|hướng dẫn|\bhow\b|\bsteps?\b|process|procedure"),
    ),
    Answer(
        re.compile(r"so dien thoai|hotline|\bsdt\b|phone number|\bcall\b|\bgoi dien\b"),
        {"vi": "gọi tổng đài", "en": "call phone"},
        re.compile(r"\b\d{3,4}[ .]\d{3,4}\b|\b0\d{8,10}\b"),
    ),
    Answer(
        re.compile(r"o dau|dia chi|cho nao|where|address|locat"),
        {"vi": "cửa hàng đường phố", "en": "shop street"},
        re.compile(
            r"(?i)\d+[\w/]* (?:đường|phố|\w+ (?:street|road|st\b))|\d+ [A-ZĐ]\w+ (?:\w+ )?(?:Street|Road|St)"
            r"|\d+[\w/]* \w+.*\b(?:quận|phường|huyện|thành phố|tp\.|tỉnh|district|ward|city)"
        ),
    ),
)
# By what one wants to pay: `bằng thẻ`, `with Apple Pay`.
_MEANS = re.compile(
    r"\b(?:thanh toan|tra tien|tra|chuyen tien) (?:bang|qua) (?P<vi>.+)"
    r"|\b(?:pay|paying|payment|checkout) (?:by|with|via|using|through) (?P<en>.+)"
    r"|\b(?:do|can) (?:you|i) (?:accept|take|use) (?P<use>.+)|\bco nhan (?P<nhan>.+)"
)
_MEANS_END = re.compile(
    r"\b(?:khong|duoc khong|duoc|khong a|gi|cach nao|nao|cach|shop|the nao|sao|a|nhe|here|please|ok|too|also|in your .*"
    r"|hinh thuc)\b|\b(?:a|an|the|my|your|some|any)\b"
)


def answer_to(plain: str) -> Answer | None:
    """What a folded question is answered with; None when it asks in general."""
    return next((each for each in _ANSWERS if each.asked.search(plain)), None)


def asks_of_nothing(plain: str) -> bool:
    """Whether a folded question asks how much or how long, and does not say of what (`phí bao nhiêu?`)."""
    if not answer_to(plain) or re.search(r"\b(?:gia|price)\b", plain):
        return False
    return not re.sub(r"\W", "", _OF_WHAT.sub(" ", GENERAL.sub(" ", plain)))


def means_of_paying(plain: str) -> str:
    """By what a folded question wants to pay; empty where it names nothing."""
    found = _MEANS.search(plain)
    if not found:
        return ""
    told = next(group for group in found.groups() if group)
    return " ".join(re.sub(r"[^\w\s]", " ", _MEANS_END.sub(" ", told)).split())
