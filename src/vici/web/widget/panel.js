/* The button in the corner and the conversation it opens. */
const PHONE = "(max-width: 36rem), (max-height: 28rem)";
const TITLE_MARK = /^\(\d+\) /;

class Panel {
  constructor(root, words, options, session) {
    this.words = words;
    this.session = session;
    this.phone = matchMedia(PHONE);
    this.isOnline = true;
    this.status = "active";
    this.unread = 0;
    this.openedBy = null;
    this.starters = options.starters;
    this.scrolledTo = 0;

    this.badge = element("span", { class: "badge", hidden: true });
    this.launcher = element("button", { type: "button", class: "launcher", "aria-haspopup": "dialog", "aria-expanded": "false", onclick: () => this.toggle() },
      icon("chat"), icon("down"), this.badge);
    this.state = element("p", { class: "state-line" });
    this.list = element("div", { class: "list", role: "log", "aria-live": "off", "aria-label": words.log, tabindex: "0" });
    this.said = element("div", { class: "hidden", role: "status" });
    this.field = element("textarea", { rows: 1, maxlength: 8000, placeholder: words.field, "aria-label": words.field, enterkeyhint: "send", oninput: () => this.grow(), onkeydown: (event) => this.key(event) });
    this.send = element("button", { type: "submit", class: "send", "aria-label": words.send, disabled: true }, icon("send"));
    this.anew = element("button", { type: "button", class: "anew", title: words.anew, "aria-label": words.anew, hidden: true, onclick: () => options.anew() }, icon("anew"));
    this.dialog = element("dialog", { class: "panel", "aria-labelledby": "title" },
      element("header", {},
        element("div", {}, element("h2", { id: "title" }, options.title || words.title), this.state),
        this.anew,
        element("button", { type: "button", class: "close", "aria-label": words.close, onclick: () => this.close() }, icon("close"))),
      this.list,
      element("form", { class: "composer", onsubmit: (event) => this.submit(event) }, this.field, this.send),
      this.said);
    this.dialog.addEventListener("cancel", (event) => { event.preventDefault(); this.close(); });
    this.dialog.addEventListener("keydown", (event) => { if (event.key === "Escape") { event.stopPropagation(); this.close(); } });
    root.append(this.launcher, this.dialog);

    this.bubbles = new Bubbles(this.list, words, session.shop, options.language, (text, payload) => this.say(text, payload));
    this.greeting = this.greet(this.starters);
    this.phone.addEventListener("change", () => { if (this.isOpen) { this.dialog.close(); this.present(); } });
    window.visualViewport?.addEventListener("resize", () => this.fit());
    document.addEventListener("visibilitychange", () => this.look());
    addEventListener("scroll", () => this.giveWay(), { passive: true });
    for (const event of ["online", "offline"]) addEventListener(event, () => this.showState());
    this.showState();
    this.mark();
  }

  get isOpen() { return this.dialog.open; }
  get isWatched() { return this.isOpen && !document.hidden; }

  greet(starters) {
    const made = element("div", { class: "greeting" },
      element("div", { class: "from-shop" }, element("div", { class: "bubble" }, this.words.greeting),
        element("ul", { class: "replies" }, ...starters.map((text) => element("li", {}, element("button", { type: "button", onclick: () => this.say(text) }, text))))));
    this.list.prepend(made);
    return made;
  }

  toggle() { if (this.isOpen) this.close(); else this.open(); }

  open(by = this.launcher) {
    if (this.isOpen) return;
    this.openedBy = by;
    this.present();
    this.remember(true);
    this.toEnd();
    // On a phone the keyboard would hide what there is to read.
    if (this.phone.matches) this.list.focus(); else this.field.focus();
    this.look();
  }

  /* Where it was open on the page before, it is open on this one, without taking the focus. */
  reopen() {
    if (this.phone.matches || !this.remembered) return;
    const focused = document.activeElement;
    this.dialog.classList.add("is-still");
    this.present();
    this.list.getRootNode().activeElement?.blur(); // a dialog takes the focus when it opens
    if (focused instanceof HTMLElement) focused.focus({ preventScroll: true });
    this.toEnd();
    this.look();
  }

  present() {
    // A phone's screen is all ours: the rest of the page is out of reach until it is closed.
    if (this.phone.matches) this.dialog.showModal(); else this.dialog.show();
    this.scrollBefore ??= document.documentElement.style.overflow;
    document.documentElement.style.overflow = this.phone.matches ? "hidden" : this.scrollBefore;
    this.launcher.setAttribute("aria-expanded", "true");
    this.fit();
    this.mark();
    document.dispatchEvent(new CustomEvent("vici:open"));
  }

  close() {
    this.dialog.close();
    this.dialog.classList.remove("is-still");
    this.launcher.setAttribute("aria-expanded", "false");
    document.documentElement.style.overflow = this.scrollBefore ?? "";
    this.remember(false);
    (this.openedBy?.isConnected ? this.openedBy : this.launcher).focus({ preventScroll: true });
    this.mark();
    document.dispatchEvent(new CustomEvent("vici:close"));
  }

  remember(open) {
    try { sessionStorage.setItem(`${this.session.key}:open`, open ? "1" : ""); } catch { /* then it is closed on the next page */ }
  }

  get remembered() {
    try { return sessionStorage.getItem(`${this.session.key}:open`) === "1"; } catch { return false; }
  }

  /* The height that the keyboard leaves. */
  fit() {
    const view = window.visualViewport;
    if (!view) return;
    this.dialog.style.setProperty("--view-height", `${view.height}px`);
    this.dialog.style.setProperty("--view-top", `${view.offsetTop}px`);
    if (this.isOpen && this.phone.matches) this.toEnd();
  }

