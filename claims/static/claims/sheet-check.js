// The check and the preview beside the editor of a fact sheet: done anew once it is kept.
//
// Without this script the page has both as of its loading, and a button that saves and checks.

const LOOK = 1500; // milliseconds until it is looked again how far an edition is
const PAUSE = 700; // milliseconds without another save before the preview is made anew

const panel = document.getElementById("sheet-check");
const state = document.getElementById("check-state");
const findings = document.getElementById("sheet-findings");
const issued = document.getElementById("issue-state");
const count = document.getElementById("check-count");
const frame = document.getElementById("sheet-preview-frame");
const notes = new Map(); // what was typed into notes, by name; of findings that come back too
let asked = 0;
let previewTimer;

function remember() {
  findings.querySelectorAll("[data-note]").forEach((note) => {
    if (note.value || notes.has(note.name)) notes.set(note.name, note.value);
  });
}

// Put the findings in anew: notes, and the cursor in one, stay.
function replace(anew) {
  remember();
  const active = document.activeElement;
  const held = findings.contains(active) ? active : null;
  const range = held?.matches("[data-note]") ? [held.selectionStart, held.selectionEnd] : null;
  findings.replaceChildren(...anew.childNodes);
  findings.querySelectorAll("[data-note]").forEach((note) => {
    if (notes.has(note.name)) note.value = notes.get(note.name);
  });
  if (!held) return;
  const same = [...findings.querySelectorAll("[name]")].find(
    (field) => field.name === held.name && field.name,
  );
  (same ?? state).focus();
  if (same && range) same.setSelectionRange(...range);
}

function say(summary, when = "") {
  const quiet = document.createElement("span");
  quiet.className = "desk-quiet-words";
  quiet.textContent = when;
  state.replaceChildren(`${summary} `, quiet);
}

export async function checkAnew() {
  if (!panel) return;
  const turn = ++asked;
  const answer = await fetch(panel.dataset.check).catch(() => null);
  const isGood = answer?.ok && !answer.redirected; // to where one signs in
  const page = isGood && new DOMParser().parseFromString(await answer.text(), "text/html");
  const anew = page && page.getElementById("check-anew");
  if (turn !== asked) return; // a later answer is on its way
  if (!anew) {
    say(state.dataset.failed);
    return;
  }
  const { summary, when } = anew.dataset;
  replace(anew);
  say(summary, when);
  count.textContent = anew.dataset.count;
  count.className = `desk-badge ${anew.dataset.look}`;
  if (isIssuing()) follow();
}

export function isIssuing() {
  return Boolean(findings?.querySelector("[data-progress]"));
}

// Follow an edition that the worker makes: how many files, and what came of it.
let lookTimer;

function follow() {
  clearTimeout(lookTimer);
  lookTimer = setTimeout(look, LOOK);
}

async function look() {
  const progress = findings.querySelector("[data-progress]");
  if (!progress) return;
  const answer = await fetch(progress.dataset.progress).catch(() => null);
  if (!answer?.ok || answer.redirected) {
    follow();
    return;
  }
  const said = await answer.json();
  const words = document.getElementById("issue-words");
  if (words && words.textContent !== said.words) words.textContent = said.words;
  const bar = document.getElementById("issue-bar");
  if (bar) Object.assign(bar, { max: said.total || 1, value: said.made });
  if (said.is_under_way) {
    follow();
    return;
  }
  const sentence = said.page ? document.createElement("a") : document.createElement("span");
  if (said.page) sentence.href = said.page;
  sentence.textContent = said.words;
  issued.replaceChildren(sentence);
  notes.clear(); // they went with the edition; of one that failed they come back with the check
  await Promise.all([checkAnew(), editionsAnew()]);
}

async function editionsAnew() {
  const answer = await fetch(window.location.pathname).catch(() => null);
  if (!answer?.ok || answer.redirected) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const anew = page.getElementById("sheet-editions");
  if (anew) document.getElementById("sheet-editions").replaceChildren(...anew.childNodes);
}

export function previewAnew() {
  if (!frame) return;
  clearTimeout(previewTimer);
  previewTimer = setTimeout(() => {
    try {
      frame.contentWindow.location.reload(); // so it stays where it was scrolled to
    } catch {
      frame.src = `${frame.src}`; // it showed an error of the browser's own
    }
  }, PAUSE);
}

export function hasNotes() {
  return [...(findings?.querySelectorAll("[data-note]") ?? [])].some((note) => note.value.trim());
}

// The place of a finding on the page. Sections may have been moved since it was loaded, so they are
// looked for by where they stand.
function placeOf(anchor) {
  const field = anchor.match(/^id_sections-(\d+)-(.+)$/);
  if (!field) return document.getElementById(anchor);
  const section = document.getElementById(`section-${Number(field[1]) + 1}`);
  return section?.querySelector(`[name$="-${field[2]}"]`);
}

// Go to the words of a finding: its field has the cursor, and the words are selected.
findings?.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-anchor]");
  const place = link && placeOf(link.hash.slice(1));
  if (!place) return;
  event.preventDefault();
  const words = link.dataset.words;
  const isText = place.matches("textarea, input");
  const start = isText && words ? place.value.indexOf(words) : -1;
  place.scrollIntoView({ block: "center" });
  if (!isText && !place.hasAttribute("tabindex")) place.tabIndex = -1;
  place.focus({ preventScroll: true });
  if (start >= 0) place.setSelectionRange(start, start + words.length);
});

if (isIssuing()) follow();
findings?.querySelector("[data-note][aria-invalid]")?.focus();
