"""Which language a message is in: Vietnamese, with or without accents and in chat spelling, or English.

Counts, word by word, what speaks for either: accents, words that only one of them has, and whether a word could be a
Vietnamese syllable at all. Names of products and brands speak for neither.
"""

import re
from functools import lru_cache
from typing import Literal

from vici.kit.text import words

Tongue = Literal["vi", "en"]


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


# All folded. What Vietnamese messages are made of, with what haste makes of it: `bnhiu`, `k`, `ntn`.
_VIETNAMESE = _set("""
    ac ai ak anh bac bai ban bao biet bik bn bnh bnhieu bnhiu cac cai cam cang canh cha chac chi chiec chieu cho
    chua chuc chung chut co coi con cua cug cung cuoi da dag dang danh day dc de den deu di dien dieu dk dong du
    dum duoc duoi em gi gia giao gio giong giup goi gom gui het hinh hk hoac hoan hoi hok hom hon hong ib j ji k
    khac khach khi khj kho khoang khong kia kiem kieu ko kog kung la lai lam lau len lien loai lon luon ma mac
    mai may mik minh mjh mk moi mot mua mui muon nao nay nen neu ngay nghe nghin nguoi nguyen nha nhan nhanh
    nhat nhe nhi nhieu nhiu nho nhu nhug nhung nk noi ntn nua oi phai phu qua quan quay quen r ra rat re roi
    sach sam sao sau say sdt se sp tam tang tao tat tay thang thanh thap thay thi thich thik thoi thong thu tiem
    tien tim tinh toi tot tra trai tren trieu trong trum truoc tu tui tung tuy uh uk va vai vang vay ve viec
    vien vo voi von vua vui wa xai xanh xem xin xong xuong yeu zay
""")
_ENGLISH = _set("""
    a about after again all also always and any anyone anything are around as ask at because been before but by
    come could did does doing done during each every everything find for from get give going got had has have
    having he help her here hers him his how i if im in into is it its just keep know less let like look looking
    make many mean more most much must name need needs never next none not nothing now of off once one ones only
    other our out over own please quite rather really said same say several shall she should show similar since
    some someone something soon still such sure take talk tell than thank that their them then there these they
    thing things think this those too took under understand until up us use used very waiting want wanted was we
    well went were what whats when where which who whose why will wish with within without work working works
    would wrong yes yet you your youre yours
""")
# English for things; a Vietnamese sentence may borrow one.
_ENGLISH_NAMES = _set("""
    adapter arrival arrivals available away baby back backpack bad bag ball battery beautiful bed belt best
    better bicycle big bike black blanket blender blouse blue book books boots bottle bought bowl bra bring
    broken brown brush budget bulb buy buying cable cake call camping cancel cancelling card cards carpet chair
    charger cheap cheaper cheapest children chocolate cleaner clothes coat coffee color colors colour colours
    compare conditioner console controller cookbook cooker cordless cost costs cotton cream crib cup curtain
    customer days deal deals dehumidifier deliver delivered delivery desk desktop diaper different discount
    dishwasher doll doorbell drawer dress drive drone dryer dumbbell earbuds earphones electric else english
    expensive extension fast few first fit formula four freezer fridge friend fryer gamepad gift gifts glass
    gloves gluten goggles good great green grey grinder hand handbag happy hat headphone headphones headset
    heater heels helmet high hiking holder honey hour hours house human humidifier hundred infant instead iron
    item items jacket jewelry juicer kettle keyboard kid kids kind kitchen knife lamp laptops large last later
    leather lens light linen lipstick little live living lock lot loud love low luggage machine made mask
    massage massager mechanical message microphone milk million mirror mixer modem money month mother
    motherboard mug mum near necklace nice noise notebook novel number nuts offer office old oolong open opening
    oven paid pair pajamas pants paper pay payment pencil people perfume person phones pick picture pillow pink
    plastic plate plug policy portable pot price priced prices printer processor product products projector
    purifier purple purse puzzle question quick quickly quiet racket read recommend red refund remove reply
    return returns rice right roaster router running sandals sauce scale scarf screen second sell sells send
    sewing shampoo shaver shelf shipped shipping shirt shirts shoe shoes short shorts silk sir sizes skin skirt
    small smaller smart snacks sneakers soap socket socks sort soundbar speak speakers spend stand steamer steel
    stock stop storage stroller suggest suit suitcase sunglasses sunscreen sweater swimming swimsuit table tea
    teapot tent thermometer third thousand three tie time toaster today together tomorrow top tote towel toy
    toys track trimmer tripod trousers turntable two type umbrella underwear vacuum wallet warranty wash washing
    watch watches water waterproof week weekend white wife winter wired wireless woman women wonder wooden wool
    worth year yellow yoga
""")
# English, but also what a Vietnamese syllable looks like without its accents, or a greeting both use.
_RATHER_ENGLISH = _set("""
    be bye can chan do don go goodbye hello hey hi in long man me my no on or so sorry thanks the thin to
""")
# Written in both.
_EITHER = _set("""
    ad admin am an app auth bluetooth box camera case chat check cod combo email fake fan form free full game
    gamer gaming ha hay ho hot inbox laptop like link list mail max men menu mini mix mouse nam new note offline
    ok okay oke online order pc phone pin plus pro ran real sale san set ship shop size sms speaker store style
    ta tablet tag tan test them tin ton tv update usb van video vip voucher web wifi
    booking branding gaming king lightning marketing pudding ring shopping streaming styling training trending
""")


