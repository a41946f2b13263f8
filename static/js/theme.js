// The reader's choice of light or dark. It runs before the page is painted: nothing flashes in the other theme.
const root = document.documentElement;

// The first press changes what the reader sees; the third gives the choice back to the system.
function next(theme) {
  const [other, own] = matchMedia("(prefers-color-scheme: dark)").matches ? ["light", "dark"] : ["dark", "light"];
  return { system: other, [other]: own, [own]: "system" }[theme];
}

function stored() {
  try {
    return localStorage.getItem("theme");
  } catch {
    return null; // Storage may be forbidden; then the system decides.
  }
}

function apply(theme) {
  if (theme === "system") delete root.dataset.theme;
  else root.dataset.theme = theme;
}

let theme = ["light", "dark"].includes(stored()) ? stored() : "system";
apply(theme);

document.addEventListener("DOMContentLoaded", () => {
  const button = document.querySelector("[data-theme-switch]");
  const name = button.querySelector("[data-theme-name]");
  name.textContent = theme;
  button.hidden = false;
  button.addEventListener("click", () => {
    theme = next(theme);
    apply(theme);
    name.textContent = theme;
    try {
      localStorage.setItem("theme", theme);
    } catch {
      // It holds for this page, then.
    }
  });
});
