// Quoting from the text of a source: by selecting words, or with the keys when the text has focus.
//
// What is quoted comes from the text alone. Each of its stretches is an element with `data-at`,
// its place in code points; page labels, badges and links between them are no part of it.
// Positions here are UTF-16 units of `whole`, all stretches joined; `data-at` checks the joining.

const AROUND = 32; // code points of the words before and after
const OPENING = /^[\p{Pi}\p{Ps}"'¿¡]+/u;
const CLOSING = /[\p{Pf}\p{Pi}\p{Pe}"'.,;:!?…]+$/u;
const JOINED = /^[\p{L}\p{M}\p{N}]$/u; // what a word is made of, where spaces part words
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Tibetan}]/u;
const RIGHT_TO_LEFT =
  /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;

const reading = document.getElementById("reading");
const form = document.getElementById("quote-form");
const bar = document.getElementById("quote-bar");
const said = document.getElementById("quote-said");

const field = (name) => form.elements.namedItem(name);

const stretches = [];
let whole = "";
for (const element of reading.querySelectorAll("[data-at]")) {
  stretches.push({ element, from: whole.length, at: Number(element.dataset.at) });
  whole += element.textContent;
}

// Whether the text is as the server sent it: extensions and translators change pages.
function isWhole() {
  let at = stretches.length ? stretches[0].at : 0;
  return stretches.every(({ element, at: expected }) => {
    const fits = at === expected;
    at += Array.from(element.textContent).length;
    return fits;
  });
}

// The position of a point of the document: within its stretch, or where the next one begins.
function positionOf(node, offset) {
  const point = document.createRange();
  point.setStart(node, offset);
  let low = 0;
  let high = stretches.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const range = document.createRange();
    range.selectNodeContents(stretches[middle].element);
    if (range.compareBoundaryPoints(Range.START_TO_START, point) <= 0) low = middle + 1;
    else high = middle;
  }
  if (low === 0) return 0;
  const { element, from } = stretches[low - 1];
  const before = document.createRange();
  before.selectNodeContents(element);
  if (before.compareBoundaryPoints(Range.END_TO_END, point) <= 0) {
    return from + element.textContent.length;
  }
  before.setEnd(node, offset);
  return from + before.toString().length;
}

// The stretch of a position and the offset within it; at a border, of the stretch that `side` says.
function pointOf(position, side) {
  let index = stretches.findIndex(({ element, from }) => {
    const end = from + element.textContent.length;
    return side === "end" ? position <= end : position < end;
  });
  if (index === -1) index = stretches.length - 1;
  const { element, from } = stretches[index];
  return [element.firstChild ?? element, Math.max(0, position - from)];
}

function characterAt(position) {
  return String.fromCodePoint(whole.codePointAt(position) ?? 32);
}

function characterBefore(position) {
  const low = whole.charCodeAt(position - 1);
  const isPair = low >= 0xdc00 && low <= 0xdfff && position > 1;
  return position ? characterAt(position - (isPair ? 2 : 1)) : " ";
}

function isWithinWord(position) {
  const sides = [characterBefore(position), characterAt(position)];
  return sides.every((side) => JOINED.test(side) && !UNSPACED.test(side));
}

// Without white space at its ends, and widened to whole words.
function asQuoted(start, end) {
  while (start < end && /\s/u.test(whole[start])) start += 1;
  while (end > start && /\s/u.test(whole[end - 1])) end -= 1;
  if (start === end) return null;
  while (start > 0 && isWithinWord(start)) start -= characterBefore(start).length;
  while (end < whole.length && isWithinWord(end)) end += characterAt(end).length;
  return { start, end };
}

// The words between two positions as a person reads them: without the marks of notes, the targets
// of links and soft hyphens, and without a footnote or running head that they go on behind. Where
// two figures would meet, what stands between them stays.
function wordsBetween(start, end) {
  let words = "";
  for (const { element, from } of stretches) {
    const to = from + element.textContent.length;
    if (to <= start || from >= end) continue;
    const part = whole.slice(Math.max(from, start), Math.min(to, end));
    const { leftOut } = element.dataset;
    const isAmid = from > start && to < end;
    const joinsFigures = /\p{N}$/u.test(words) && /^\p{N}/u.test(whole.slice(to, to + 2));
    if (!joinsFigures && (leftOut === "mark" || (leftOut === "block" && isAmid))) continue;
    words += part;
  }
  words = words.replace(/\u00ad(?![ \t]*\n)/gu, "").trim(); // at a line's end it is printed
  return words || whole.slice(start, end);
}

function selected() {
  const selection = document.getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  if (!range.intersectsNode(reading)) return null;
  return asQuoted(
    positionOf(range.startContainer, range.startOffset),
    positionOf(range.endContainer, range.endOffset),
  );
}

function offer() {
  const words = selected();
  bar.hidden = words === null;
  if (words === null) return;
  const boxes = document.getSelection().getRangeAt(0).getClientRects();
  const last = boxes[boxes.length - 1];
  if (!last || getComputedStyle(bar).position === "fixed") {
    bar.style.top = bar.style.left = "";
    return;
  }
  const room = document.documentElement.clientWidth - bar.offsetWidth - 8;
  bar.style.top = `${window.scrollY + last.bottom + 6}px`;
  bar.style.left = `${window.scrollX + Math.max(8, Math.min(last.left, room))}px`;
}

