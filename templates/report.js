// For convenience only: without it everything stands in the page, in order.
"use strict";

// --- lists: what is drawn, and what is kept as text until it is asked for ---

const filters = document.getElementById("filters");
const search = document.getElementById("search");
const selects = [...filters.querySelectorAll("select[data-filter]")];
const sorting = document.getElementById("sorting");
const count = document.getElementById("count");

const ENTITIES = { "&amp;": "&", "&lt;": "<", "&gt;": ">", "&#34;": '"', "&#39;": "'" };
const plain = (html) => html.replace(/<[^>]*>/g, " ").replace(/&(amp|lt|gt|#34|#39);/g, (e) => ENTITIES[e]);

class Item {
  constructor(node, html) {
    this.node = node;
    this.html = html;
    const attribute = (name) => (node ? node.getAttribute(name) : (html.match(new RegExp(`^<[^>]*? ${name}="([^"]*)"`)) || [])[1]) || "";
    this.sets = attribute("data-k").split(";").map((tokens) => ` ${tokens} `);
    this.id = attribute("id") || attribute("data-of");
    this.asked = plain(attribute("data-q"));
    this.keys = attribute("data-s").split(" ").map(Number);
  }
  get text() {
    return (this.words ??= (this.asked || `${this.id} ${this.node ? this.node.textContent : plain(this.html)}`).toLowerCase());
  }
  has(id) {
    return this.node ? this.node.id === id || !!this.node.querySelector(`#${CSS.escape(id)}`) : this.html.includes(` id="${escaped(id)}"`);
  }
  draw() {
    if (!this.node) {
      const template = document.createElement("template");
      template.innerHTML = this.html;
      this.node = template.content.firstElementChild;
    }
    return this.node;
  }
}

const escaped = (text) => text.replace(/[&<>"']/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&#34;", "'": "&#39;" })[c]);

const matches = (item, tokens, words) =>
  item.sets.some((set) => tokens.every((token) => set.includes(` ${token} `))) && words.every((word) => item.text.includes(word));

class List {
  constructor(body) {
    this.body = body;
    this.items = [...body.children].filter((node) => node.classList.contains("item")).map((node) => new Item(node, ""));
    const rest = document.querySelector(`noscript[data-of="${body.id}"]`);
    if (rest) {
      this.items.push(...rest.textContent.split("<!" + "--+-->").slice(1).map((html) => new Item(null, html.trim())));
    }
    this.sorted = this.items;
    this.step = Number(body.dataset.first); // items drawn at first, and with each "more"
    this.limit = this.step;
    this.more = document.createElement("button");
    this.more.type = "button";
    this.more.className = "more";
    this.more.addEventListener("click", () => { this.limit += this.step; this.show(); });
    (body.closest(".framed") || body).after(this.more);
  }
  sort(by) {
    this.sorted = by < 0 ? this.items : [...this.items].sort((a, b) => (a.keys[by] || 0) - (b.keys[by] || 0));
  }
  apply(tokens, words) {
    this.tokens = tokens;
    this.words = words;
    this.found = this.sorted.filter((item) => matches(item, tokens, words));
    this.show();
    return this.found.length;
  }
  show() {
    const drawn = this.found.slice(0, this.limit).map((item) => item.draw());
    const now = [...this.body.children].filter((node) => node.classList.contains("item"));
    if (now.length !== drawn.length || now.some((node, n) => node !== drawn[n])) {
      now.forEach((node) => node.remove());
      this.body.append(...drawn);
    }
    for (const part of this.body.querySelectorAll(".item .item[data-k]")) {
      part.hidden = !matches(new Item(part, ""), this.tokens, this.words);
    }
    const left = this.found.length - drawn.length;
    this.more.hidden = left <= 0;
    this.more.textContent = `Show ${Math.min(left, this.step)} more of ${left}`;
    const section = this.body.closest("section");
    const none = section.querySelector(".item:not([hidden])") === null;
    const notes = section.querySelectorAll(":scope > .none-left");
    notes.forEach((note) => { note.hidden = !none; });
    section.hidden = none && notes.length === 0;
    const total = section.querySelector(":scope > h2 > .total");
    if (total) total.textContent = this.found.length === this.items.length ? `(${this.items.length})` : `(${this.found.length} of ${this.items.length})`;
  }
  reveal(id) {
    const at = this.found.findIndex((item) => item.has(id));
    if (at >= this.limit) {
      this.limit = at + 1;
      this.show();
    }
    return at >= 0;
  }
}

const lists = [...document.querySelectorAll("[data-list]")].map((body) => new List(body));

// --- filters, kept in the address ---

function apply() {
  const tokens = selects.map((select) => select.value).filter(Boolean);
  const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
  const by = sorting.selectedIndex - 1;
  let shown = 0;
  for (const list of lists) {
    list.sort(by);
    const number = list.apply(tokens, words);
    if (list.body.dataset.list === "promises") shown += number;
  }
  const all = Number(count.dataset.of);
  count.textContent = shown === all ? `All ${all} promises` : `${shown} of ${all} promises`;
  filters.classList.toggle("active", tokens.length + words.length > 0);
}

function remember() {
  const state = new URLSearchParams();
  for (const select of [...selects, sorting]) {
    if (select.selectedIndex > 0) state.set(select.name, select.selectedOptions[0].text);
  }
  if (search.value) state.set("search", search.value);
  const query = state.toString();
  try {
    history.replaceState(null, "", (query ? `?${query}` : location.pathname) + location.hash);
  } catch {
    // Some browsers keep the address of a local file as it is: the filters work all the same.
  }
}

function recall() {
  const state = new URLSearchParams(location.search);
  for (const select of [...selects, sorting]) {
    const at = [...select.options].findIndex((option) => option.text === state.get(select.name));
    select.selectedIndex = Math.max(at, 0);
  }
  search.value = state.get("search") || "";
}

function changed() {
  apply();
  remember();
}

function reset() {
  for (const select of [...selects, sorting]) select.selectedIndex = 0;
  search.value = "";
}

function follow() {
  let id = "";
  try {
    id = decodeURIComponent(location.hash.slice(1));
  } catch {
    // Not an address of ours.
  }
  if (!id) return;
  if (!document.getElementById(id) && lists.some((list) => list.items.some((item) => item.has(id)))) {
    if (!lists.some((list) => list.reveal(id))) {
      reset();
      changed();
      lists.some((list) => list.reveal(id));
    }
  }
  const target = document.getElementById(id);
  if (!target) return;
  for (let fold = target.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  target.scrollIntoView();
}

filters.addEventListener("input", changed);
filters.addEventListener("submit", (event) => event.preventDefault());
filters.addEventListener("reset", (event) => { event.preventDefault(); reset(); changed(); });
filters.hidden = false;
addEventListener("hashchange", follow);
recall();
apply();
follow();

// --- print: all that the filters leave, on paper ---

addEventListener("beforeprint", () => {
  for (const list of lists) {
    list.before = list.limit;
    list.limit = Infinity;
    list.show();
  }
});
addEventListener("afterprint", () => {
  for (const list of lists) {
    list.limit = list.before;
    list.show();
  }
});

// --- the chain: zoom by buttons, pan by dragging (and by scrolling, as without a script) ---

for (const chart of document.querySelectorAll("[data-zoom]")) {
  const picture = chart.querySelector("svg");
  const whole = Number(picture.getAttribute("width"));
  let scale = 1;
  const zoom = (to) => {
    const middle = (chart.scrollLeft + chart.clientWidth / 2) / scale;
    scale = Math.min(3, Math.max(0.2, to));
    picture.style.width = `${whole * scale}px`;
    picture.style.height = "auto";
    chart.scrollLeft = middle * scale - chart.clientWidth / 2;
  };
  const bar = document.createElement("div");
  bar.className = "zoom";
  for (const [sign, name, to] of [["−", "Smaller", () => scale / 1.25], ["+", "Larger", () => scale * 1.25], ["1:1", "1:1 natural size", () => 1], ["⤢", "Fit the width", () => (chart.clientWidth - 2) / whole]]) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = sign;
    button.setAttribute("aria-label", name);
    button.title = name;
    button.addEventListener("click", () => zoom(to()));
    bar.append(button);
  }
  chart.before(bar);
  let from = null;
  chart.addEventListener("pointerdown", (event) => {
    if (event.pointerType === "mouse" && event.button === 0 && !event.target.closest("a")) from = [event.clientX + chart.scrollLeft, event.clientY + chart.scrollTop];
  });
  addEventListener("pointermove", (event) => {
    if (from) chart.scrollTo(from[0] - event.clientX, from[1] - event.clientY);
  });
  addEventListener("pointerup", () => { from = null; });
}

// --- YAML to paste ---

document.addEventListener("click", async (event) => {
  const button = event.target.closest("button.copy");
  if (!button) return;
  const text = button.parentElement.querySelector("code");
  const lines = [...text.querySelectorAll("span:not(.minus)")].map((line) => line.textContent);
  try {
    await navigator.clipboard.writeText(lines.join(""));
    button.textContent = "Copied";
  } catch {
    getSelection().selectAllChildren(text);
    button.textContent = "Selected";
  }
});
for (const paste of document.querySelectorAll(".paste")) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "copy";
  button.textContent = "Copy";
  paste.append(button);
}
