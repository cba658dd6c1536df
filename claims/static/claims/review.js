// Judging the quotes of a claim without the mouse: an answer by key leads to what is missing next.
//
// The keys themselves are those of desk.js, which clicks the element that is nearest to the focus;
// such a click is not trusted, one of the mouse is. No quote is judged by key that is not on the
// screen. Without this script every answer is given by hand, and the server says what is
// missing.

const form = document.getElementById("decide");
const approve = form.querySelector('button[value="approve"]');
const change = form.querySelector('button[value="request-changes"], button[value="reject"]');
const note = form.querySelector('textarea[name="note"]');
const progress = document.getElementById("review-progress");
const quotes = [...document.querySelectorAll("[data-quote]")];
let onScreen = new Set();

const answerOf = (quote) => quote.querySelector('input[name^="makes_"]:checked')?.value;

// What an approval still needs of a quote: the quote itself where its question is not answered.
function missingIn(quote) {
  const answer = answerOf(quote);
  if (!answer) return quote;
  if (answer === "no") return null;
  const part = quote.querySelector('input[name^="note_"]');
  if (answer === "partly" && !part.value.trim()) return part;
  return (
    quote.querySelector('input[name^="confirm_"]:not(:checked)') ??
    [...quote.querySelectorAll('input[name^="why_"]')].find((why) => !why.value.trim()) ??
    null
  );
}

// The first thing that is missing from a quote on; after the last one, from the first.
function missingFrom(quote) {
  const at = Math.max(quotes.indexOf(quote), 0);
  for (const each of [...quotes.slice(at), ...quotes.slice(0, at)]) {
    const missing = missingIn(each);
    if (missing) return missing;
  }
  return null;
}

// Where the decision is taken once all is judged.
function decision() {
  if (approve && !quotes.some((quote) => answerOf(quote) === "no")) return approve;
  return note.value.trim() ? change : note;
}

function say(words) {
  progress.textContent = words;
}

function tellProgress() {
  const judged = quotes.filter(answerOf).length;
  const words = progress.dataset.judged;
  if (quotes.length) say(words.replace("{judged}", judged).replace("{count}", quotes.length));
}

// The words themselves where they are marked: their paragraph can be longer than the screen.
const wordsOf = (quote) =>
  quote.querySelector("mark") ?? quote.querySelector("blockquote") ?? quote;

// Give an element the focus; of a quote that is longer than the screen its words are seen.
function go(element) {
  element?.focus();
  if (quotes.includes(element)) wordsOf(element).scrollIntoView({ block: "nearest" });
}

function goOn(quote) {
  go(missingFrom(quote) ?? decision());
}

function isOnScreen(quote) {
  const { top, bottom } = wordsOf(quote).getBoundingClientRect();
  return bottom > 0 && top < window.innerHeight;
}

// Before the key moves the focus, and so the page.
document.addEventListener("keydown", () => (onScreen = new Set(quotes.filter(isOnScreen))), true);

for (const quote of quotes) {
  quote.addEventListener("click", (event) => {
    if (event.isTrusted || !event.target.matches('input[name^="makes_"]')) return;
    if (onScreen.has(quote)) {
      queueMicrotask(() => goOn(quote));
      return;
    }
    event.preventDefault(); // the answer is as it was
    go(quote);
    say(progress.dataset.unread);
  });
  quote.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.ctrlKey || event.metaKey) return;
    if (!event.target.matches("input[type=text]")) return;
    event.preventDefault(); // it would approve
    goOn(quote);
  });
}

document.addEventListener("change", tellProgress);
approve?.addEventListener("click", (event) => {
  if (event.isTrusted) return;
  const next = missingFrom() ?? decision();
  if (next === approve) return;
  event.preventDefault();
  go(next);
});

tellProgress();
if (document.activeElement === document.body && !document.querySelector("[role=alert]")) {
  missingFrom()?.focus({ preventScroll: true });
}
