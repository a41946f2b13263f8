// In the drawn graph, arrow keys lead from model to model along its lines, and the model in hand shows its own lineage.
for (const graph of document.querySelectorAll(".lineage-graph")) {
  const boxes = new Map([...graph.querySelectorAll("[data-box]")].map((box) => [box.dataset.box, box]));
  const strokes = [...graph.querySelectorAll("[data-from]")];
  const links = [...boxes.values()].filter((box) => box.matches("a"));
  if (!links.length) continue;

  // One stop for Tab: the model asked for, or where the reader was last.
  let current = links.find((link) => link.matches(".here")) ?? links[0];
  current.setAttribute("tabindex", 0);

  function lineage(box) {
    const lit = new Set([box]);
    for (const [near, far] of [["from", "to"], ["to", "from"]]) {
      const reached = new Set([box.dataset.box]);
      for (const number of reached) {
        for (const stroke of strokes) {
          if (stroke.dataset[near] !== number) continue;
          lit.add(stroke).add(boxes.get(stroke.dataset[far]));
          reached.add(stroke.dataset[far]);
        }
      }
    }
    return lit;
  }

  function light(box) {
    const lit = box ? lineage(box) : new Set();
    for (const element of [...strokes, ...boxes.values()]) element.classList.toggle("lit", lit.has(element));
    graph.toggleAttribute("data-lit", Boolean(box));
  }

  const held = () => graph.querySelector(".box:hover") ?? graph.querySelector(".box:focus-visible");
  for (const box of boxes.values()) {
    for (const event of ["pointerenter", "pointerleave", "focus", "blur"]) {
      box.addEventListener(event, () => light(held()));
    }
  }

  // The nearest model that way: sideways along the lines where there are any, else by place.
  function beyond(key) {
    const here = current.getBoundingClientRect();
    const along = { ArrowRight: ["from", "to"], ArrowLeft: ["to", "from"] }[key];
    const linked = along
      ? strokes.filter((stroke) => stroke.dataset[along[0]] === current.dataset.box)
        .map((stroke) => boxes.get(stroke.dataset[along[1]]))
      : [];
    const away = (box) => {
      const there = box.getBoundingClientRect();
      const [x, y] = [there.x - here.x, there.y - here.y];
      const ahead = { ArrowRight: x, ArrowLeft: -x, ArrowDown: y, ArrowUp: -y }[key];
      return ahead < 1 ? Infinity : along ? Math.abs(y) + ahead / 4 : Math.abs(x) * 4 + ahead;
    };
    const nearest = (found) => found.filter((box) => box.matches("a") && away(box) < Infinity)
      .sort((a, b) => away(a) - away(b))[0];
    return nearest(linked) ?? nearest(links);
  }

  graph.addEventListener("keydown", (event) => {
    if (!event.key.startsWith("Arrow") || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const next = beyond(event.key);
    event.preventDefault();
    next?.focus();
  });
  graph.addEventListener("focusin", (event) => {
    const link = event.target.closest("a.box");
    if (!link) return;
    current.setAttribute("tabindex", -1);
    current = link;
    current.setAttribute("tabindex", 0);
  });

  // A drawing that is wider than its frame opens where the reader stands.
  const region = graph.closest(".lineage-region");
  const [here, frame] = [current.getBoundingClientRect(), region.getBoundingClientRect()];
  region.scrollLeft += here.x + here.width / 2 - frame.x - frame.width / 2;
  region.scrollTop += here.y + here.height / 2 - frame.y - frame.height / 2;
}
