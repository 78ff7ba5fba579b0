"""Words that name nothing to look for."""

from vici.kit.text import Word, folded, words

# As they are spelt; what is typed without any accents is compared without.
_SPELT = """
    đồ gì món vật hàng sản phẩm thứ cái con loại mẫu chiếc bộ đôi một vài mấy ít những các mua bán tìm kiếm xem
    cần muốn tư vấn gợi ý giúp dùm hộ với cho mình tôi tui em anh chị bạn shop ad ơi ạ à nhé nha này đó kia ấy
    hot hay ngon đẹp tốt chút xíu đi về thế nào sao biết hỏi có không thôi nữa luôn màu là thì và hoặc hay nhưng
    của trong dùng để được gấp lẹ nhanh ngay vậy hả nhỉ chọn lấy nên bao nhiêu rồi đang đây hình như chắc nghĩ
    suy thêm đâu something anything some thing things stuff item items product products good nice cool best
    great help me you suggestion suggestions recommendation recommendations advice shopping buy find want need
    looking for the a an to i my with what what's which who how do does have show please only about around just
    than and or not nor but of it is are that this these those one ones by from on at u ok hey hi hello else
    more other any get give see size sz in sell selling carry
    big bigger large larger small smaller light lighter strong fast faster long longer cheap affordable
    to lớn nhỏ nhẹ bền mạnh mượt trâu khỏe rẻ giá
    """
_AS_SPELT = frozenset(_SPELT.split())
# Without accents these may be things: máy, bàn, bộ.
_PLAIN = frozenset(folded(word) for word in _AS_SPELT) - {"may", "ban", "bo", "lon", "nho", "trau", "gia"}


def says_nothing(word: Word) -> bool:
    return word.plain in _PLAIN if word.form.isascii() else word.form in _AS_SPELT


def is_vague(text: str) -> bool:
    """Whether no word of the text names anything."""
    return all(says_nothing(word) for word in words(text))
