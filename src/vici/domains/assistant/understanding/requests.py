"""What is left of a message once its courtesies are taken away, and where one message asks for several things."""

import re

from vici.domains.assistant.understanding.spelling import levelled
from vici.kit.text import composed, folded

_ME = "(?:mình|tôi|em|anh|chị|tui|tớ|me|mk|mik|shop|bạn)"
_A_FEW = "(?:cái|chiếc|con|một|1|vài|ít|máy|những|các|mẫu|loại|bộ|đôi|cuốn|quyển)"
_ENGLISH_ASKING = """
    i'm i'd i've we're let's can could would will do did does are is am im i we you u there have has got
    sell carry stock offer want need like looking look search searching find show get give buy recommend
    suggest help me us to for a an the some any please tell see after interested in purchase trying hunting
    wanna gimme lemme
"""
_ASKED = "(?:hỏi|xem|xin|tìm|biết|coi|mua|kiếm|sắm|đặt|tham khảo|nhu cầu|với|tí|chút|đi)"
# Spelt with accents; of what is typed without any, the same without accents.
_BEFORE = (
    r"(?:dạ|vâng|ạ|ok|oke|ừ|uhm|vậy|thế|thì|hi|hello|helo|chào|alo|hey)\b",
    r"(?:shop|ad|admin|em|bạn|b) (?:ơi|à|ah)\b",
    r"(?:shop|ad|admin|bạn|there|guys)(?=[,!.])",
    rf"(?:xin )?(?:chào|cảm ơn|cám ơn) {_ME}\b",
    r"shop(?= (?:có|bán|còn|cho|tư|gợi|tìm))",
    rf"(?:cho|giúp|nhờ|phiền|làm ơn|vui lòng|xin)(?: {_ME})?(?: {_ASKED})*(?= |$)",
    rf"{_ME}(?: (?:đang|cần|muốn|định|tính|cũng|hay|sẽ|thích|rất|có))+(?: {_ASKED})*(?= |$)",
    r"(?:đang |cần |muốn |định )+(?:tìm|mua|kiếm|hỏi|xem|sắm)?(?= |$)",
    rf"(?:tìm|kiếm|mua|cần|xem|sắm)(?: kiếm)?(?: (?:giúp|cho|dùm|hộ))?(?: {_ME})?(?: {_A_FEW})*(?= |$)",
    rf"(?:tư vấn|gợi ý|đề xuất|giới thiệu)(?: (?:giúp|cho|dùm))?(?: {_ME})?(?: (?:về|{_A_FEW}))*(?= |$)",
    rf"(?:bên (?:mình|bạn|em|shop) |ở đây |hiện )?(?:có|còn) (?:bán )?(?:{_A_FEW} )?(?:nào )?",
    r"(?:(?:what|how) about|(?:còn|thế còn|vậy còn)(?= .* thì sao))\b",
    r"(?:hi|hello|hey|please|ok|well|so(?! (?:sánh|với|vs))|um|uh|and|also)\b[,!. ]*",
    rf"(?:{'|'.join(_ENGLISH_ASKING.split())})(?![\w'’])",
)
_AFTER = (
    r"(?:(?:có|được|còn|phải|đúng) )?(?:không|ko|k|hông|hok|hem|hk|chưa)(?: ta)?",
    r"shop|ad|ơi|ạ|à|nhé|nha|nhỉ|vậy|với|đi|hả|ha|thế|z|luôn|dùm|bạn|b|em|nào|ah",
    r"(?:giúp|cho|hộ) (?:mình|em|tôi|tui|mk)",
    r"please|pls|plz|thanks|thank you|do you have|have you got|for me|you have|u|here|by chance",
    r"in (?:your|the) (?:shop|store)",
    r"thì sao|thì thế nào",
    r"to go with (?:it|them|this|that|these|those)",
)


def _both(template: str, patterns: tuple[str, ...]) -> tuple[re.Pattern[str], re.Pattern[str]]:
    whole = template.replace("…", "|".join(patterns))
    # Folding leaves the marks of a pattern as they are; ? after a letter stays with that letter.
    return re.compile(whole), re.compile(folded(whole).replace("\\s", r"\s"))


# Folded, some of them are the same (ạ and à). So what has matched is never gone back into: it would be tried over in
# every way, twice as many with each word more.
_START, _START_PLAIN = _both(r"^(?:\s*+(?:…)\s*+[,.!:]*+){1,30}+", _BEFORE)
_END, _END_PLAIN = _both(r"(?:[\s,.!?]++(?>(?:…)(?!\w))){1,12}+[\s?.!,]*+$", _AFTER)
# A grown person a thing is for, of whom no product speaks.
_FOR_WHOM = re.compile(
    r"(?i)\bfor (?:my|our|a|the) (?:mom|mum|mother|dad|father|wife|husband|girlfriend|boyfriend|friend|boss|parents?"
    r"|sister|brother|grand(?:ma|pa|mother|father|parents))\b"
    r"|\b(?:cho|tặng|tang) (?:mẹ|me|bố|bo|ba má|ba ma|ông bà|ong ba|bạn gái|ban gai|bạn trai|ban trai|vợ|vo|chồng|chong"
    r"|người yêu|nguoi yeu|sếp|sep)(?: (?:mình|minh|tôi|toi|em|anh))?(?!\w)"
)
_REPEATED = re.compile(r"\b(\w+)(?:\s+\1\b)+", re.IGNORECASE)
_CLAUSE = re.compile(r"(?i)\s*,\s+|\s+(?:và|va|and|với lại|voi lai)\s+")
_SENTENCE = re.compile(r"(?<=[.!?;])\s+|\n+")


def stripped(text: str) -> str:
    """What is asked for, less the words of asking: `shop ơi có áo thun đen không ạ` is `áo thun đen`. Empty when
    nothing is."""
    text = composed(text).strip()
    accented = text.lower() != levelled(text)
    start, end = (_START, _END) if accented else (_START_PLAIN, _END_PLAIN)
    if opening := start.match(text.lower()):
        text = text[opening.end() :]
    if closing := end.search(" " + text.lower()):
        text = (" " + text)[: closing.start()]
    text = _whole_or(text, _FOR_WHOM)
    return _REPEATED.sub(r"\1", text.strip(" ,.;:!?-–…\"'“”()"))


def _whole_or(text: str, pattern: re.Pattern[str]) -> str:
    """Less what the pattern matches, unless nothing is left then."""
    left = pattern.sub(" ", text)
    return " ".join(left.split()) if any(map(str.isalnum, left)) else text


def parts_of(text: str, limit: int = 6) -> list[str]:
    """The sentences of a message that say something; at most `limit`, the rest stays with the last."""
    parts = [part.strip() for part in _SENTENCE.split(composed(text)) if any(map(str.isalnum, part))]
    return [*parts[: limit - 1], " ".join(parts[limit - 1 :])] if len(parts) > limit else parts


def clauses_of(text: str) -> list[str]:
    """Where a sentence may ask for several things: parted at commas and at "and"."""
    return [part.strip() for part in _CLAUSE.split(composed(text)) if part and any(map(str.isalnum, part))]
