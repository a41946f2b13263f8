// Names below a search box while one types: a combobox with a list, as the ARIA authoring practices describe it.
const PAUSE = 120; // in ms: whoever types on is not interrupted

function suggest(input) {
  const list = document.createElement("ul");
  const status = document.createElement("div");
  let asked = 0;
  let timer;
  let active = -1;

  list.className = "suggestions";
  list.id = `${input.id}-suggestions`;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Suggestions");
  list.hidden = true;
  status.className = "visually-hidden";
  status.setAttribute("role", "status");
  input.after(list, status);
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-controls", list.id);
  input.autocomplete = "off";
  close();

  function dropWhatIsUnderWay() {
    asked += 1; // Its answer comes too late.
    clearTimeout(timer);
  }

  function close() {
    dropWhatIsUnderWay();
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    activate(-1);
  }

  function activate(number) {
    active = number;
    [...list.children].forEach((option, at) => option.setAttribute("aria-selected", String(at === active)));
    const option = list.children[active];
    if (option) {
      input.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    } else input.removeAttribute("aria-activedescendant");
  }

  function walk(to) {
    dropWhatIsUnderWay(); // Whoever chooses keeps the list.
    activate(to);
  }

  function part(text, name) {
    const span = document.createElement("span");
    span.className = name;
    span.textContent = text;
    return span;
  }

  function show(suggestions) {
    list.replaceChildren(
      ...suggestions.map(({ name, alias, kind, url }, at) => {
        const option = document.createElement("li");
        option.id = `${list.id}-${at}`;
        option.setAttribute("role", "option");
        option.dataset.url = url;
        option.append(part(name, "suggestion"), " ");
        if (alias) option.append(part(alias, "alias"), " ");
        option.append(part(kind, "count"));
        return option;
      }),
    );
    list.hidden = suggestions.length === 0;
    input.setAttribute("aria-expanded", String(!list.hidden));
    activate(-1);
    const count = suggestions.length;
    status.textContent = count === 1 ? "1 suggestion" : `${count || "No"} suggestions`;
  }

  async function ask() {
    const number = ++asked;
    const address = new URL(input.dataset.suggest, location);
    address.searchParams.set("q", input.value);
    try {
      const answer = await fetch(address);
      const { suggestions = [] } = await answer.json();
      if (number === asked) show(suggestions);
    } catch {
      // Without an answer, the box is a plain search box.
      if (number === asked) close();
    }
  }

  input.addEventListener("input", () => {
    clearTimeout(timer);
    status.textContent = "";
    if (input.value.trim()) timer = setTimeout(ask, PAUSE);
    else close();
  });

  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const { length } = list.children;
    if (event.key === "Escape" && !list.hidden) close();
    else if (event.key === "Enter" && active >= 0) location.assign(list.children[active].dataset.url);
    else if (event.key === "ArrowDown" && list.hidden && input.value.trim()) ask();
    else if (event.key === "ArrowDown" && !list.hidden) walk(active + 1 < length ? active + 1 : -1);
    else if (event.key === "ArrowUp" && !list.hidden) walk(active < 0 ? length - 1 : active - 1);
    else return;
    event.preventDefault();
  });

  input.addEventListener("blur", close);
  input.form.addEventListener("submit", close);
  // The box keeps the focus while a suggestion is pressed.
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) location.assign(option.dataset.url);
  });
}

document.querySelectorAll("[data-suggest]").forEach(suggest);
