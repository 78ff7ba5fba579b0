"""How Vietnamese and English speak of stock, of rules, of orders and of what was done: patterns over folded text."""

import re


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _any(*alternatives: str) -> re.Pattern[str]:
    """Any of these, as whole words."""
    return re.compile(rf"\b(?:{'|'.join(alternatives)})\b")


_PIECES = "chiec|cai|san pham|mon|bo|doi|quyen|cuon|hop|chai|may"
_COLOR_OR_SIZE = "mau sac|mau|size|co|ban|phien ban"

IN_STOCK = _any(
    r"con (?:nhieu |san )?hang",
    r"san hang",
    r"co (?:san|hang)(?! lai)",
    rf"con \w+ (?:{_PIECES})",
    r"con lai (?:\d|hang)",
    r"(?:van|hien|dang|thi|cung) con(?= (?:nha|nhe|a|ban|day|do|nua|luon|ne)\b|\W*$)",
    r"con (?:nha|nhe|luon)(?=\W*$)",
    rf"con du (?:{_COLOR_OR_SIZE}|hang)",
    r"con (?:size|mau|co|ban) [\w/]+(?: [\w/]+)?(?: (?:nha|nhe|a|day|do|nua|luon|ban))*(?=\W*$)",
    r"still (?:have|there|got)",
    r"in stock",
    r"available",
    r"\w+ (?:left|remaining)",
)
OUT_OF_STOCK = _any(
    r"het (?:sach )?hang",
    r"(?:khong|chua|ko|k) (?:con|co|san) (?:san )?hang",
    r"tam het",
    r"chay hang",
    r"hang het",
    rf"(?:khong|chua) con (?:{_PIECES}) nao",
    r"khong con nua",
    r"het (?:size|mau|co)",
    r"(?:mau|size|ban) [\w/]+(?: [\w/]+)? (?:da |thi |dang |tam )*het(?: roi)?(?=\W*$)",
    r"(?:khong|chua|ko) con (?:size|mau|co)",
    r"out of stock",
    r"sold out",
    r"(?:not|isn't|aren't|never|no longer) (?:currently )?(?:in stock|available)",
    r"unavailable",
    r"none left",
)
ALL_VARIANTS = _any(
    rf"du (?:cac |moi |het )?(?:{_COLOR_OR_SIZE})",
    rf"(?:tat ca|moi|cac) (?:cac )?(?:{_COLOR_OR_SIZE}) (?:deu |van |hien |dang )*(?:con|co san|co hang)",
    r"(?:all|every|each|both|any) (?:of )?(?:the )?(?:sizes?|colou?rs?|variants?|versions?|options?)",
)
# A number behind these counts what is left; with these units it always does.
LEFT = _any(
    r"con(?: lai| dung| khoang| tam| hon)?",
    r"chi con(?: lai)?",
    r"ton kho",
    r"only",
    r"just",
    r"ha(?:ve|s)",
    r"there(?: are|'s)",
)
LEFT_UNITS = _words(
    """
    chiec cai san mon bo doi quyen cuon hop chai may item items piece pieces unit units left remaining available
    pair pairs copies
    """
)

# With these units a number tells how many were found.
FOUND_UNITS = _words(
    "mau san ket lua loai item items result results product products option options model models choices"
)

