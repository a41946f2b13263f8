// The form of a model: cites a figure where it stands. The figures are the choices of a citation's own field, each
// named as its column; the blocks are those of the admin's inline, which add, number and take away as ever.

const PREFIX = "citations";
const group = document.getElementById(`${PREFIX}-group`);
const template = document.getElementById(`${PREFIX}-empty`);

const part = (block, name) => block.querySelector(`[name$="-${name}"]`);
const number = (block) => Number(block.id.slice(PREFIX.length + 1));
const blocks = () => [...document.querySelectorAll(`.dynamic-${PREFIX}`)].sort((a, b) => number(a) - number(b));
const added = () => blocks().filter((block) => !block.classList.contains("has_original"));
const citations = ({ field }) =>
  blocks().filter((block) => part(block, "field")?.value === field && !part(block, "DELETE")?.checked);

// A date says no more than its precision.
function typed({ field, input }) {
  const parts = { year: 1, month: 2 }[document.getElementById(`id_${field}_precision`)?.value];
  return parts ? input.value.split("-", parts).join("-") : input.value;
}

function tell(figure) {
  const cited = citations(figure);
  const sources = new Set(cited.map((block) => part(block, "source").value).filter(Boolean)).size;
  const said = sources ? `${sources} ${sources === 1 ? "source" : "sources"}` : "no source yet";
  figure.said.textContent = said;
  if (cited.length) {
    figure.said.href = `#${cited[0].id}`;
    figure.said.setAttribute("aria-label", `${said} of ${figure.label}`);
  } else {
    figure.said.removeAttribute("href");
    figure.said.removeAttribute("aria-label");
  }
}

// Beneath the figure's row, and beneath what was cited there before.
function place(block, { input, field, label }) {
  let last = input.closest(".form-row");
  while (last.nextElementSibling?.classList.contains("inline-related")) last = last.nextElementSibling;
  last.after(block);
  block.dataset.cites = field;
  block.querySelector(".inline_label").textContent = label;
}

function cite(figure) {
  const shown = citations(figure).some((block) => part(block, "shown").checked);
  group.querySelector(".add-row a").click();
  const block = template.previousElementSibling;
  part(block, "field").value = figure.field;
  part(block, "stated").value = typed(figure);
  part(block, "shown").checked = !shown;
  place(block, figure);
  tell(figure);
  part(block, "source").focus();
}

function beside(figure) {
  const line = document.createElement("div");
  const button = document.createElement("button");
  line.className = "cite";
  button.type = "button";
  button.className = "button";
  button.textContent = "Cite";
  button.setAttribute("aria-label", `Cite ${figure.label}`);
  button.addEventListener("click", () => cite(figure));
  figure.button = button;
  figure.said = document.createElement("a");
  line.append(button, " ", figure.said);
  figure.input.closest(".form-row div:has(> .flex-container)").append(line);
}

function start() {
  const figures = [...part(template, "field").options]
    .map(({ value, text }) => ({ field: value, label: text, input: document.getElementById(`id_${value}`) }))
    .filter(({ field, input }) => field && input);
  const figureOf = (field) => figures.find((figure) => figure.field === field);

  // Of new blocks alone: what is saved has its place among the citations.
  function arrange() {
    for (const block of added()) {
      const figure = figureOf(block.dataset.cites ?? part(block, "field").value);
      if (figure) place(block, figure);
    }
    figures.forEach(tell);
  }

  figures.forEach(beside);
  arrange();

  // The admin numbers the blocks anew in the order of the page: for that, new ones are back behind those that are saved.
  addEventListener("click", ({ target }) => {
    const block = target.closest(`.dynamic-${PREFIX}`);
    if (!block || !target.matches(".inline-deletelink")) return;
    const figure = figureOf(block.dataset.cites);
    template.before(...added());
    addEventListener("click", () => {
      arrange();
      figure?.button.focus();
    }, { once: true });
  }, true);

  // Of select2, which tells jQuery alone.
  django.jQuery(document).on("change", `.dynamic-${PREFIX}`, () => figures.forEach(tell));
}

// After the admin's own script has made its blocks: it waits for jQuery, which may come after the page's load.
if (template) django.jQuery(start);
