// What the tests ask of a page. Each function stands alone and gives plain values back.

function named(element) {
  const id = element.id ? `#${element.id}` : "";
  const kind = element.getAttribute("class") ? "." + element.getAttribute("class").trim().split(/\s+/).join(".") : "";
  return `${element.tagName.toLowerCase()}${id}${kind}: ${(element.textContent || "").trim().replace(/\s+/g, " ").slice(0, 60)}`;
}

// Seen, and not kept for screen readers alone.
function seen(element) {
  const box = element.getBoundingClientRect();
  return element.checkVisibility({ visibilityProperty: true }) && box.width > 1 && box.height > 1 && box.right > 0;
}

// What is wider than the page, cut off by a box around it, or drawn outside of its picture; on paper also what would have to be scrolled.
function cut_off(paper) {
  const root = document.documentElement, found = [];
  const hidden = paper ? ["hidden", "clip", "auto", "scroll"] : ["hidden", "clip"];
  for (const element of document.body.querySelectorAll("*")) {
    if (!seen(element)) continue;
    const box = element.getBoundingClientRect(), style = getComputedStyle(element);
    if (element instanceof SVGElement) {
      const picture = element.ownerSVGElement && element.ownerSVGElement.getBoundingClientRect();
      if (element.tagName === "text" && picture && (box.left < picture.left - 1 || box.right > picture.right + 1))
        found.push(`outside of its picture: ${named(element)}`);
    } else if (hidden.includes(style.overflowX) && element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 1)
      found.push(`cut off at ${element.clientWidth} of ${element.scrollWidth}: ${named(element)}`);
    else if (root.scrollWidth > root.clientWidth && box.right > root.clientWidth + 0.5)
      found.push(`ends at ${Math.round(box.right)} of ${root.clientWidth}: ${named(element)}`);
  }
  if (root.scrollWidth > root.clientWidth) found.push(`the page is ${root.scrollWidth} wide, its window ${root.clientWidth}`);
  return found;
}

// The links that lead nowhere in the page, or to what cannot be seen when one has followed them; its own scripts may take their time.
async function dead_links(scripts) {
  const found = [];
  for (const address of new Set([...document.querySelectorAll("a")].map(link => link.getAttribute("href")))) {
    const target = address && address.startsWith("#") ? document.getElementById(decodeURIComponent(address.slice(1))) : null;
    if (!target) {
      found.push(`${address} leads nowhere`);
      continue;
    }
    location.hash = address;
    if (scripts) await new Promise(resolve => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    const box = target.getBoundingClientRect();
    if (!seen(target) || box.bottom < 0 || box.top > innerHeight) found.push(`${address} is at ${Math.round(box.top)} of ${innerHeight}`);
  }
  return found;
}

// What the Tab key should reach, in the order of the page.
function stops() {
  const kinds = "a[href], button, input, select, textarea, summary, [tabindex], [contenteditable]";
  return [...document.querySelectorAll(kinds)].filter(element =>
    element.tabIndex >= 0 && !element.disabled && element.checkVisibility({ visibilityProperty: true }) && !element.closest("[inert]")
    && !(element.type === "radio" && !element.checked && [...document.getElementsByName(element.name)].some(other => other.checked)));
}

let known = window.tests_stops;  // looked for once: the keyboard is at many of them in turn

function stops_named() {
  known = window.tests_stops = stops();
  return known.map((element, index) => `${index} ${named(element)}`);
}

// How an element and all in it look, as far as a focus may change it.
function looks(element) {
  return [element, ...element.querySelectorAll("*")].map(part => {
    const style = getComputedStyle(part), ring = style.outlineStyle === "none" ? "" : style.outline;
    return [ring, style.boxShadow, style.borderColor, style.backgroundColor, style.stroke, style.strokeWidth, style.fill].join();
  }).join("\n");
}

// Where the keyboard is: the stop, and what is wrong with how that is shown. Null where it has left the page.
function focus() {
  const element = document.activeElement, wrong = [];
  if (!element || element === document.body || element === document.documentElement) return null;
  const box = element.getBoundingClientRect(), focused = looks(element);
  if (box.right <= 0 || box.bottom <= 0 || box.left >= innerWidth || box.top >= innerHeight) wrong.push("outside of the window");
  else {
    const [line] = element.getClientRects();
    const top = document.elementFromPoint(line.left + line.width / 2, line.top + line.height / 2);
    if (top && top !== element && !element.contains(top) && !top.contains(element)) wrong.push(`covered by ${named(top)}`);
  }
  element.blur();
  if (looks(element) === focused) wrong.push("looks as it does without the focus");
  element.focus({ preventScroll: true, focusVisible: true });
  return { stop: `${(known || stops()).indexOf(element)} ${named(element)}`, wrong };
}

// The elements and attributes that a page is made of.
function made_of() {
  const all = [...document.querySelectorAll("*")];
  return {
    elements: [...new Set(all.map(element => element.tagName.toLowerCase()))].sort(),
    attributes: [...new Set(all.flatMap(element => element.getAttributeNames()))].sort(),
    addresses: [...new Set(all.flatMap(element =>
      ["href", "src", "action", "xlink:href"].map(name => element.getAttribute(name)).filter(value => value !== null)))],
  };
}

// The heading of the part that an id names.
function heading(id) {
  const part = document.getElementById(id);
  const found = part && (part.matches("h1, h2, h3, h4") ? part : part.querySelector("h1, h2, h3, h4"));
  return found ? found.innerText.trim().replace(/\s+/g, " ") : null;
}

async function axe_violations(tags) {
  const result = await axe.run(document, { runOnly: { type: "tag", values: tags }, resultTypes: ["violations"], preload: false });
  return result.violations.map(rule => ({ rule: rule.id, tags: rule.tags, told: `${rule.id}: ${rule.help}\n` + rule.nodes.map(node =>
    `    ${node.target.join(" ")}  (${[...node.any, ...node.all, ...node.none].map(check => check.message).join("; ")})`).join("\n") }));
}

// The texts that run from right to left because of a sign in a text before them (U+202E).
function turned() {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), range = document.createRange(), found = [];
  const left = (node, index) => (range.setStart(node, index), range.setEnd(node, index + 1), range.getBoundingClientRect());
  while (walker.nextNode()) {
    const node = walker.currentNode, start = node.data.lastIndexOf("\u202e") + 1;
    const words = [...node.data.slice(start).matchAll(/\w\w+/g)];
    for (const word of words) {
      const first = left(node, start + word.index), second = left(node, start + word.index + 1);
      if (first.top === second.top && first.width && first.left > second.left) {
        found.push(`${word[0]} in ${node.data.trim().slice(0, 80)}`);
        break;
      }
    }
  }
  return found;
}