# A sentence with one of these states a rule of the shop.
POLICY = _any(
    r"(?:shop|ben minh|cua hang) (?:co |se |luon |deu )*(?:nhan|chap nhan|thu|tinh phi|tang|lam viec|doi)",
    r"we (?:also |do |always |will |can )*(?:accept|offer|provide|support|charge|cover|match|give|refund)",
    r"mien phi",
    r"free(?:ship)?(?! to)",
    r"(?:doi|tra) (?:tra|hang|lai|moi)",
    r"hoan (?:tien|lai)",
    r"bao hanh",
    r"giao (?:hang|tan|trong|toan|nhanh|mien)",
    r"van chuyen",
    r"ship(?:s|ped|ping|ment)?",
    r"thanh toan",
    r"tra (?:gop|truoc)",
    r"cod",
    r"chuyen khoan",
    r"bao mat",
    r"mo cua",
    r"(?<!tu )dong cua",
    r"hotline",
    r"khuyen mai",
    r"uu dai",
    r"qua tang",
    r"tang kem",
    r"voucher",
    r"ma giam",
    r"cam ket",
    r"dam bao",
    r"chinh hang",
    r"hoa don",
    r"lap dat",
    r"dat coc",
    r"refund\w*",
    r"(?:money|cash) back",
    r"(?:nhan|lay|tra) lai tien",
    r"return(?:s|ed|able)?",
    r"exchang\w+",
    r"warrant\w+",
    r"guarantee\w*",
    r"deliver\w*",
    r"instal\w*ments?",
    r"pay(?:ment|ments|able)?",
    r"cash on",
    r"privacy",
    r"opening hours",
    r"open (?:from|until|every|daily|on|at)",
    r"closed?",
    r"coupon\w*",
    r"gift wrap\w*",
    r"authentic",
    r"genuine",
    r"invoice",
    r"deposit",
    r"price match\w*",
    r"promotion\w*",
)
# Leaving one of these out of a sentence turns its meaning.
TURNING = _words(
    """
    khong chua chi tru ngoai chang dung cam only not no never except excluding unless without cannot nor neither
    don doesn isn aren won neu khi mien dieu kien phai yeu cau if when provided providing assuming until must required
    condition conditions subject
    """
)

_DONE = r"(?:giup ban |cho ban |giup |duoc )?"
ORDER_STATE = _any(
    r"don(?: hang)?\b.{0,30}\b(?:da|dang|se|vua|duoc)\b.{0,14}\b(?:giao|gui|xuat|huy|thanh toan|hoan|xac nhan|dong goi"
    r"|van chuyen|xu ly|toi|den|tren duong|tao|dat)",
    rf"(?:da|vua|xong) {_DONE}(?:dat(?: hang| don)|them vao gio|them \w+ vao gio|giu (?:hang|cho)|hoan tien|huy don"
    r"|thanh toan|len don|chot don|tao don|ap ma)",
    r"your (?:order|parcel|package|refund|payment|purchase)\b.{0,30}(?:\b(?:is|has|was|will|should|got|arrives?|comes?"
    r"|ships?|leaves?|left|reaches|gets?|goes)\b|'s)",
    r"don(?: hang)? (?:cua|nay)\b.{0,30}\b(?:toi|den|giao|ve)\b",
    r"(?:hom nay|ngay mai|mai|mot|tuan (?:nay|sau)|\w+ ngay nua) (?:\w+ ){0,3}(?:toi|giao|nhan duoc|co hang)",
    r"nhan (?:duoc )?(?:hang|don)\b.{0,20}\b(?:mai|hom nay|tuan|ngay)",
    r"(?:it|they|this|that)(?:'ll| will| should| would| can)? (?:arrives?|be (?:there|delivered|with you)|ships?"
    r"|gets? (?:there|to you)|comes? (?:to you|in \w+ days?|tomorrow|today))",
    r"you(?:'ll| will| can| should)? (?:get|have|receive) (?:it|them|this|your (?:order|parcel|package))\b.{0,20}"
    r"\b(?:today|tomorrow|tonight|days?|weeks?|hours?|\w+day)",
    r"(?:arrives?|delivered) (?:today|tomorrow|tonight|on \w+day|in \w+ (?:days?|hours?|weeks?))",
    r"(?:i|we)(?: have|'ve| just|'ll| will| already)* (?:placed|cancell?ed|cancel|added|reserved|refunded|booked"
    r"|processed|shipped|ordered|applied)",
)
BEST_SELLING = _any(
    r"ban chay",
    r"hot nhat",
    r"nhieu nguoi (?:mua|chon|thich)",
    r"khach (?:hang )?(?:thich|chuong|danh gia)",
    r"danh gia (?:cao|tot)",
    r"(?:best|top) ?-?sell(?:er|ers|ing)",
    r"most popular",
    r"customers? (?:love|favou?rite)",
    r"five-star",
)