// Writes the selected words into the form that a button of the bar then sends.
function fillIn(event) {
  const words = selected();
  if (words === null || !isWhole()) {
    event.preventDefault();
    if (words === null) return;
    said.classList.remove("visually-hidden");
    said.textContent = form.dataset.altered;
    return;
  }
  const { start, end } = words;
  const page = pointOf(start, "start")[0].parentElement.closest("[data-page]");
  const before = Array.from(whole.slice(Math.max(0, start - 2 * AROUND), start));
  const after = Array.from(whole.slice(end, end + 2 * AROUND));
  field("exact").value = wordsBetween(start, end);
  field("prefix").value = before.slice(-AROUND).join("");
  field("suffix").value = after.slice(0, AROUND).join("");
  field("page").value = page?.dataset.page ?? "";
  if (!field("locator").value) field("locator").value = page?.dataset.locator ?? "";
}

// By keyboard: units to step through are words, each without the punctuation around it, and
// sentences. They are found when a key is first pressed.

const units = { word: null, sentence: null };

function trimmed(start, words) {
  const after = words.replace(CLOSING, "");
  const bare = after.replace(OPENING, "");
  const from = start + after.length - bare.length;
  return bare ? { start: from, end: from + bare.length } : null;
}

function segmenterOf(granularity) {
  if (!("Segmenter" in Intl)) return null;
  return new Intl.Segmenter(reading.lang || undefined, { granularity });
}

function wordsOf(text) {
  const found = [];
  const segmenter = segmenterOf("word");
  for (const match of text.matchAll(/\S+/gu)) {
    if (segmenter && UNSPACED.test(match[0])) {
      for (const { segment, index, isWordLike } of segmenter.segment(match[0])) {
        const start = match.index + index;
        if (isWordLike) found.push({ start, end: start + segment.length });
      }
      continue;
    }
    const unit = trimmed(match.index, match[0]);
    if (unit) found.push(unit);
  }
  return found;
}

function sentencesOf(text) {
  const segmenter = segmenterOf("sentence");
  if (segmenter === null) return wordsOf(text);
  const found = [];
  for (const { segment, index } of segmenter.segment(text)) {
    const bare = segment.trim();
    const start = index + segment.indexOf(bare);
    if (bare) found.push({ start, end: start + bare.length });
  }
  return found;
}

function unitsOf(kind) {
  units[kind] ??= kind === "word" ? wordsOf(whole) : sentencesOf(whole);
  return units[kind];
}

// The words that the keys hold: from an anchor unit to the one that moves.
let held = null;

function topOf(unit) {
  const range = document.createRange();
  range.setStart(...pointOf(unit.start, "start"));
  range.setEnd(...pointOf(unit.end, "end"));
  return range.getBoundingClientRect();
}

function firstInSight(kind) {
  const all = unitsOf(kind);
  let low = 0;
  let high = all.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (topOf(all[middle]).top < 8) low = middle + 1;
    else high = middle;
  }
  return all[low];
}

function step(kind, by, extend) {
  const all = unitsOf(kind);
  if (!all.length) return;
  let next;
  if (held === null) {
    next = firstInSight(kind);
  } else if (by > 0) {
    const after = held.moving.end;
    next = all.find((unit) => (extend ? unit.end > after : unit.start >= after)) ?? all.at(-1);
  } else {
    const before = held.moving.start;
    next = all.findLast((unit) => (extend ? unit.start < before : unit.end <= before)) ?? all[0];
  }
  held = { anchor: extend && held ? held.anchor : next, moving: next };
  show();
}

function show() {
  const { anchor, moving } = held;
  const isBackward = moving.start < anchor.start;
  const first = pointOf(isBackward ? anchor.end : anchor.start, isBackward ? "end" : "start");
  const last = pointOf(isBackward ? moving.start : moving.end, isBackward ? "start" : "end");
  isMoving = true;
  document.getSelection().setBaseAndExtent(...first, ...last);
  const box = topOf(moving);
  if (box.top < 8 || box.bottom > window.innerHeight - 72) {
    window.scrollBy({ top: box.top - window.innerHeight / 3 });
  }
  offer();
  const words = selected();
  said.textContent = words ? whole.slice(words.start, words.end).slice(-200) : "";
}

// Whether the keys, not the mouse, made the selection change.
let isMoving = false;

const STEPS = {
  ArrowRight: ["word", 1],
  ArrowLeft: ["word", -1],
  ArrowDown: ["sentence", 1],
  ArrowUp: ["sentence", -1],
};

function pressed(event) {
  if (event.target !== reading || event.altKey || event.ctrlKey || event.metaKey) return;
  const button =
    event.key === "Enter"
      ? bar.querySelector("button")
      : bar.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  if (button !== null) {
    if (selected() === null) return;
    event.preventDefault();
    button.click();
  } else if (event.key === "Escape") {
    held = null;
    document.getSelection().removeAllRanges();
  } else if (event.key in STEPS) {
    event.preventDefault();
    const [kind, by] = STEPS[event.key];
    const isTurned =
      kind === "word" && RIGHT_TO_LEFT.test(characterAt(held ? held.moving.start : 0));
    step(kind, isTurned ? -by : by, event.shiftKey);
  }
}

document.addEventListener("selectionchange", () => {
  if (!isMoving) held = null;
  isMoving = false;
  offer();
});
reading.addEventListener("keydown", pressed);
document.addEventListener("pointerdown", () => {
  isMoving = false;
});
bar.addEventListener("pointerdown", (event) => event.preventDefault()); // keeps the selection
bar.addEventListener("click", fillIn);
field("exact").addEventListener("input", () => {
  // Words typed by hand have no place yet.
  for (const name of ["prefix", "suffix", "page"]) field(name).value = "";
});
