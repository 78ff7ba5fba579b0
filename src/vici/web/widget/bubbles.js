/* How messages look. */
const REVEAL_MS = 900; // of a whole text, however long
const PAUSE_SHOWN_MS = 15 * 60 * 1000;

class Bubbles {
  constructor(list, words, shop, language, say) {
    this.list = list;
    this.words = words;
    this.shop = shop;
    this.language = language;
    this.say = say; // (text, payload) when a quick reply is pressed
    this.shown = new Map(); // by message id
    this.lastTime = null;
    this.typing = element("div", { class: "from-shop typing", hidden: true }, element("span", { class: "bubble" }, element("i"), element("i"), element("i")));
    this.list.append(this.typing);
  }

  /* True when it was not there yet. */
  add(message, { reveal = false, above = null } = {}) {
    const there = this.shown.get(message.message_id);
    if (there) {
      if (message.role === "user") this.state(message.message_id, "sent");
      return false;
    }
    const made = message.role === "user" ? this.fromUser(message) : this.fromShop(message, reveal);
    this.shown.set(message.message_id, made);
    if (above) {
      this.list.insertBefore(made, above);
    } else {
      this.sayTime(message.timestamp ? new Date(message.timestamp) : new Date());
      this.list.querySelectorAll(".replies").forEach((replies) => { if (!made.contains(replies)) replies.remove(); });
      this.list.insertBefore(made, this.typing);
    }
    return true;
  }

  clear() {
    this.shown.clear();
    this.lastTime = null;
    this.list.replaceChildren(this.typing);
  }

  sayTime(time) {
    if (this.lastTime === null || time - this.lastTime > PAUSE_SHOWN_MS) {
      const today = time.toDateString() === new Date().toDateString();
      const form = today ? { hour: "2-digit", minute: "2-digit" } : { day: "numeric", month: "long", hour: "2-digit", minute: "2-digit" };
      this.note(new Intl.DateTimeFormat(this.language, form).format(time));
    }
    this.lastTime = time;
  }

  note(text) {
    const made = element("p", { class: "note" }, text);
    this.list.insertBefore(made, this.typing);
    return made;
  }

  fromUser(message) {
    return element("div", { class: "from-user", "data-message": message.message_id },
      element("span", { class: "hidden" }, `${this.words.you}: `),
      element("div", { class: "bubble" }, message.content),
      element("div", { class: "state", hidden: true }));
  }

  /* How far a message of the shopper has got. */
  state(messageId, state, seconds, retry) {
    const place = this.shown.get(messageId)?.querySelector(".state");
    if (!place) return;
    const said = { sent: "", sending: "", waiting: this.words.waiting, failed: this.words.failed, refused: this.words.refused, slower: this.words.slower(seconds) }[state];
    place.replaceChildren(said);
    place.hidden = !said;
    place.classList.toggle("is-wrong", state === "failed" || state === "refused");
    if (state === "failed") place.append(" ", element("button", { type: "button", onclick: retry }, this.words.retry));
  }

  fromShop(message, reveal) {
    const made = element("div", { class: "from-shop", "data-message": message.message_id, lang: message.language ?? undefined },
      element("span", { class: "hidden" }, `${message.role === "agent" ? this.words.agent : this.words.shop}: `));
    if (message.role === "agent") made.append(element("p", { class: "who" }, this.words.agent));
    const language = message.language ?? this.language;
    const parts = message.actions.flatMap((action) => this.parts(action, language));
    if (!parts.some((part) => part.matches(".bubble"))) parts.unshift(...this.text(message.content));
    made.append(...parts);
    if (reveal && !matchMedia("(prefers-reduced-motion: reduce)").matches) this.reveal(parts);
    return made;
  }

  parts({ type, data }, language) {
    switch (type) {
      case "send_message":
        return [...this.text(data.message), ...this.citations(data.citations ?? [], language)];
      case "send_carousel":
        return [this.carousel(data.products, language)];
      case "send_quick_replies":
        return [...this.text(data.message), this.replies(data.replies)];
      case "collect_info":
        return data.fields.flatMap((field) => this.text(field.prompt));
      case "transfer_to_agent":
        return [element("p", { class: "note" }, this.words.wished)];
      default:
        return []; // what the shop does for itself
    }
  }

