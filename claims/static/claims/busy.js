// A form that is sent once only, however often its button is pressed, and says that it is at work.
//
// `data-once` marks the form; `data-busy` on a button has the words to show while the answer comes.

let isSent = false;

document.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-once]") || event.defaultPrevented) return;
  if (isSent) {
    event.preventDefault();
    return;
  }
  isSent = true;
  const button = event.submitter;
  if (!button?.dataset.busy) return;
  button.setAttribute("aria-disabled", "true");
  button.textContent = button.dataset.busy;
});

// Somebody who comes back with the browser's button finds the form as it was.
window.addEventListener("pageshow", () => {
  isSent = false;
});
