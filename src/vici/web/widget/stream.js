/* The session as it goes on.

   One tab holds the stream and tells the others, because a browser opens only six connections to a site: the tab that
   came to the front last takes it over. When streams cannot be had, the session is asked for instead. */
const SILENT_MS = 40_000; // the shop sends a sign of life every 15 s
const WAIT_MAX_MS = 30_000;
const ASK_MS = 3_000;

class Stream {
  constructor(session, show, connected) {
    this.session = session;
    this.show = show; // (name, data) for each event
    this.connected = connected;
    this.position = null; // the last event's id, to resume behind it
    this.last = null; // the last message's id, to ask behind it
    this.stop = null;
    this.leads = false;
    this.tabs = null;
    addEventListener("online", () => this.wake?.());
    document.addEventListener("visibilitychange", () => { if (!document.hidden && !this.leads) this.start(); });
    addEventListener("pagehide", () => this.end());
    addEventListener("pageshow", (event) => { if (event.persisted) this.start(); });
  }

  /* Begin, or begin anew for another session. Done when what was said so far has been shown, or cannot be had now. */
  start() {
    this.end();
    const { id, begun } = this.session.read();
    if (!id || !begun) return undefined;
    if (id !== this.of) Object.assign(this, { of: id, position: null, last: null });
    if (window.BroadcastChannel) {
      this.tabs = new BroadcastChannel(this.session.key);
      this.tabs.onmessage = ({ data }) => { if (data.of === this.of) this.take(data.name, data.data, data.position); };
    }
    this.stop = new AbortController();
    this.lead(id, this.stop.signal, !document.hidden);
    // Whoever does not get the stream has not seen what came before.
    const { signal } = this.stop;
    pause(300, signal).then(() => { if (!this.leads && this.last === null && !signal.aborted) this.ask(id, signal); });
    return new Promise((resolve) => {
      this.caughtUp = resolve;
      pause(2000, signal).then(resolve);
    });
  }

  end() {
    this.stop?.abort();
    this.stop = null;
    this.leads = false;
    this.tabs?.close();
    this.tabs = null;
  }

  async lead(id, signal, steal) {
    if (!navigator.locks) return this.follow(id, signal);
    const streaming = new AbortController();
    signal.addEventListener("abort", () => streaming.abort(), { once: true });
    try {
      // A lock cannot be stolen and waited for with a signal at once.
      await navigator.locks.request(this.session.key, steal ? { steal } : { signal }, () => this.follow(id, streaming.signal));
    } catch {
      streaming.abort(); // another tab took it
    }
    this.leads = false;
    // Stolen: wait in line, should that tab be closed.
    if (!signal.aborted && !this.over) this.lead(id, signal, false);
  }

  async follow(id, signal) {
    if (signal.aborted) return;
    this.leads = true;
    this.over = false;
    for (let failures = 0; !signal.aborted && !this.over; ) {
      let wait = ASK_MS / 3;
      try {
        await this.listen(id, signal, () => { failures = 0; });
      } catch (fault) {
        if (signal.aborted) return;
        if (fault.status === 404) return this.session.forget();
        failures += 1;
        this.caughtUp?.();
        const asked = failures > 1 && (await this.ask(id, signal));
        if (!asked) this.connected(false);
        wait = asked ? ASK_MS : Math.min(WAIT_MAX_MS, 500 * 2 ** failures) * (0.75 + Math.random() / 2);
      }
      if (!this.over && !signal.aborted) await this.rest(wait, signal);
    }
  }

  /* A pause that ends at once when the network comes back. */
  rest(milliseconds, signal) {
    return new Promise((resolve) => {
      this.wake = resolve;
      pause(milliseconds, signal).then(resolve);
    });
  }

  async listen(id, signal, heard) {
    const attempt = new AbortController();
    const give = () => attempt.abort();
    signal.addEventListener("abort", give, { once: true });
    let silence = setTimeout(give, SILENT_MS);
    try {
      const headers = { Accept: "text/event-stream" };
      if (this.position !== null) headers["Last-Event-ID"] = this.position;
      const answer = await fetch(`${this.session.api}/sessions/${encodeURIComponent(id)}/events`, { headers, signal: attempt.signal, cache: "no-store" });
      if (answer.status === 204) { this.over = true; return; }
      if (!answer.ok || !answer.body) throw Object.assign(new Error("no stream"), { status: answer.status });
      const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
      for (let rest = ""; ; ) {
        const { value, done } = await reader.read();
        if (done) return;
        clearTimeout(silence);
        silence = setTimeout(give, SILENT_MS);
        heard();
        this.connected(true);
        const events = (rest + value).replaceAll("\r", "").split("\n\n");
        rest = events.pop();
        for (const event of events) this.parse(event);
        if (this.last !== null) this.caughtUp?.();
      }
    } finally {
      clearTimeout(silence);
      signal.removeEventListener("abort", give);
    }
  }

  parse(text) {
    let name = "message", data = "", position = null;
    for (const line of text.split("\n")) {
      if (line.startsWith("event:")) name = line.slice(6).trim();
      else if (line.startsWith("data:")) data += line.slice(5).trim();
      else if (line.startsWith("id:")) position = line.slice(3).trim();
    }
    if (!data) return;
    const content = JSON.parse(data);
    this.tabs?.postMessage({ of: this.of, name, data: content, position });
    this.take(name, content, position);
  }

  take(name, data, position) {
    if (position !== null) this.position = position;
    if (name === "message") this.last = data.message_id;
    if (name === "status" && (data.status === "expired" || data.status === "ended")) this.over = true;
    this.show(name, data);
  }

  async ask(id, signal) {
    const session = await this.session.history(id, this.last);
    if (signal.aborted) return false;
    if (!session) { this.caughtUp?.(); return false; }
    this.connected(true);
    this.take("status", { status: session.status }, null);
    for (const message of session.messages) this.take("message", message, null);
    if (session.messages.at(-1)?.role === "assistant") this.show("typing", { active: false });
    this.caughtUp?.();
    return true;
  }
}
