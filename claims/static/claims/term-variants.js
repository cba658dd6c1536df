// Offers variants of the term that is being typed into a dictionary, and adds those that are ticked.
//
// The desk answers; nothing is added by itself. Without this script a button does the same.

const PAUSE = 500; // milliseconds without a key before the desk is asked

const form = document.querySelector("[data-variants-url]");
const timers = new WeakMap();
const turns = new WeakMap();

// The line of a text area in which the caret stands.
function currentLine(area) {
  const start = area.value.lastIndexOf("\n", area.selectionStart - 1) + 1;
  const end = area.value.indexOf("\n", start);
  return area.value.slice(start, end < 0 ? undefined : end).trim();
}

function paragraph(words, name) {
  const line = document.createElement("p");
  line.className = name;
  line.textContent = words;
  return line;
}

function checkbox(variant, id) {
  const row = document.createElement("div");
  row.className = "desk-check";
  const box = document.createElement("input");
  box.type = "checkbox";
  box.id = id;
  box.value = variant.line;
  const label = document.createElement("label");
  label.htmlFor = id;
  const words = document.createElement("bdi");
  words.textContent = variant.line;
  const why = document.createElement("span");
  why.className = "desk-quiet-words";
  why.textContent = variant.why;
  label.append(words, " ", why);
  row.append(box, " ", label);
  return row;
}

function show(place, { term, variants, refusal }) {
  if (refusal) {
    place.replaceChildren(paragraph(refusal, "desk-refused"));
    return;
  }
  if (!variants.length) {
    place.replaceChildren(...(term ? [paragraph(`${term}: ${place.dataset.none}`, "desk-quiet-words")] : []));
    return;
  }
  const piece = document.createElement("fieldset");
  piece.className = "desk-piece";
  const legend = document.createElement("legend");
  legend.textContent = `${place.dataset.label}: ${term}`;
  piece.append(legend, ...variants.map((one, index) => checkbox(one, `${place.id}-typed-${index}`)));
  place.replaceChildren(piece);
}

async function ask(area) {
  const topic = area.closest(".desk-topic");
  const place = topic.querySelector("[data-variants]");
  const turn = (turns.get(area) ?? 0) + 1;
  turns.set(area, turn);
  const address = new URL(form.dataset.variantsUrl, window.location.href);
  address.searchParams.set("line", currentLine(area));
  if (topic.querySelector("[data-forms]").checked) address.searchParams.set("forms", "1");
  place.replaceChildren(paragraph(place.dataset.waiting, "desk-quiet-words"));
  const answer = await fetch(address, { headers: { Accept: "application/json" } }).catch(() => null);
  // Only the latest question is answered; a failed one leaves nothing that may be out of date.
  if (turn !== turns.get(area)) return;
  if (answer?.ok) show(place, await answer.json());
  else place.replaceChildren();
}

function schedule(area) {
  clearTimeout(timers.get(area));
  timers.set(
    area,
    setTimeout(() => ask(area), PAUSE),
  );
}

form.addEventListener("input", (event) => {
  if (event.target.matches("[data-terms]")) schedule(event.target);
});

form.addEventListener("change", (event) => {
  const box = event.target;
  const topic = box.closest(".desk-topic");
  if (!topic) return;
  const area = topic.querySelector("[data-terms]");
  if (box.matches("[data-forms]") && area.value.trim()) schedule(area);
  // What the server offered is added by its button.
  if (!box.matches("[data-variants] [id*='-typed-']")) return;
  const lines = area.value.split("\n").map((line) => line.trim()).filter(Boolean);
  const others = lines.filter((line) => line !== box.value);
  area.value = [...others, ...(box.checked ? [box.value] : [])].join("\n");
});
