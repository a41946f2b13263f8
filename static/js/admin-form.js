// A form of the admin: warns before what was typed is lost; Ctrl+S saves and stays, Ctrl+Enter saves and goes on.

const form = document.querySelector("form[id$=_form]");

const typed = () => new URLSearchParams(new FormData(form)).toString();

function watch() {
  // A form that was refused holds what is saved nowhere.
  const saved = document.querySelector(".errornote") ? null : typed();
  let leaving = false;

  form.addEventListener("submit", (event) => {
    // A preview opens beside the form, which stays.
    leaving = event.submitter?.formTarget !== "_blank";
  });

  addEventListener("beforeunload", (event) => {
    if (!leaving && typed() !== saved) event.preventDefault();
  });

  // Back from the page that saving led to: nothing is on its way any more.
  addEventListener("pageshow", () => {
    leaving = false;
  });
}

function saveByKey(event) {
  if (!["s", "Enter"].includes(event.key) || !(event.ctrlKey || event.metaKey) || event.altKey) return;
  const wanted = event.key === "s" ? "[name=_continue]" : "[name=_save]";
  const button = form.querySelector(wanted) ?? form.querySelector("input[type=submit]");
  if (!button) return;
  event.preventDefault();
  button.click();
}

if (form) {
  addEventListener("keydown", saveByKey);
  // After the admin's own scripts have filled and rearranged the form: they wait for jQuery.
  django.jQuery(watch);
}
