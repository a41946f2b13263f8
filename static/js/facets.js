// The link to all values of a facet becomes a box in which they are found, without leaving the list.
const OFFERED = 12;

document.addEventListener("click", (event) => {
  const link = event.target.closest(".all-values a");
  if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  const facet = link.closest(".facet");
  const box = document.createElement("input");
  box.type = "search";
  box.maxLength = 200;
  box.placeholder = link.textContent;
  box.setAttribute("aria-label", `${link.textContent} under ${facet.querySelector("legend").textContent}`);
  let timer;
  box.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => find(facet, link, box), 150);
  });
  link.replaceWith(box);
  box.focus();
});

async function find(facet, link, box) {
  const text = box.value;
  const address = new URL(link.href);
  address.searchParams.set("find", text);
  const response = await fetch(address);
  if (!response.ok || box.value !== text) return;
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const values = page.querySelector("[data-values] ul") ?? document.createElement("ul");
  [...values.children].slice(OFFERED).forEach((item) => item.querySelector(":checked") ?? item.remove());
  // Those that are chosen and not found stay chosen.
  const chosen = page.querySelectorAll(`form[aria-label="Values"] input[type=hidden][name="${facet.dataset.facet}"]`);
  facet.querySelectorAll("details, input[type=hidden]").forEach((element) => element.remove());
  facet.querySelector("ul").replaceWith(values);
  facet.append(...chosen);
}
