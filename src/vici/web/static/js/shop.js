/* What the pages cannot do without a script. Everything else works without one. */
"use strict";

// The search field's suggestions by keyboard. htmx fills the list.
const field = document.getElementById("search");
const list = document.getElementById("suggestions");

function show(open) {
  field.setAttribute("aria-expanded", String(open && list.childElementCount > 0));
  if (!open) point(-1);
}

function point(at) {
  const options = [...list.querySelectorAll("[role=option]")];
  options.forEach((option, index) => option.setAttribute("aria-selected", String(index === at)));
  if (options[at]) {
    field.setAttribute("aria-activedescendant", options[at].id);
    options[at].scrollIntoView({ block: "nearest" });
  } else {
    field.removeAttribute("aria-activedescendant");
  }
}

field.addEventListener("keydown", (event) => {
  const options = [...list.querySelectorAll("[role=option]")];
  const at = options.findIndex((option) => option.getAttribute("aria-selected") === "true");
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    if (!options.length) return;
    event.preventDefault();
    show(true);
    // One place more than options: the field itself, where nothing is pointed at.
    const step = event.key === "ArrowDown" ? 1 : -1;
    point(((at + 1 + step + options.length + 1) % (options.length + 1)) - 1);
  } else if (event.key === "Enter" && at >= 0) {
    event.preventDefault();
    options[at].click();
  } else if (event.key === "Escape" && field.getAttribute("aria-expanded") === "true") {
    event.preventDefault();
    show(false);
  }
});
field.addEventListener("focus", () => show(true));
field.addEventListener("input", () => { if (!field.value.trim()) show(false); });
field.form.addEventListener("focusout", (event) => { if (!field.form.contains(event.relatedTarget)) show(false); });
list.addEventListener("htmx:afterSwap", () => show(document.activeElement === field));

// Light and dark at once, remembered in the same cookie that the link behind it sets.
document.querySelector("[data-theme-switch]").addEventListener("click", (event) => {
  event.preventDefault();
  const link = event.currentTarget;
  const now = document.documentElement.dataset.theme ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
  const next = now === "dark" ? "light" : "dark";
  document.documentElement.dataset.theme = next;
  document.querySelector("meta[name=color-scheme]").content = next;
  document.cookie = `theme=${next}; path=/; max-age=${365 * 24 * 3600}; samesite=lax`;
  link.querySelector("span").textContent = next === "dark" ? link.dataset.light : link.dataset.dark;
});

// Beside an open chat the page makes room for it.
document.addEventListener("vici:open", () => { document.documentElement.dataset.chat = "open"; });
document.addEventListener("vici:close", () => { delete document.documentElement.dataset.chat; });

// The gallery: a small picture scrolls to its large one, and the one in view is marked.
function gallery() {
  const pictures = document.querySelector(".gallery-pictures");
  const thumbs = [...document.querySelectorAll(".gallery-thumbs a")];
  if (!pictures || !thumbs.length) return;
  const mark = (at) => thumbs.forEach((thumb, index) => (index === at ? thumb.setAttribute("aria-current", "true") : thumb.removeAttribute("aria-current")));
  const seen = new IntersectionObserver(
    (entries) => entries.filter((each) => each.isIntersecting).forEach((each) => mark([...pictures.children].indexOf(each.target))),
    { root: pictures, threshold: 0.6 },
  );
  [...pictures.children].forEach((picture) => seen.observe(picture));
  thumbs.forEach((thumb, index) => thumb.addEventListener("click", (event) => {
    event.preventDefault();
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    pictures.scrollTo({ left: index * pictures.clientWidth, behavior: calm ? "instant" : "smooth" });
  }));
}
gallery();
document.body.addEventListener("htmx:afterSwap", (event) => { if (event.detail.target.id === "offer") gallery(); });

// A picture that is gone leaves the first letter of what it showed, never a broken image.
function withoutPicture(image) {
  const letter = document.createElement("span");
  letter.className = "no-picture";
  letter.ariaHidden = "true";
  letter.textContent = (image.closest("article, a, .offer")?.querySelector("h1, h2, h3, span")?.textContent ?? "").trim().slice(0, 1);
  image.replaceWith(letter);
}
document.addEventListener("error", (event) => { if (event.target instanceof HTMLImageElement) withoutPicture(event.target); }, true);
document.querySelectorAll("main img").forEach((image) => { if (image.complete && !image.naturalWidth && image.src) withoutPicture(image); });

// What htmx could not load is said, not swallowed.
for (const failed of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) {
  document.body.addEventListener(failed, (event) => {
    if (event.target === field) return; // a suggestion less is no loss
    document.querySelector(".toast")?.remove();
    const toast = document.createElement("p");
    toast.className = "toast";
    toast.role = "alert";
    toast.textContent = document.body.dataset.requestFailed;
    document.body.append(toast);
    setTimeout(() => toast.remove(), 5000);
  });
}
