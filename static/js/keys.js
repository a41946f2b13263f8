// Ctrl+K, ⌘K or “/” puts the cursor into the search box; what has a key of its own, in the admin, says so beside it.
// Single characters get in the way of speech input: they can be turned off, beside the help of the search page and
// at the foot of the admin.
const box = document.getElementById("site-q");
const choice = document.querySelector("[data-keys]");

function keysAreOn() {
  try {
    return localStorage.getItem("keys") !== "off";
  } catch {
    return true; // Storage may be forbidden.
  }
}

function isTyping(element) {
  return element.isContentEditable || element.matches("input:not([type=checkbox]), textarea, select, .select2 *");
}

function say() {
  box?.setAttribute("aria-keyshortcuts", keysAreOn() ? "/ Control+K Meta+K" : "Control+K Meta+K");
  if (box) box.placeholder = keysAreOn() ? "Search ( / )" : "Search";
}

// What the keys that are down lead to, if they lead anywhere.
function controlOf(event) {
  const command = event.ctrlKey || event.metaKey;
  if (event.altKey || event.repeat || event.defaultPrevented) return null;
  if (command) return event.key.toLowerCase() === "k" && !event.shiftKey ? box : null;
  if (!keysAreOn() || isTyping(event.target)) return null;
  return event.key === "/" ? box : document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
}

document.addEventListener("keydown", (event) => {
  const control = controlOf(event);
  if (!control) return;
  event.preventDefault();
  if (control !== box) return control.click();
  box.select();
  box.focus();
});

if (choice) {
  choice.hidden = false;
  const tick = choice.querySelector("input");
  tick.checked = keysAreOn();
  tick.addEventListener("change", () => {
    try {
      localStorage.setItem("keys", tick.checked ? "on" : "off");
    } catch {
      // It stays as it is, then.
    }
    say();
  });
}
say();
