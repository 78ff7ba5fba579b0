"""Common English words for goods in Vietnamese, for a shop that is written in Vietnamese only."""

from vici.kit.text import words

_WRITTEN = """
    tea: trà; oolong: ô long; lotus: sen; jasmine: lài; green: xanh; black: đen; white: trắng; red: đỏ; blue: xanh;
    pink: hồng; ginger: gừng; honey: mật ong; artichoke: atiso; flower: hoa; coffee: cà phê; teapot: ấm trà;
    cup: chén; bowl: bát; rice: gạo; noodle: mì; cake: bánh; candy: kẹo; milk: sữa; juice: nước ép; dried: sấy;
    mango: xoài; nut: hạt; cashew: hạt điều; pepper: tiêu; sauce: nước mắm; phone: điện thoại; laptop: laptop;
    tablet: máy tính bảng; headphone: tai nghe; earphone: tai nghe; speaker: loa; charger: sạc; cable: cáp;
    camera: máy ảnh; watch: đồng hồ; keyboard: bàn phím; mouse: chuột; screen: màn hình; fan: quạt; fridge: tủ lạnh;
    kettle: ấm; pan: chảo; pot: nồi; knife: dao; lamp: đèn; table: bàn; chair: ghế; bed: giường; blanket: chăn;
    pillow: gối; curtain: rèm; shirt: áo; dress: đầm; skirt: váy; trouser: quần; jean: quần jean; jacket: áo khoác;
    hat: mũ; shoe: giày; sandal: dép; bag: túi; backpack: balo; wallet: ví; sock: tất; lipstick: son;
    perfume: nước hoa; soap: xà phòng; shampoo: dầu gội; cream: kem; candle: nến; book: sách; notebook: sổ;
    pen: bút; toy: đồ chơi; gift: quà; box: hộp; bicycle: xe đạp; bike: xe đạp; ceramic: gốm; wooden: gỗ; silk: lụa;
    silver: bạc;
"""
_PAIRS = [pair.strip().partition(": ") for pair in _WRITTEN.split(";") if pair.strip()]
_GOODS = {english: vietnamese for english, _, vietnamese in _PAIRS}


def in_vietnamese(text: str) -> str:
    """The words in Vietnamese, what they describe first (`lotus tea` is `trà sen`); empty where one is not known."""
    told = [word.plain for word in words(text)]
    if not told or not all(word in _GOODS for word in told):
        return ""
    return " ".join(_GOODS[word] for word in reversed(told))
