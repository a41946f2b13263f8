// Of the models in a list, as many can be picked as stand side by side; the form says how many are.
const boxes = (state = "") => [...document.querySelectorAll(`input[form=picked]${state}`)];

function count() {
  const status = document.querySelector("#picked [role=status]");
  if (!status) return;
  const most = Number(status.dataset.most);
  const picked = boxes(":checked").length;
  boxes().forEach((box) => (box.disabled = picked >= most && !box.checked));
  status.textContent = `${picked} of ${most} picked.`;
}

document.addEventListener("change", ({ target }) => {
  if (target.form?.id === "picked") count();
});
// A browser that comes back to the page keeps what was ticked.
addEventListener("pageshow", () => boxes(":checked").length && count());
