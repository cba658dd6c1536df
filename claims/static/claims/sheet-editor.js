// The editor of a fact sheet: keeps it while one types, and moves sections by drag.
//
// Without this script the buttons of the form do the same.

import { checkAnew, hasNotes, isIssuing, previewAnew } from "./sheet-check.js";

const PAUSE = 3000; // milliseconds without a key before the sheet is kept

const form = document.getElementById("sheet-form");
const state = document.getElementById("sheet-state");
const list = document.getElementById("sheet-sections");
let keepTimer;
let isKeeping = false;
let isChanged = false;
let isStopped = false; // somebody else saved: only a person decides what becomes of both texts

function send(address) {
  return fetch(address, {
    method: "POST",
    body: new FormData(form),
    headers: { Accept: "application/json" },
  });
}

function tell(words, isBad = false) {
  state.textContent = words;
  state.classList.toggle("is-bad", isBad);
}

async function keep() {
  if (isKeeping || isStopped || !isChanged || !form.dataset.keep) return;
  if (isIssuing()) {
    tell(state.dataset.waiting); // a change that is saved now would stop the edition
    schedule();
    return;
  }
  isKeeping = true;
  isChanged = false;
  tell(state.dataset.saving);
  const answer = await send(form.dataset.keep).catch(() => null);
  isKeeping = false;
  if (!answer?.headers.get("Content-Type")?.startsWith("application/json")) {
    isChanged = true;
    tell(state.dataset.failed, true);
    return;
  }
  const said = await answer.json();
  if (answer.ok) form.elements.revision.value = said.revision;
  if (answer.status === 409) isStopped = true;
  tell(said.words, !answer.ok);
  if (!answer.ok) {
    isChanged = true;
    return;
  }
  if (isChanged) schedule();
  checkAnew();
  previewAnew();
}

function schedule() {
  clearTimeout(keepTimer);
  keepTimer = setTimeout(keep, PAUSE);
}

function changed() {
  isChanged = true;
  if (!isStopped) tell(state.dataset.unsaved);
  schedule();
}

function sections() {
  return [...list.querySelectorAll(":scope > [data-section]")];
}

// Name everything in a section by the place at which it stands now: its buttons do what they say to
// the section of that number.
function number() {
  const all = sections();
  all.forEach((section, index) => {
    const place = index + 1;
    const renamed = (id) => id.replace(/^(#?section)-\d+/, `$1-${place}`);
    section.id = renamed(section.id);
    section.querySelectorAll("[id^='section-']").forEach((part) => {
      part.id = renamed(part.id);
    });
    section.querySelectorAll("button[value]").forEach((button) => {
      button.value = button.value.replace(/^\d+/, place);
      button.setAttribute("formaction", renamed(button.getAttribute("formaction")));
    });
    section.querySelector("[data-place]").value = place;
    section.querySelector("[data-number]").textContent = place;
    section.querySelector("[data-up]").disabled = index === 0;
    section.querySelector("[data-down]").disabled = place === all.length;
  });
}

function move(section, step) {
  const all = sections();
  const other = all[all.indexOf(section) + step];
  if (!other) return false;
  if (step < 0) other.before(section);
  else other.after(section);
  number();
  changed();
  return true;
}

// Notes of the check go with the edition and are no part of what is kept.
form.addEventListener("input", (event) => event.target.matches("[data-note]") || changed());
form.addEventListener("change", (event) => event.target.matches("[data-note]") || changed());
form.addEventListener("submit", () => {
  isStopped = true; // the page goes; nothing is to be kept behind its back
});
form.addEventListener("click", async (event) => {
  if (!event.target.closest("[name='check']") || isStopped || !form.dataset.keep) return;
  event.preventDefault();
  clearTimeout(keepTimer);
  if (isChanged) await keep();
  else checkAnew();
});

list.addEventListener("click", (event) => {
  const button = event.target.closest("[data-up], [data-down]");
  if (!button) return;
  event.preventDefault();
  move(button.closest("[data-section]"), button.matches("[data-up]") ? -1 : 1);
  if (!button.disabled) button.focus();
});

// A section is dragged by its handle alone, so that words in its fields can still be selected.
// It takes the place of the section on which it is dropped.
let dragged = null;
let target = null;

function aim(section) {
  target?.classList.remove("is-target");
  target = section;
  target?.classList.add("is-target");
}

list.addEventListener("dragstart", (event) => {
  if (!event.target.matches?.("[data-handle]")) return;
  dragged = event.target.closest("[data-section]");
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", dragged.querySelector("legend").textContent);
});
list.addEventListener("dragover", (event) => {
  const over = event.target.closest("[data-section]");
  if (!dragged || !over) return;
  event.preventDefault();
  aim(over === dragged ? null : over);
});
list.addEventListener("drop", (event) => {
  if (!dragged) return;
  event.preventDefault();
  if (!target) return;
  const all = sections();
  if (all.indexOf(dragged) < all.indexOf(target)) target.after(dragged);
  else target.before(dragged);
  number();
  changed();
});
list.addEventListener("dragend", () => {
  aim(null);
  dragged = null;
});

window.addEventListener("beforeunload", (event) => {
  if ((isChanged || hasNotes()) && !isStopped && form.dataset.keep) event.preventDefault();
});

list.querySelectorAll("[data-handle]").forEach((handle) => {
  handle.hidden = false;
});
if ("unsaved" in form.dataset && form.dataset.keep) changed();
