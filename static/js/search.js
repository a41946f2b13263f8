// Ctrl+K, ⌘K or “/” puts the cursor into the search box. A single character gets in the way of speech input:
// readers can turn “/” off, beside the help of the search page.
const box = document.getElementById("site-q");
const choice = document.querySelector("[data-slash]");

function slashIsOn() {
  try {
    return localStorage.getItem("slash") !== "off";
  } catch {
    return true; // Storage may be forbidden.
  }
}

function isTyping(element) {
  return element.isContentEditable || element.matches("input, textarea, select");
}

function say() {
  box.setAttribute("aria-keyshortcuts", slashIsOn() ? "/ Control+K Meta+K" : "Control+K Meta+K");
  box.placeholder = slashIsOn() ? "Search ( / )" : "Search";
}

document.addEventListener("keydown", (event) => {
  const command = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.shiftKey;
  const slash = event.key === "/" && !event.ctrlKey && !event.metaKey && slashIsOn() && !isTyping(event.target);
  if ((!command && !slash) || event.altKey || event.defaultPrevented) return;
  event.preventDefault();
  box.select();
  box.focus();
});

if (choice) {
  choice.hidden = false;
  const tick = choice.querySelector("input");
  tick.checked = slashIsOn();
  tick.addEventListener("change", () => {
    try {
      localStorage.setItem("slash", tick.checked ? "on" : "off");
    } catch {
      // It stays as it is, then.
    }
    say();
  });
}
say();
