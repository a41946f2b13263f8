// Points and bars of a chart: the nearest one tells its name and value to a mouse, a finger or the keyboard, for which
// the chart is one stop and arrows lead on. Without this, each is a link with a title, and a table says the same.
const REACH = 24; // How near is near, in pixels: a finger's breadth.

function read(chart) {
  const plot = chart.querySelector(".plot");
  const spots = [...plot.querySelectorAll("a[href]")].map((link) => {
    const mark = link.querySelector("use, rect");
    const number = (name) => parseFloat(mark.getAttribute(name)) || 0;
    const half = number("width") / 2;
    const [name, detail = ""] = link.querySelector("title").textContent.split("\n");
    // The browser's own title would cover ours.
    link.setAttribute("aria-label", detail ? `${name}: ${detail}` : name);
    link.querySelector("title").remove();
    return { link, name, detail, half, x: number("x") + half, y: number("y") };
  });
  if (spots.length) enhance(chart, plot, spots);
}

function enhance(chart, plot, spots) {
  const tip = chart.appendChild(document.createElement("div"));
  tip.className = "chart-tip";
  tip.setAttribute("aria-hidden", "true");
  tip.hidden = true;
  let shown = null;

  function show(spot, hint = "") {
    hide();
    shown = spot;
    spot.link.classList.add("near");
    const name = document.createElement("strong");
    name.textContent = spot.name;
    tip.replaceChildren(name, ...[spot.detail, hint].filter(Boolean).map((text) => {
      const line = document.createElement("span");
      line.textContent = text;
      return line;
    }));
    tip.hidden = false;
    const [outer, inner] = [chart, plot].map((element) => element.getBoundingClientRect());
    const x = inner.left - outer.left + (spot.x / 100) * inner.width;
    const y = inner.top - outer.top + (spot.y / 100) * inner.height;
    const beside = x + 14 + tip.offsetWidth <= outer.width ? x + 14 : x - 14 - tip.offsetWidth;
    tip.style.left = `${Math.max(beside, 0)}px`;
    tip.style.top = `${Math.max(y - tip.offsetHeight - 10, 0)}px`;
  }

  function hide() {
    shown?.link.classList.remove("near");
    shown = null;
    tip.hidden = true;
  }

  function nearest({ clientX, clientY }) {
    const { left, top, width, height } = plot.getBoundingClientRect();
    let [found, least] = [null, REACH];
    for (const spot of spots) {
      const [dx, dy] = [(spot.x / 100) * width - (clientX - left), (spot.y / 100) * height - (clientY - top)];
      const isOver = Math.abs(dx) <= (spot.half / 100) * width && clientY >= top && clientY <= top + height;
      const distance = spot.half && isOver ? 0 : Math.hypot(dx, dy);
      if (distance < least) [found, least] = [spot, distance];
    }
    return found;
  }

  plot.addEventListener("pointermove", (event) => {
    if (event.pointerType === "touch") return;
    const spot = nearest(event);
    plot.classList.toggle("is-over", Boolean(spot));
    if (spot && spot !== shown) show(spot);
    if (!spot) hide();
  });
  plot.addEventListener("pointerleave", (event) => {
    if (event.pointerType !== "touch") hide();
  });
  plot.addEventListener("click", (event) => {
    if (event.detail === 0 || event.ctrlKey || event.metaKey || event.shiftKey) return; // the keyboard's, or a new tab
    const before = shown;
    const spot = nearest(event);
    event.preventDefault();
    if (!spot) hide();
    // A finger sees first where it would go.
    else if (event.pointerType === "touch" && spot !== before) show(spot, "Tap again to open");
    else location.assign(spot.link.href.baseVal);
  });

  const across = [...spots].sort((a, b) => a.x - b.x || b.y - a.y);
  const upward = [...spots].sort((a, b) => b.y - a.y || a.x - b.x);
  const ways = { ArrowRight: [across, 1], ArrowLeft: [across, -1], ArrowUp: [upward, 1], ArrowDown: [upward, -1] };

  function enter(spot) {
    for (const { link } of spots) link.setAttribute("tabindex", link === spot.link ? "0" : "-1");
  }

  plot.addEventListener("keydown", (event) => {
    const spot = spots.find(({ link }) => link === document.activeElement);
    if (!spot || event.ctrlKey || event.altKey || event.metaKey) return;
    const [order, step] = ways[event.key] ?? [];
    const next = order?.[order.indexOf(spot) + step] ?? { Home: across[0], End: across.at(-1) }[event.key];
    if (order || next) event.preventDefault();
    if (event.key === "Escape") hide();
    if (!next) return;
    enter(next);
    next.link.focus();
  });
  plot.addEventListener("focusin", (event) => {
    const spot = spots.find(({ link }) => link === event.target);
    if (spot?.link.matches(":focus-visible")) show(spot);
  });
  plot.addEventListener("focusout", hide);
  // The keyboard comes in at what is emphasized, else at the newest.
  enter(spots.find(({ link }) => link.matches(".is-strong")) ?? across.at(-1));
}

const readAll = () => document.querySelectorAll("[data-chart]").forEach(read);
readAll();
document.addEventListener("list:put", readAll);
