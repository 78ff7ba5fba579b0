"""How Vietnamese and English speak of stock, of rules, of orders and of what was done: patterns over folded text."""

import re


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _any(*alternatives: str) -> re.Pattern[str]:
    """Any of these, as whole words."""
    return re.compile(rf"\b(?:{'|'.join(alternatives)})\b")


_PIECES = "chiec|cai|san pham|mon|bo|doi|quyen|cuon|hop|chai|may"

IN_STOCK = _any(
    r"con (?:nhieu |san )?hang",
    r"san hang",
    r"co (?:san|hang)(?! lai)",
    rf"con \w+ (?:{_PIECES})",
    r"con lai (?:\d|hang)",
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
    r"out of stock",
    r"sold out",
    r"(?:not|isn't|aren't|never|no longer) (?:currently )?(?:in stock|available)",
    r"unavailable",
    r"none left",
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
    don doesn isn aren won
    """
)

_DONE = r"(?:giup ban |cho ban |giup |duoc )?"
ORDER_STATE = _any(
    r"don(?: hang)?\b.{0,30}\b(?:da|dang|se|vua|duoc)\b.{0,14}\b(?:giao|gui|xuat|huy|thanh toan|hoan|xac nhan|dong goi"
    r"|van chuyen|xu ly|toi|den|tren duong|tao|dat)",
    rf"(?:da|vua|xong) {_DONE}(?:dat(?: hang| don)|them vao gio|them \w+ vao gio|giu (?:hang|cho)|hoan tien|huy don"
    r"|thanh toan|len don|chot don|tao don|ap ma)",
    r"your (?:order|parcel|package|refund|payment|purchase)\b.{0,30}(?:\b(?:is|has|was|will|should|got)\b|'s)",
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
DEARER = _any(
    r"(?:re|dat|cao|thap) hon",
    r"chenh(?: lech)?",
    r"cach nhau",
    r"cheaper",
    r"more expensive",
    r"less",
    r"dearer",
    r"difference",
    r"costs? more",
)

# They connect, greet and point; they say nothing that a document would have to say.
LIGHT = _words(
    """
    a an anh ban bac bao biet cac cai can cho co con cua cung da day de di do duoc em gi giup ha hay hien hoac
    hon kem khi khoang la lai lam len luc ma minh moi mot muon nao nay neu nhe nha nhu nhung nhat o qua ra rat
    roi sau se shop tai thi theo thoi trong tren tu va vang vao ve vi voi vui xin y and any are as at be been by
    can do does for from get got has have here i if in into is it its just let me my of on or our ours please so
    than that the their them there these they this those to us was we were which will with you your yours yes
    """
)