  grow() {
    this.send.disabled = !this.field.value.trim();
    // Where `field-sizing` is not known.
    if (!CSS.supports("field-sizing", "content")) {
      this.field.style.height = "auto";
      this.field.style.height = `${this.field.scrollHeight}px`;
    }
  }

  key(event) {
    // While a Vietnamese word is being composed, Enter belongs to the keyboard.
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) this.submit(event);
  }

  submit(event) {
    event.preventDefault();
    const text = this.field.value.trim();
    if (!text) return;
    this.field.value = "";
    this.grow();
    this.say(text);
  }

  say(text, payload) {
    const held = this.list.contains(this.list.getRootNode().activeElement);
    this.session.say(text, payload);
    this.toEnd();
    // The pressed quick reply is gone; the next thing to do is to write or to read.
    if (held) (this.phone.matches ? this.list : this.field).focus();
  }

  /* Nothing was said yet. */
  clear() {
    const held = this.dialog.contains(this.list.getRootNode().activeElement);
    this.bubbles.clear();
    this.typing(false);
    this.said.textContent = "";
    this.greeting = this.greet(this.starters);
    this.anew.hidden = true;
    this.changed("active");
    this.look();
    if (held) (this.phone.matches ? this.list : this.field).focus();
  }

  /* On a phone it would lie on what is being read: it goes on the way down and comes back on the way up. */
  giveWay() {
    const end = document.documentElement.scrollHeight - innerHeight;
    const at = Math.max(0, Math.min(scrollY, end)); // a phone lets one pull beyond the ends
    if (Math.abs(at - this.scrolledTo) < 8) return;
    this.launcher.classList.toggle("is-away", this.phone.matches && at > this.scrolledTo && !this.unread);
    this.scrolledTo = at;
  }

  /* A message of ours, on its way. */
  queued(message, seconds) {
    this.bubbles.add({ role: "user", message_id: message.message_id, content: message.message });
    this.bubbles.state(message.message_id, message.state, seconds, () => this.session.send());
    if (message.state === "sending" && this.status !== "human") this.typing(true);
    if (message.state === "failed" || message.state === "refused" || message.state === "waiting") this.typing(false);
    this.afterChange();
  }

  arrived(message) {
    const reveal = this.isWatched && !this.bubbles.typing.hidden;
    if (!this.bubbles.add(message, { reveal })) return;
    if (message.role !== "user") {
      this.typing(false);
      this.said.textContent = message.content;
    }
    this.afterChange();
    this.look();
  }

  typing(active) {
    clearTimeout(this.typingEnds);
    if (this.bubbles.typing.hidden === !active) return;
    this.bubbles.typing.hidden = !active;
    if (active) {
      this.said.textContent = this.words.typing;
      this.typingEnds = setTimeout(() => this.typing(false), 45_000);
      this.toEnd();
    }
  }

  changed(status) {
    if (this.status !== status && (status === "expired" || status === "ended")) {
      this.bubbles.note(this.words.over);
      this.typing(false);
    }
    this.status = status;
    this.showState();
  }

  connected(isOnline) {
    if (this.isOnline === isOnline) return;
    this.isOnline = isOnline;
    this.showState();
  }

  showState() {
    const lost = !navigator.onLine ? this.words.offline : !this.isOnline ? this.words.reconnecting : "";
    this.state.textContent = lost || (this.status === "human" ? this.words.person : this.words.ready);
    this.state.classList.toggle("is-lost", Boolean(lost));
  }

  /* Something was said: the questions to begin with have had their time. */
  begun() { this.greeting.querySelector(".replies")?.remove(); }

  afterChange() {
    if (this.bubbles.shown.size) this.begun();
    this.anew.hidden = !this.bubbles.shown.size;
    this.toEnd();
  }

  /* To the end, but not past the beginning of what was said last: a long answer is read from its question on. */
  toEnd() {
    const said = [...this.list.querySelectorAll(":scope > [data-message]")];
    const answers = said.length - 1 - said.findLastIndex((each) => each.matches(".from-user"));
    const first = said.at(answers === 1 ? -2 : -1);
    const top = first ? this.list.scrollTop + first.getBoundingClientRect().top - this.list.getBoundingClientRect().top - 12 : Infinity;
    this.list.scrollTop = Math.min(top, this.list.scrollHeight);
  }

  /* What is on the screen has been seen; the rest is counted. */
  look() {
    const ids = [...this.bubbles.shown.keys()];
    const { seen } = this.session.read();
    if (this.isWatched && ids.length && seen !== ids.at(-1)) this.session.write({ seen: ids.at(-1) });
    const now = this.session.read().seen;
    // While the history comes in, what was seen last is not there yet: nothing before it is new.
    const from = now === null ? 0 : ids.includes(now) ? ids.indexOf(now) + 1 : ids.length;
    this.unread = ids.slice(from).filter((id) => this.bubbles.shown.get(id).matches(".from-shop")).length;
    this.mark();
  }

  mark() {
    const { unread, words } = this;
    this.badge.hidden = !unread;
    if (unread) this.launcher.classList.remove("is-away");
    this.badge.textContent = unread > 9 ? "9+" : String(unread);
    this.launcher.setAttribute("aria-label", this.isOpen ? words.close : unread ? `${words.open}, ${words.unread(unread)}` : words.open);
    const title = document.title.replace(TITLE_MARK, "");
    const marked = unread ? `(${unread}) ${title}` : title;
    if (document.title !== marked) document.title = marked;
  }
}
