// Keys for who judges many addresses: j or n next, k or p previous, 1 2 3 choose. The page works without them.
// WCAG 2.1.4: they can be switched off, and never fire in a field in which one types.
(() => {
  "use strict";
  const STORED = "werkvoorraad-sneltoetsen";
  const help = document.querySelector(".toetsen");
  const button = help && help.querySelector(".toetsen__knop");
  const marks = document.querySelectorAll(".keuze__toets");
  let on = read();

  function read() {
    try {
      return localStorage.getItem(STORED) !== "uit";
    } catch {
      return true;
    }
  }

  function show() {
    if (help) {
      help.hidden = false;
      button.textContent = on ? help.dataset.uit : help.dataset.aan;
    }
    marks.forEach((mark) => { mark.hidden = !on; });
  }

  function typing(element) {
    return element.isContentEditable || /^(TEXTAREA|SELECT)$/.test(element.tagName)
      || (element.tagName === "INPUT" && !/^(radio|checkbox|button|submit)$/.test(element.type));
  }

  function go(direction) {
    const link = document.querySelector(`main a[rel="${direction}"]`);
    if (link) link.click();
    return Boolean(link);
  }

  function choose(number) {
    const choice = document.querySelector(`input[data-toets="${number}"]`);
    const closed = choice && choice.closest("details:not([open])");
    if (closed) closed.open = true;
    if (!choice) return false;
    choice.checked = true;
    choice.focus();
    return true;
  }

  if (button) {
    button.addEventListener("click", () => {
      on = !on;
      try {
        localStorage.setItem(STORED, on ? "aan" : "uit");
      } catch { /* this page only */ }
      show();
    });
  }
  document.addEventListener("keydown", (event) => {
    if (!on || event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || typing(event.target)) return;
    const key = event.key.toLowerCase();
    const done = key === "j" || key === "n" ? go("next")
      : key === "k" || key === "p" ? go("prev")
        : /^[123]$/.test(key) && choose(key);
    if (done) event.preventDefault();
  });
  show();
})();
