// Stores what is typed into the form of a claim every few seconds, on leaving the page, and before
// the form is sent. Where the session has ended, the fields wait in this tab until its account is
// signed in again; then they are stored, and the form opens with them. Without this script a form
// is stored nowhere before it is saved.

const PAUSE = 3000; // milliseconds without a key before the fields are stored
const form = document.querySelector("form[data-store]");
const says = document.getElementById("unsaved-state");
const waiting = `unsaved ${window.location.pathname}`; // the name under which this tab has them

let timer;
let isLeaving = false;
let latest = Promise.resolve(); // one after the other, so that an older form never comes later

function typed() {
  return [...new FormData(form)].filter(([name]) => name !== "csrfmiddlewaretoken");
}

const written = () => JSON.stringify(typed());
let stored = written(); // what the page came with is on the server

function say(text) {
  const warning = document.createElement("strong");
  warning.className = "desk-warning";
  warning.textContent = text;
  says.replaceChildren(...(text ? [warning] : []));
}

// Answers "stored", "ended" where the session has, "unreachable", or "refused" for another reason.
async function store(fields, options = {}) {
  const body = new FormData();
  for (const [name, value] of fields) body.append(name, value);
  body.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  const answer = await fetch(form.dataset.store, { method: "POST", body, ...options }).catch(() => null);
  if (!answer) return "unreachable";
  if (answer.redirected || answer.status === 403) return "ended";
  return answer.ok ? "stored" : "refused";
}

function storeForm() {
  clearTimeout(timer);
  latest = latest.then(storeChanged);
  return latest;
}

async function storeChanged() {
  const now = written();
  if (now === stored) return "stored";
  const outcome = await store(JSON.parse(now));
  if (outcome === "stored") {
    stored = now;
    say("");
  } else if (outcome === "ended") {
    waitInTab();
    say(form.dataset.ended);
  }
  return outcome;
}

function waitInTab() {
  const { account } = form.dataset;
  sessionStorage.setItem(waiting, JSON.stringify({ account, fields: typed() }));
}

// What waits in this tab is stored, and the form opens with it: for the account that typed it alone.
async function restore() {
  const found = sessionStorage.getItem(waiting);
  if (found === null) return;
  const { account, fields } = JSON.parse(found);
  if (account === form.dataset.account && (await store(fields)) !== "stored") return;
  sessionStorage.removeItem(waiting);
  if (account !== form.dataset.account) return;
  isLeaving = true;
  const { unsaved } = Object.fromEntries(fields);
  window.location.replace(`${window.location.pathname}?unsaved=${unsaved}`);
}

form.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(storeForm, PAUSE);
});

form.addEventListener("submit", async (event) => {
  if (isLeaving || written() === stored) {
    isLeaving = true;
    clearTimeout(timer);
    return;
  }
  event.preventDefault();
  const { submitter } = event;
  const outcome = await storeForm();
  if (outcome === "unreachable") {
    say(form.dataset.unreachable);
    return;
  }
  isLeaving = true;
  if (outcome === "ended") window.location.assign(window.location.pathname + window.location.search);
  else form.requestSubmit(submitter);
});

window.addEventListener("pagehide", () => {
  if (!isLeaving && written() !== stored) store(typed(), { keepalive: true });
});

window.addEventListener("pageshow", (event) => {
  if (event.persisted) isLeaving = false;
});

restore();
