// Models to add while one types: what the search suggests, in the list of the box.
const PAUSE = 120; // in ms: whoever types on is not interrupted
const input = document.querySelector("#add");
let timer;

async function ask() {
  const asked = input.value;
  const address = new URL(input.dataset.names, location);
  address.searchParams.set("q", asked);
  try {
    const answer = await fetch(address);
    const { suggestions = [] } = await answer.json();
    const models = suggestions.filter(({ kind }) => kind === "model");
    if (asked !== input.value || !models.length) return;
    input.list.replaceChildren(...models.map(({ name, url }) => new Option(name, url.split("/").at(-2))));
  } catch {
    // Without an answer, the names that came with the page stand.
  }
}

input?.addEventListener("input", () => {
  clearTimeout(timer);
  if (input.value.trim()) timer = setTimeout(ask, PAUSE);
});
