/* Puts the widget on the page. Every choice is an attribute of the script element; see docs/widget.md. */
const script = document.currentScript;
const shop = new URL(script.src).origin;
const chosen = script.dataset;

function begin() {
  if (document.querySelector("vici-chat")) return;
  const language = chosen.lang === "en" || chosen.lang === "vi" ? chosen.lang : document.documentElement.lang.startsWith("en") ? "en" : "vi";
  const words = WORDS[language];
  const host = element("vici-chat", { lang: language, "data-position": chosen.position === "left" ? "left" : "right" });
  if (["light", "dark", "system"].includes(chosen.theme)) host.setAttribute("data-theme", chosen.theme);
  if (chosen.color && CSS.supports("color", chosen.color)) colour(host, chosen.color);
  const root = host.attachShadow({ mode: "open" });
  const style = new CSSStyleSheet();
  style.replaceSync(STYLE);
  root.adoptedStyleSheets = [style];

  const session = new Session(shop);
  const starters = chosen.starters ? chosen.starters.split("|").map((each) => each.trim()).filter(Boolean) : words.starters;
  let { anew } = session.read();
  const panel = new Panel(root, words, { title: chosen.title, language, starters, anew: beginAnew }, session);
  const stream = new Stream(session, show, (isOnline) => panel.connected(isOnline));

  function show(name, data) {
    if (name === "message") panel.arrived(data);
    else if (name === "typing") panel.typing(data.active);
    else if (name === "status") {
      panel.changed(data.status);
      if (data.status === "expired" || data.status === "ended") session.leave(stream.of);
    }
  }

  function beginAnew() {
    session.anew();
    cleared();
  }

  function cleared() {
    ({ anew } = session.read());
    stream.end();
    panel.clear();
  }

  session.onQueueChanged = (message, seconds) => panel.queued(message, seconds);
  session.onAccepted = (message) => panel.bubbles.state(message.message_id, "sent");
  session.onBegun = () => stream.start();

  document.body.append(host);
  restore();

  /* What was said, then what is still to be sent, in this order. */
  async function restore() {
    if (session.read().begun) panel.begun();
    await showEarlier();
    const shown = stream.start();
    await Promise.race([shown, pause(250)]);
    panel.reopen();
    await shown;
    panel.toEnd();
    for (const message of session.read().queue) panel.queued(message);
    session.send();
  }

  /* What an earlier session said, above what this one will. */
  async function showEarlier() {
    const { earlier } = session.read();
    const old = earlier && (await session.history(earlier));
    if (!old?.messages.length) return;
    for (const message of old.messages) panel.bubbles.add(message);
    panel.afterChange();
    panel.bubbles.note(words.again);
  }

  addEventListener("online", () => session.send());
  // Another tab began a session, left one, cleared everything, or saw the newest message.
  addEventListener("storage", (event) => {
    if (event.key !== session.key) return;
    const { id, begun, anew: newest } = session.read();
    if (newest !== anew) cleared();
    if (begun && id !== stream.of) stream.start();
    panel.look();
  });
  // Anything on the page may open the chat, or ask it something.
  document.addEventListener("click", (event) => {
    const by = event.target instanceof Element ? event.target.closest("[data-vici-open], [data-vici-ask]") : null;
    if (!by) return;
    event.preventDefault();
    panel.open(by);
    if (by.dataset.viciAsk) panel.say(by.dataset.viciAsk, by.dataset.viciPayload);
  });
}

/* The shop's own colour, and on it whichever of black and white can be read. */
function colour(host, wanted) {
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  canvas.fillStyle = wanted;
  canvas.fillRect(0, 0, 1, 1);
  const [red, green, blue] = [...canvas.getImageData(0, 0, 1, 1).data].map((each) => (each / 255 <= 0.04045 ? each / 255 / 12.92 : ((each / 255 + 0.055) / 1.055) ** 2.4));
  // WCAG relative luminance; at .179 black and white stand out equally.
  const luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  host.style.setProperty("--vici-color", wanted);
  host.style.setProperty("--vici-on-color", luminance > 0.179 ? "#000" : "#fff");
}

if (document.body) begin();
else document.addEventListener("DOMContentLoaded", begin);
