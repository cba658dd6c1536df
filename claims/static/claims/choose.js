// One box that ticks all claims of a list, and follows them; without a script each is ticked alone.
const all = document.querySelector("[data-choose-all]");
const boxes = [...document.querySelectorAll('input[type="checkbox"][name="claim"]')];

if (all && boxes.length > 1) {
  const box = all.querySelector("input");
  const follow = () => {
    const chosen = boxes.filter((one) => one.checked).length;
    box.checked = chosen === boxes.length;
    box.indeterminate = chosen > 0 && !box.checked;
  };
  box.addEventListener("change", () => {
    for (const one of boxes) one.checked = box.checked;
  });
  for (const one of boxes) one.addEventListener("change", follow);
  all.hidden = false;
  follow();
}
