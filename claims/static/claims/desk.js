// Keys of the desk. Each one answers for an element of the page, so that nothing needs a key.
//
// `data-key="y"` on a button, link, radio button or summary clicks it; a field gets the focus.
// `data-key-words` says in the list of keys what it does. Where several elements have one key, the
// one nearest to the focus is meant: the first in the smallest part of the page that holds both.
// `data-key-listed` has the name of keys that another script answers. Chords such as `Ctrl+Enter`
// work in fields, too, and while single keys are switched off (WCAG 2.1.4). That switch is all that
// is kept, in this browser.

const SWITCH = "factbase-desk-keys";
const FIELDS =
  "input:not([type=checkbox], [type=radio], [type=button], [type=submit], [type=reset], [type=file])" +
  ", textarea, select";

const dialog = document.getElementById("desk-keys");
const opener = document.querySelector("[data-opens-keys]");
const box = document.getElementById("desk-search");

const isChord = (key) => key.startsWith("Ctrl+");

function isOn() {
  return localStorage.getItem(SWITCH) !== "off";
}

// The name of a pressed key. Letters are those on the key where the keyboard writes others.
function nameOf(event) {
  if (event.altKey) return "";
  let { key } = event;
  if (key.length === 1 && !event.shiftKey) key = key.toLowerCase();
  if (/^\p{L}$/u.test(key) && !/^[a-z]$/i.test(key) && /^Key[A-Z]$/.test(event.code)) {
    key = event.code.at(-1)[event.shiftKey ? "toUpperCase" : "toLowerCase"]();
  }
  return event.ctrlKey || event.metaKey ? `Ctrl+${key}` : key;
}

function isInField(event) {
  return event.target.matches?.(FIELDS) || event.target.isContentEditable;
}

// The elements with keys that can be used now; while a dialog is open, its own alone.
function usable(attribute) {
  const room = document.querySelector("dialog:modal") ?? document;
  return [...room.querySelectorAll(`[${attribute}]`)].filter(
    (element) => element.checkVisibility() && !element.matches(":disabled, [aria-disabled=true]"),
  );
}

function elementOf(key) {
  const found = usable("data-key").filter((element) => element.dataset.key === key);
  for (let part = document.activeElement; part; part = part.parentElement) {
    const inside = found.find((element) => part.contains(element));
    if (inside) return inside;
  }
  return found[0];
}

function use(element) {
  if (element !== opener) element.focus(); // the list of keys leaves the place where one works
  if (element.matches(FIELDS)) element.select?.();
  else element.click();
}

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.repeat || event.isComposing) return;
  const key = nameOf(event);
  if (!key || (!isChord(key) && (isInField(event) || !isOn()))) return;
  const element = elementOf(key);
  if (!element) return;
  event.preventDefault();
  use(element);
});

// The search on top: Escape leads back to where the focus was.
let cameFrom = null;
box?.addEventListener("focus", (event) => {
  cameFrom = event.relatedTarget;
});
box?.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  event.preventDefault();
  box.blur();
  cameFrom?.focus();
});

// The list of keys, made of the page as it is when the list opens.
function line(key, words) {
  const term = document.createElement("dt");
  const name = document.createElement("kbd");
  name.textContent = key;
  term.append(name);
  const meaning = document.createElement("dd");
  meaning.textContent = words;
  return [term, meaning];
}

function list() {
  const lines = { page: new Map(), desk: new Map() };
  for (const element of [...usable("data-key"), ...usable("data-key-listed")]) {
    const { key, keyListed, keyWords } = element.dataset;
    if (!keyWords) continue;
    const part = element.closest("main") ? lines.page : lines.desk;
    part.set(`${keyListed ?? key} ${keyWords}`, line(keyListed ?? key, keyWords));
  }
  for (const section of dialog.querySelectorAll("[data-keys-of]")) {
    const found = [...lines[section.dataset.keysOf].values()].flat();
    section.hidden = found.length === 0;
    section.querySelector("dl").replaceChildren(...found);
  }
}

if (dialog && opener) {
  const button = document.getElementById("desk-keys-on");
  opener.hidden = false;
  opener.addEventListener("click", () => {
    list();
    button.checked = isOn();
    dialog.showModal();
  });
  button.addEventListener("change", () => {
    localStorage.setItem(SWITCH, button.checked ? "on" : "off");
  });
}
