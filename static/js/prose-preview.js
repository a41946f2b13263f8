// The button beside a text in Markdown shows beneath it what readers will see, and again a moment after typing stops.

const PAUSE = 500; // ms

function offer(button) {
  const text = button.closest(".prose-input").querySelector("textarea");
  const region = document.createElement("div");
  region.id = `${text.id}_preview`;
  region.className = "prose-preview";
  region.hidden = true;
  region.setAttribute("role", "region");
  region.setAttribute("aria-label", `Preview of “${button.dataset.prosePreview}”`);
  // A tree of its own: the styles of the site, and ids that meet none of the form's.
  const shown = region.attachShadow({ mode: "open" });
  const body = document.createElement("div");
  shown.append(body);
  button.after(region);
  button.setAttribute("aria-expanded", "false");
  button.setAttribute("aria-controls", region.id);
  let waiting, asked;

  function show(...nodes) {
    body.replaceChildren(...nodes);
    // Whoever follows a link loses nothing of the form.
    for (const link of body.querySelectorAll("a:not([href^='#'])")) link.target = "_blank";
    region.setAttribute("aria-busy", "false");
  }

  function tell(words) {
    const told = document.createElement("p");
    told.setAttribute("role", "status");
    told.textContent = words;
    show(told);
  }

  async function refresh() {
    asked?.abort();
    const { signal } = (asked = new AbortController());
    region.setAttribute("aria-busy", "true");
    const sent = new FormData();
    sent.set("csrfmiddlewaretoken", text.form.elements.csrfmiddlewaretoken.value);
    sent.set(text.name, text.value);
    try {
      const answer = await fetch(button.formAction, { method: "POST", body: sent, signal });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const main = page.querySelector("main");
      const prose = main?.querySelector("[data-prose]");
      if (!answer.ok) {
        tell(prose?.textContent ?? `No preview: ${main?.querySelector("h1")?.textContent ?? `the site answered ${answer.status}`}.`);
      } else {
        if (!shown.querySelector("link")) shown.prepend(...page.querySelectorAll("link[rel=stylesheet]"));
        show(...(prose ?? main).childNodes);
      }
    } catch (error) {
      if (error.name !== "AbortError") tell("No preview: the site cannot be reached. What you typed is still here.");
    }
  }

  function close() {
    clearTimeout(waiting);
    asked?.abort();
    region.hidden = true;
    button.setAttribute("aria-expanded", "false");
  }

  button.addEventListener("click", (event) => {
    event.preventDefault();
    if (!region.hidden) return close();
    region.hidden = false;
    button.setAttribute("aria-expanded", "true");
    refresh();
  });

  text.addEventListener("input", () => {
    clearTimeout(waiting);
    if (!region.hidden) waiting = setTimeout(refresh, PAUSE);
  });
}

document.querySelectorAll("[data-prose-preview]").forEach(offer);