  text(text) {
    return text?.trim() ? [element("div", { class: "bubble" }, ...linked(text.trim()))] : [];
  }

  citations(citations, language) {
    const seen = new Map(citations.map((each) => [each.document, each]));
    if (!seen.size) return [];
    const links = [...seen.values()].map((each) => {
      const address = this.address(`/pages/${encodeURIComponent(each.document)}`, language);
      return element("a", { ...this.follow(address), title: each.passage }, icon("document"), each.title);
    });
    return [element("p", { class: "citations" }, element("span", {}, `${this.words.source} `), ...links)];
  }

  replies(replies) {
    const buttons = replies.map(({ title, payload }) =>
      element("li", {}, element("button", { type: "button", onclick: () => this.say(title, payload) }, title)));
    return element("ul", { class: "replies" }, ...buttons);
  }

  carousel(products, language) {
    const cards = element("ul", { class: "cards", tabindex: "0", "aria-label": this.words.products }, ...products.map((product) => this.card(product, language)));
    if (products.length < 2) return cards;
    const turn = (way) => cards.scrollBy({ left: way * cards.clientWidth * 0.8, behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "instant" : "smooth" });
    const back = element("button", { type: "button", class: "turn turn-back", "aria-label": this.words.previous, onclick: () => turn(-1) }, icon("left"));
    const on = element("button", { type: "button", class: "turn turn-on", "aria-label": this.words.next, onclick: () => turn(1) }, icon("right"));
    const ends = () => {
      back.hidden = cards.scrollLeft < 4;
      on.hidden = cards.scrollLeft + cards.clientWidth > cards.scrollWidth - 4;
    };
    cards.addEventListener("scroll", ends, { passive: true });
    new ResizeObserver(ends).observe(cards);
    return element("div", { class: "carousel" }, cards, back, on);
  }

  card(product, language) {
    const address = this.address(product.url, language);
    const picture = product.image_url && safeAddress(product.image_url, this.shop);
    const letter = () => element("span", { class: "no-picture", "aria-hidden": "true" }, product.name.slice(0, 1));
    const image = picture ? element("img", { src: picture.href, alt: "", width: 150, height: 150, loading: "lazy", decoding: "async", onerror: (event) => event.target.replaceWith(letter()) }) : letter();
    const was = product.original_price_minor > product.price_minor
      ? element("s", {}, element("span", { class: "hidden" }, `${this.words.was} `), money(product.original_price_minor, product.currency, language))
      : null;
    return element("li", {},
      element("a", { class: "card", ...this.follow(address) },
        image,
        element("span", { class: "card-name" }, product.name),
        element("span", { class: "card-price" }, element("strong", {}, money(product.price_minor, product.currency, language)), was),
        element("span", { class: product.in_stock ? "card-stock" : "card-stock is-out" }, product.in_stock ? this.words.inStock : this.words.soldOut)));
  }

  /* A page of the shop in the language of the message, or an address elsewhere. */
  address(address, language) {
    const local = address.startsWith("/") && !address.startsWith("//");
    const page = local && language === "en" && !address.startsWith("/en/") ? `/en${address}` : address;
    return safeAddress(page, this.shop);
  }

  follow(address) {
    if (!address) return {};
    return address.origin === location.origin ? { href: address.href } : { href: address.href, target: "_blank", rel: "noopener" };
  }

  /* Word by word, then what comes with it. The words are there for readers and screen readers all the time. */
  reveal(parts) {
    const [first, ...rest] = parts;
    const pieces = first.matches(".bubble") ? [...first.childNodes] : [];
    const words = pieces.flatMap((piece) => (piece.nodeType === Node.TEXT_NODE ? piece.data.split(/(?<=\s)/) : [piece]));
    const spans = words.map((word) => (typeof word === "string" ? element("span", {}, word) : word));
    if (pieces.length) first.replaceChildren(...spans);
    const late = [...spans, ...rest];
    late.forEach((each) => each.classList.add("late"));
    const step = Math.min(28, REVEAL_MS / late.length);
    late.forEach((each, index) => setTimeout(() => each.classList.remove("late"), index * step));
  }
}
