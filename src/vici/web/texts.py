"""Every word of the pages, in Vietnamese and English, in one place."""

from typing import NamedTuple


class Text(NamedTuple):
    vi: str
    en: str
    en_one: str | None = None
    """English when the fact `count` is 1; Vietnamese has no plural."""


TEXTS: dict[str, Text] = {
    # The frame of every page
    "skip": Text("Đến nội dung chính", "Skip to content"),
    "home": Text("Trang chủ", "Home"),
    "tagline": Text("Cứ nói bạn cần gì", "Just say what you need"),
    "search": Text("Tìm kiếm", "Search"),
    "search.placeholder": Text("Tìm món bạn cần, bằng lời của bạn", "Search in your own words"),
    "search.suggestions": Text("Gợi ý", "Suggestions"),
    "categories": Text("Danh mục", "Categories"),
    "close": Text("Đóng", "Close"),
    "shops": Text("Gian hàng", "Shops"),
    "brands": Text("Thương hiệu", "Brands"),
    "about_shop": Text("Về cửa hàng", "About the shop"),
    "language.other": Text("English", "Tiếng Việt"),
    "theme.dark": Text("Nền tối", "Dark colours"),
    "theme.light": Text("Nền sáng", "Light colours"),
    "ask": Text("Hỏi trợ lý", "Ask the assistant"),
    "ask.title": Text("Trợ lý {shop}", "{shop} assistant"),
    "ask.needs_script": Text(
        "Bật JavaScript để trò chuyện với trợ lý.", "Turn on JavaScript to chat with the assistant."
    ),
    "open_api": Text("API cho lập trình viên", "API for developers"),
    "request_failed": Text("Chưa tải được. Bạn thử lại nhé.", "That did not load. Please try again."),
    # Home
    "home.title": Text("Cứ nói bạn cần gì.", "Just say what you need."),
    "home.lead": Text(
        "Tìm bằng lời của bạn, có dấu hay không dấu. Hoặc hỏi trợ lý: giá, hàng còn hay hết, giao hàng, đổi trả. "
        "Câu nào cũng lấy từ dữ liệu của cửa hàng.",
        "Search in your own words, or ask the assistant about prices, stock, delivery and returns. "
        "Every answer comes from the shop's own records.",
    ),
    "home.lead.no_pages": Text(
        "Tìm bằng lời của bạn, có dấu hay không dấu. Hoặc hỏi trợ lý: giá, hàng còn hay hết, món nào hợp. "
        "Câu nào cũng lấy từ dữ liệu của cửa hàng.",
        "Search in your own words, or ask the assistant about prices, stock and what would suit you. "
        "Every answer comes from the shop's own records.",
    ),
    "home.example": Text("{category} dưới {amount}", "{category} under {amount}"),
    "home.example.millions": Text("{amount} triệu", "{amount} million"),
    "home.example.thousands": Text("{amount} nghìn", "{amount} thousand"),
    "home.example.found": Text(
        "Có {count} món hợp. Đây là những món đầu tiên:", "I found {count}. Here are the first ones:", "I found one:"
    ),
    "home.example.more": Text("Xem tất cả", "See all of them"),
    "home.try": Text("Thử hỏi", "Try asking"),
    "home.try.delivery": Text("Phí giao hàng bao nhiêu?", "How much is delivery?"),
    "home.try.returns": Text("Đổi trả thế nào?", "How do returns work?"),
    "home.new": Text("Mới về", "Just in"),
    "home.discounted": Text("Đang giảm giá", "On sale"),
    "see_all": Text("Xem tất cả", "See all"),
    # Lists of products
    "results.title": Text("Kết quả cho “{words}”", "Results for “{words}”"),
    "results.all": Text("Tất cả sản phẩm", "All products"),
    "results.count": Text("{count} sản phẩm", "{count} products", "1 product"),
    "results.filters": Text("Bộ lọc", "Filters"),
    "results.filters.chosen": Text("Bộ lọc đang chọn", "Chosen filters"),
    "results.filters.apply": Text("Áp dụng", "Apply"),
    "results.filters.clear": Text("Bỏ hết bộ lọc", "Clear all filters"),
    "results.filters.close": Text("Xem kết quả", "Show results"),
    "results.filters.remove": Text("Bỏ lọc {label}", "Remove filter {label}"),
    "results.read": Text("Hiểu từ lời bạn", "Read from your words"),
    "results.sort": Text("Sắp xếp", "Sort by"),
    "results.sort.relevance": Text("Phù hợp nhất", "Best match"),
    "results.sort.price_low": Text("Giá thấp đến cao", "Price, low to high"),
    "results.sort.price_high": Text("Giá cao đến thấp", "Price, high to low"),
    "results.sort.newest": Text("Mới nhất", "Newest"),
    "results.sort.name": Text("Tên A–Z", "Name, A–Z"),
    "results.price": Text("Giá", "Price"),
    "results.price.from": Text("Từ", "From"),
    "results.price.to": Text("Đến", "To"),
    "results.in_stock": Text("Chỉ hàng còn", "In stock only"),
    "results.more_values": Text("Thêm {count}", "{count} more"),
    "results.show_more": Text("Xem thêm", "Show more"),
    "results.shown": Text("Đang xem {shown} trong {total}", "Showing {shown} of {total}"),
    "results.corrected": Text("Đang hiện kết quả cho “{corrected}”.", "Showing results for “{corrected}”."),
    "results.insist": Text("Tìm đúng “{original}”", "Search for “{original}” instead"),
    "results.did_you_mean": Text("Có phải bạn tìm", "Did you mean"),
    "results.relaxed": Text("Không có món nào khớp hết. Đã bỏ qua:", "Nothing fits all of it. Left out:"),
    "results.relaxed.chosen": Text("Không có món nào khớp với bộ lọc bạn chọn:", "Nothing fits the filters you chose:"),
    "results.relaxed.instead": Text("Dưới đây là các món khi bỏ bộ lọc đó.", "These are without them."),
    "results.none": Text("Chưa có món nào hợp", "Nothing fits yet"),
    "results.none.words": Text("Chưa tìm thấy “{words}”", "Nothing found for “{words}”"),
    "results.none.advice": Text(
        "Thử ít từ hơn, bỏ bớt bộ lọc, hoặc hỏi trợ lý: có thể món bạn cần mang tên khác.",
        "Try fewer words or fewer filters, or ask the assistant: it may go by another name here.",
    ),
    "results.none.browse": Text("Hoặc xem theo danh mục", "Or browse the categories"),
    # A product
    "product.from": Text("Từ", "From"),
    "product.was": Text("Giá gốc", "Was"),
    "product.off": Text("Giảm {percent}%", "{percent}% off"),
    "product.in_stock": Text("Còn hàng", "In stock"),
    "product.left": Text("Chỉ còn {count}", "Only {count} left", "Only 1 left"),
    "product.sold_out": Text("Hết hàng", "Out of stock"),
    "product.by": Text("Bán bởi", "Sold by"),
    "product.option.gone": Text("hết", "none left"),
    "product.option.color": Text("Màu sắc", "Colour"),
    "product.option.size": Text("Kích cỡ", "Size"),
    "product.option.storage": Text("Dung lượng", "Storage"),
    "product.pictures": Text("Hình sản phẩm", "Pictures"),
    "product.picture": Text("Hình {number} của {name}", "Picture {number} of {name}"),
    "product.ask": Text("Hỏi về sản phẩm này", "Ask about this product"),
    "product.ask.message": Text("Cho mình hỏi về {name}", "Tell me about {name}"),
    "product.description": Text("Mô tả", "Description"),
    "product.details": Text("Thông số", "Details"),
    "product.sku": Text("Mã SKU", "SKU"),
    "product.barcode": Text("Mã vạch", "Barcode"),
    "product.similar": Text("Có thể bạn cũng thích", "You may also like"),
    "product.discontinued": Text("Sản phẩm này không còn bán.", "This product is no longer sold."),
    "product.yes": Text("Có", "Yes"),
    "product.no": Text("Không", "No"),
    # Pages of the shop about itself
    "policy.updated": Text("Cập nhật {date}", "Updated {date}"),
    "policy.only_other": Text("Trang này hiện chỉ có bằng tiếng Anh.", "This page is only available in Vietnamese."),
    "policy.ask": Text("Chưa rõ chỗ nào? Cứ hỏi trợ lý.", "Anything unclear? Ask the assistant."),
    # When something is wrong
    "error.404": Text("Không có trang này", "There is no such page"),
    "error.404.advice": Text(
        "Có thể sản phẩm không còn bán, hoặc đường dẫn bị thiếu. Thử tìm xem:",
        "The product may no longer be sold, or the address is incomplete. Try a search:",
    ),
    "error.422": Text("Không hiểu địa chỉ này", "This address makes no sense here"),
    "error.422.advice": Text(
        "Có phần nào đó trong đường dẫn không đúng. Bắt đầu lại từ đây:",
        "Some part of it is wrong. Start again from here:",
    ),
    "error.429": Text("Nhanh quá", "That was a lot at once"),
    "error.429.advice": Text(
        "Bạn vui lòng đợi một chút rồi tải lại trang.", "Please wait a moment, then load the page again."
    ),
    "error.503": Text("Cửa hàng tạm nghỉ", "The shop is taking a break"),
    "error.503.advice": Text(
        "Một phần của cửa hàng chưa trả lời. Bạn thử lại sau ít phút nhé.",
        "A part of the shop does not answer. Please try again in a few minutes.",
    ),
    "error.500": Text("Có lỗi ở phía cửa hàng", "Something went wrong on our side"),
    "error.500.advice": Text(
        "Lỗi đã được ghi lại. Bạn thử lại sau ít phút nhé.", "It has been noted. Please try again in a few minutes."
    ),
    "error.number": Text("Mã yêu cầu", "Request"),
}


def text(key: str, language: str, **facts: object) -> str:
    """The words of this key with the facts put in; whole numbers get the language's thousands marks."""
    words = TEXTS[key]
    if language == "vi":
        template = words.vi
    else:
        template = words.en_one if words.en_one is not None and facts.get("count") == 1 else words.en
    return template.format(
        **{name: number(fact, language) if type(fact) is int else fact for name, fact in facts.items()}
    )


def number(value: int, language: str) -> str:
    """`12.500` in Vietnamese, `12,500` in English."""
    written = f"{value:,}"
    return written.replace(",", ".") if language == "vi" else written
