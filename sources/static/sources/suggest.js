// Narrows a datalist down while somebody types the key or name of a row.
const WAIT = 200;
const timers = new WeakMap();

async function refill(input) {
  const list = document.getElementById(input.getAttribute("list"));
  const address = new URL(input.dataset.suggest, window.location.href);
  address.searchParams.set("q", input.value);
  const answer = await fetch(address, { headers: { Accept: "application/json" } });
  if (!answer.ok || answer.redirected) return; // redirected to a sign-in where the session ended
  const rows = await answer.json();
  list.replaceChildren(
    ...rows.results.map((row) => {
      const option = document.createElement("option");
      option.value = row.key;
      option.textContent = row.label;
      return option;
    }),
  );
}

document.addEventListener("input", (event) => {
  const input = event.target;
  if (!(input instanceof HTMLInputElement) || !input.dataset.suggest) return;
  clearTimeout(timers.get(input));
  timers.set(input, setTimeout(() => refill(input), WAIT));
});