def is_english(word: str) -> bool:
    """Whether a folded word is one of the usual English ones, or of those that both languages use."""
    return word in _ENGLISH or word in _ENGLISH_NAMES or word in _RATHER_ENGLISH or word in _EITHER


_SYLLABLE = re.compile(
    r"(?:ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdghklmnprstvx])?"
    r"(?:uye[nt]|uynh|uych|u[ao]ng|uong|uou|uoi|ieng|oang|oanh|oach|oong|uenh|uech|yeng"
    r"|ie[cmnptu]|ia|iu|i[cmnpt]|inh|ich|i"
    r"|ye[mntu]|yet|y"
    r"|uo[cmnpt]|ua[nty]|uy[atu]|uyt|uya|u[ceimnptuy]|ung|ua|uo|u"
    r"|oa[cimnopty]|oe[not]|o[cimnpt]|ong|oa|oe|o"
    r"|a[ciomnptuy]|ang|anh|ach|a"
    r"|e[comnptu]|eng|enh|ech|e)"
)
_ENGLISH_ENDING = re.compile(r"[a-z]{3,}(?:tion|tions|ment|ness|less|able|ible|ful|ings?|edly|ously|ward|ly|'?ve|n't)")

_ADDRESS = re.compile(r"\S+://\S+|\S+@\S+|www\.\S+")

# A message has to say this much to count, and this much to turn a conversation from one language to the other: a single
# "thanks" among Vietnamese sentences does not.
_SAYS = 0.5
_TURNS = 1.0


def language_of(text: str, so_far: Tongue | None = None) -> Tongue | None:
    """The language of a message; what was spoken `so_far` where nothing in it tells (a model number, an emoji, a
    brand). Reads the first 2,000 characters."""
    total = sum(_weight(word.form, word.plain) for word in words(_ADDRESS.sub(" ", text[:2000])))
    if abs(total) < (_SAYS if so_far is None else _TURNS):
        return so_far
    return "vi" if total > 0 else "en"


@lru_cache(maxsize=20_000)
def _weight(form: str, plain: str) -> float:
    """How much one word speaks for Vietnamese (above 0) or English (below)."""
    if not form.isalpha() or form in _EITHER:
        return 0.0
    if not form.isascii():
        return 2.0 if plain in _VIETNAMESE else 1.5 if _SYLLABLE.fullmatch(plain) else 0.5
    if form in _VIETNAMESE:
        return 1.5
    if form in _ENGLISH:
        return -1.5
    if form in _RATHER_ENGLISH:
        return -0.5
    if form in _ENGLISH_NAMES or plain in _ENGLISH_NAMES:
        return -1.0
    if _SYLLABLE.fullmatch(form) and len(form) > 1:
        return 0.6
    return -1.0 if _ENGLISH_ENDING.fullmatch(form) else 0.0
