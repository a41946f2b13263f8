// Filters, sorting and paging without a new page: what a link or form of the list leads to is fetched and put in place.
const list = document.querySelector(".browse");
const said = document.createElement("p");
said.className = "visually-hidden";
said.setAttribute("role", "status");
list.before(said);

const here = () => location.pathname + location.search;
let shown = here();
// What was asked for and is not there yet.
let awaited = null;
let running = new AbortController();

// Where a form leads, without what is empty; but a field that would not be empty by itself was emptied on purpose.
function addressOf(form) {
  const filled = [...new FormData(form)].filter(([name, value]) => value || "usual" in (form.elements[name].dataset ?? {}));
  const query = new URLSearchParams(filled).toString();
  return new URL(form.action).pathname + (query && `?${query}`);
}

// How to find in the next list what has the focus in this one.
function placeOf(element) {
  const heading = element.closest("thead th");
  if (heading) return `thead th:nth-child(${heading.cellIndex + 1}) a`;
  if (element.type === "checkbox") return `[name="${element.name}"][value="${CSS.escape(element.value)}"]`;
  if (element.type === "submit") return `form[aria-label="${element.form.getAttribute("aria-label")}"] [type=submit]`;
  return element.name ? `[name="${element.name}"]:not([type=hidden])` : "#results";
}

const keyOf = (details) => details.closest("[data-facet]")?.dataset.facet ?? details.className;

function put(page) {
  const next = page.querySelector(".browse");
  const focused = list.contains(document.activeElement) ? document.activeElement : null;
  const open = new Map([...list.querySelectorAll("details")].map((details) => [keyOf(details), details.open]));
  next.querySelectorAll("details").forEach((details) => (details.open = open.get(keyOf(details)) ?? details.open));
  list.replaceChildren(...next.childNodes);
  document.title = page.title;
  said.textContent = list.querySelector(".result-count").textContent;
  document.dispatchEvent(new Event("list:put"));
  if (!focused) return;
  const counterpart = list.querySelector(placeOf(focused)) ?? list.querySelector("#results");
  // What is being typed stays.
  if (focused.matches("input:not([type=checkbox])") && counterpart.name === focused.name) counterpart.value = focused.value;
  counterpart.focus({ preventScroll: true });
}

// Where a link of the shown list leads while another is awaited: there, with what the link changes.
function follow(address) {
  if (!awaited) return address.pathname + address.search;
  const [from, to] = [new URL(shown, location.href).searchParams, new URL(awaited, location.href).searchParams];
  for (const name of new Set([...from.keys(), ...address.searchParams.keys()])) {
    const values = address.searchParams.getAll(name);
    if (`${values}` === `${from.getAll(name)}`) continue;
    to.delete(name);
    values.forEach((value) => to.append(name, value));
  }
  return address.pathname + (`${to}` && `?${to}`);
}

async function show(address, { push = true } = {}) {
  awaited = address;
  running.abort();
  running = new AbortController();
  const { signal } = running;
  list.setAttribute("aria-busy", "true");
  try {
    const response = await fetch(address, { signal });
    if (!response.ok) throw new Error(response.statusText);
    const text = await response.text();
    if (push && address !== here()) history.pushState(null, "", address);
    shown = here();
    put(new DOMParser().parseFromString(text, "text/html"));
    awaited = null;
    list.removeAttribute("aria-busy");
    return true;
  } catch {
    // Either a later request took over, or the browser shows what is wrong.
    if (!signal.aborted) location.assign(address);
    return false;
  }
}

list.addEventListener("change", ({ target }) => {
  if (target.form?.matches(".filters form") && target.name) show(addressOf(target.form));
});

list.addEventListener("submit", (event) => {
  // A form that leads elsewhere is none of the list's.
  if (new URL(event.target.action).pathname !== location.pathname) return;
  event.preventDefault();
  show(addressOf(event.target));
});

list.addEventListener("click", async (event) => {
  const link = event.target.closest("a");
  if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  const address = new URL(link.getAttribute("href"), location.href);
  if (address.pathname !== location.pathname || address.searchParams.has("facet")) return;
  event.preventDefault();
  const paging = link.matches(".pages a");
  if ((await show(follow(address))) && paging) {
    list.querySelector("#results").focus({ preventScroll: true });
    list.querySelector(".results").scrollIntoView();
  }
});

window.addEventListener("popstate", () => {
  if (here() !== shown) show(here(), { push: false });
});
