/* The session this browser is in, what it has seen of it, and what it still has to send.

   Kept in the page's storage under the shop's address, shared by all tabs: a reload, another tab or a lost answer change
   nothing, because the session and every message are named here and the shop takes a name once. */
class Session {
  constructor(shop) {
    this.shop = shop;
    this.key = `vici:${shop}`;
    this.api = `${shop}/api/v1/chat`;
    this.held = null;
    this.onQueueChanged = () => {};
    this.onAccepted = () => {};
    this.onBegun = () => {};
    this.sending = false;
    this.asked = false;
  }

  read() {
    try {
      this.held = JSON.parse(localStorage.getItem(this.key)) ?? this.held;
    } catch { /* storage is closed to us: this page alone remembers */ }
    this.held ??= { user: `web-${randomId()}`, id: null, earlier: null, begun: false, seen: null, queue: [], anew: null };
    return this.held;
  }

  write(changes) {
    Object.assign(this.read(), changes);
    try {
      localStorage.setItem(this.key, JSON.stringify(this.held));
    } catch { /* as above */ }
  }

  /* The next message begins a new session; the old one stays to be read. Another tab may have left it already: what it
     has begun since is not left. */
  leave(over) {
    const { id, begun, earlier } = this.read();
    if (id !== over) return;
    this.write({ id: null, begun: false, earlier: begun ? id : earlier });
  }

  /* As if nobody had been here. The shop keeps what was said; it is not shown any more. */
  anew() {
    const { id, begun } = this.read();
    this.write({ id: null, begun: false, earlier: null, seen: null, queue: [], anew: randomId() });
    if (!begun) return;
    const end = `${this.api}/sessions/${encodeURIComponent(id)}/end`;
    fetch(end, { method: "POST", keepalive: true }).catch(() => { /* then it expires */ });
  }

  /* What the shop no longer knows is not asked for again. */
  forget() {
    this.write({ id: null, begun: false, seen: null });
  }

  say(text, payload) {
    const message = { message_id: randomId(), message: text, payload, state: "sending" };
    this.write({ queue: [...this.read().queue, message] });
    this.onQueueChanged(message);
    this.send();
    return message;
  }

  mark(message, state, seconds) {
    const queue = this.read().queue.map((each) => (each.message_id === message.message_id ? { ...each, state } : each));
    this.write({ queue });
    this.onQueueChanged({ ...message, state }, seconds);
  }

  drop(message) {
    this.write({ queue: this.read().queue.filter((each) => each.message_id !== message.message_id) });
  }

  /* One after the other and one tab at a time, so that they arrive in the order they were written, in one session. */
  async send() {
    this.asked = true;
    if (this.sending) return;
    this.sending = true;
    try {
      while (this.asked) {
        this.asked = false;
        if (navigator.locks) await navigator.locks.request(`${this.key}:send`, () => this.deliverAll());
        else await this.deliverAll(); // a page without https: the shop takes each message of a session once
      }
    } finally {
      this.sending = false;
    }
  }

  async deliverAll() {
    for (let next; (next = this.read().queue.find((each) => each.state !== "refused")); ) {
      if (!(await this.deliver(next))) break;
    }
  }

  /* True when the next one may go. */
  async deliver(message) {
    for (let attempt = 0; ; attempt += 1) {
      // Sent by another tab, or taken back by beginning anew.
      if (!this.read().queue.some((each) => each.message_id === message.message_id)) return true;
      if (!navigator.onLine) {
        this.mark(message, "waiting");
        return false;
      }
      this.mark(message, "sending");
      if (!this.read().id) this.write({ id: randomId(), begun: false });
      const { id } = this.held;
      let answer = null;
      try {
        answer = await this.post(message, id);
      } catch { /* no answer: it may have arrived, and is sent again under the same name */ }
      if (answer?.ok) {
        this.drop(message);
        if (this.read().id !== id) return true;
        const isNew = !this.held.begun;
        this.write({ begun: true });
        this.onAccepted(message);
        if (isNew) this.onBegun();
        return true;
      }
      if (answer && [403, 410].includes(answer.status) && attempt < 3) {
        this.leave(id);
        continue;
      }
      if (answer?.status === 429) {
        for (let seconds = Math.min(Number(answer.headers.get("Retry-After")) || 10, 120); seconds > 0; seconds -= 1) {
          this.mark(message, "slower", seconds);
          await pause(1000);
        }
        continue;
      }
      if (answer && answer.status < 500) {
        this.mark(message, "refused");
        return true;
      }
      if (attempt >= 2) {
        this.mark(message, navigator.onLine ? "failed" : "waiting");
        return false;
      }
      await pause(500 * 3 ** attempt);
    }
  }

  post(message, id) {
    const { user } = this.held;
    const { message_id, message: text, payload } = message;
    return fetch(`${this.api}/message`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ session_id: id, user_id: user, message: text, message_id, payload }),
      signal: AbortSignal.timeout?.(15_000),
    });
  }

  /* What was said in a session, or null when it cannot be had. */
  async history(id, after) {
    try {
      const query = after ? `?after=${encodeURIComponent(after)}` : "";
      const answer = await fetch(`${this.api}/sessions/${encodeURIComponent(id)}${query}`, { cache: "no-store" });
      if (answer.status === 404 && id === this.held.id && !after) this.forget();
      return answer.ok ? await answer.json() : null;
    } catch {
      return null;
    }
  }
}