# A limit the shopper named may stand behind these, with up to two words between.
AT_MOST = _words("duoi toi da under below within up less cheaper most max maximum re hon")
AT_LEAST = _words("tren over above least more min minimum")
LIMITS = (
    AT_MOST | AT_LEAST | _words("khoang tam around about between from to and tu den va budget ngan sach muc quanh - –")
)
# What an amount of money is, by the words before it. Names are taken out.
MONEY_ROLE = re.compile(
    r"\b(?:"
    r"(?P<saving>(?:re|thap) hon (?:so voi )?gia (?:goc|cu)|giam(?: gia)?(?! ?(?:gia )?(?:con|xuong|tu)\b)"
    r"|tiet kiem|bot|sav(?:e|es|ing|ings)|discount(?:ed)? (?:of|by)|reduced by|off)"
    r"|(?P<original>gia (?:goc|cu|niem yet|ban dau)|niem yet|truoc (?:day|do|kia)|giam(?: gia)? tu|was|were|originally"
    r"|original(?: price)?|list price|instead of|thay vi|(?:down|reduced) from|used to (?:be|cost))"
    r"|(?P<compared>(?:re|dat|mac|mem|cao|thap) hon|cheaper|more expensive|dearer|pricier|less|more|chenh(?: lech)?"
    r"|cach nhau|differ(?:ence|s)?)"
    r"|(?P<current>gia|con|xuong|nay|now|today|to|price|costs?|is|for|at)"
    r")\b"
)
MONEY_ROLE_BEHIND = re.compile(
    r"\W*(?:(?P<saving>off|tiet kiem|discount|saved)|(?P<original>originally|before|truoc day)"
    r"|(?P<compared>cheaper|less|more expensive|more|dearer|pricier|apart))\b"
)
CHEAPER_OR_DEARER = re.compile(
    r"\b(?:(?P<cheaper>(?:re|mem) hon(?! gia)|gia (?:thap|re|mem) hon|cheaper|less expensive|costs? less)"
    r"|(?P<dearer>(?:dat|mac) hon|gia cao hon|more expensive|dearer|pricier|costs? more))\b"
)
APART = _any(
    r"(?:cao|thap) hon", r"chenh(?: lech)?", r"cach nhau", r"difference", r"differs?", r"apart", r"less", r"more"
)
REDUCED = _any(r"giam", r"tiet kiem", r"sav(?:e|es|ing|ings)", r"discount\w*", r"reduced", r"sale", r"bot", r"re hon")
REDUCED_BEHIND = re.compile(r"\W*(?:off|discount|cheaper|less|sale)\b")
HALF_PRICE = _any(
    r"(?:con |giam )?(?:mot )?nua gia",
    r"giam (?:mot )?nua(?! (?:trieu|ty|ti|nghin|ngan|tr))",
    r"half[ -]?(?:the )?(?:usual |original )?price",
    r"half off",
)

# They connect, greet and point; they say nothing that a document would have to say.
LIGHT = _words(
    """
    a an anh ban bac bao biet cac cai can cho co con cua cung da day de di do duoc em gi giup ha hay hien hoac
    hon kem khoang la lai lam len luc ma minh moi mot muon nao nay nhe nha nhu nhung nhat o qua ra rat
    roi sau se shop tai thi theo thoi trong tren tu va vang vao ve vi voi vui xin y and any are as at be been by
    can do does for from get got has have here i in into is it its just let me my of on or our ours please so
    than that the their them there these they this those to us was we were which will with you your yours yes
    """
)
