// Says below the fields of value and dates what is understood of them, while they are being typed,
// and below the property what it asks for.
//
// The desk answers; nothing is saved. Without this script the line is there after "Check".

const PAUSE = 400; // milliseconds without a key before the desk is asked
const FIELDS = ["property", "value", "approximate", "decimal_mark", "basis", "period", "asserted_on"];

const place = document.getElementById("understood");
const needed = document.getElementById("needs");
const form = place.closest("form");
let waiting;
let asked = 0;

function typed() {
  const all = new FormData(form);
  const sent = new FormData();
  for (const name of [...FIELDS, "csrfmiddlewaretoken"]) {
    if (all.has(name)) sent.set(name, all.get(name));
  }
  return sent;
}

function paragraph(text, name) {
  const line = document.createElement("p");
  if (name) line.className = name;
  line.append(text);
  return line;
}

function show({ line, refused, needs }) {
  const lines = refused.map((text) => paragraph(text, "desk-refused"));
  if (line) {
    const label = document.createElement("b");
    label.textContent = place.dataset.label;
    const first = paragraph(label);
    first.append(` ${line}`);
    lines.unshift(first);
  }
  place.replaceChildren(...lines);
  needed.replaceChildren(...needs.map((text) => paragraph(text)));
}

async function ask() {
  const turn = ++asked;
  const answer = await fetch(place.dataset.url, { method: "POST", body: typed() }).catch(() => null);
  // Only the latest question is answered; a failed one leaves nothing that may be out of date.
  if (turn !== asked) return;
  const isRead = answer?.ok && !answer.redirected; // to a sign-in, where the session has ended
  show(isRead ? await answer.json() : { line: "", refused: [], needs: [] });
}

form.addEventListener("input", (event) => {
  if (!FIELDS.includes(event.target.name)) return;
  clearTimeout(waiting);
  waiting = setTimeout(ask, PAUSE);
});
