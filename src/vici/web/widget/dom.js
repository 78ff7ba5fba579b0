/* Elements are made one by one, never from text: whatever a message contains, it stays a message. */
const SHAPES = {
  chat: "M5 19.5V7.5a3 3 0 0 1 3-3h8a3 3 0 0 1 3 3v6a3 3 0 0 1-3 3H9zM9 9h6M9 12.5h3.5",
  anew: "M6.2 8.5a7 7 0 1 1-1.1 5M5.5 4.5v4.3h4.3",
  close: "m6.5 6.5 11 11m0-11-11 11",
  send: "M12 19V5.5m-6 6 6-6 6 6",
  left: "m14.5 6-6 6 6 6",
  right: "m9.5 6 6 6-6 6",
  down: "m6 9.5 6 6 6-6",
  document: "M7 3.5h7l4 4v13H7zM10 12h5m-5 4h5",
};

function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

function icon(name) {
  const namespace = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(namespace, "svg");
  const path = document.createElementNS(namespace, "path");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  path.setAttribute("d", SHAPES[name]);
  svg.append(path);
  return svg;
}

/* An address to follow, or nothing: only the web's own kinds, so that no message can carry a script. */
function safeAddress(address, base) {
  try {
    const url = new URL(address, base);
    return url.protocol === "https:" || url.protocol === "http:" ? url : null;
  } catch {
    return null;
  }
}

/* Text with its web addresses as links; line breaks are kept by the style. */
function linked(text) {
  const pieces = [];
  let end = 0;
  for (const found of text.matchAll(/https?:\/\/[^\s<>"')\]]+[^\s<>"')\].,;:!?]/g)) {
    pieces.push(text.slice(end, found.index), element("a", { href: found[0], target: "_blank", rel: "noopener nofollow" }, found[0]));
    end = found.index + found[0].length;
  }
  return [...pieces, text.slice(end)];
}

function randomId() {
  if (crypto.randomUUID) return crypto.randomUUID();
  // Pages without https have no randomUUID: the same by hand, version 4.
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

/* As the shop's pages write it: 15.990.000 ₫, $19.99. Not with the decimals the browser knows: those are the customary
   ones, and prices come in the minor units of ISO 4217. */
function money(minor, currency, language) {
  const places = DECIMALS[currency] ?? 2;
  const plain = new Intl.NumberFormat(language, { minimumFractionDigits: places, maximumFractionDigits: places }).format(minor / 10 ** places);
  if (currency === "VND") return `${plain} ₫`;
  if (language === "vi") return `${plain} ${currency === "USD" ? "US$" : currency}`;
  const symbol = { USD: "$", EUR: "€", GBP: "£", JPY: "¥" }[currency];
  return symbol ? symbol + plain : `${plain} ${currency}`;
}

function pause(milliseconds, signal) {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    signal?.addEventListener("abort", () => { clearTimeout(timer); resolve(); }, { once: true });
  });
}
