// Templates to screens, words to sentences. Nothing is ever put in as HTML.
const words = JSON.parse(document.getElementById("teksten").textContent);
const screen = document.getElementById("scherm");
const ZONE = "Europe/Amsterdam";
const clock = new Intl.DateTimeFormat("nl-NL", { hour: "numeric", minute: "2-digit", timeZone: ZONE });
const calendar = new Intl.DateTimeFormat("nl-NL", { weekday: "long", day: "numeric", month: "long", timeZone: ZONE });

export function word(path, values = {}) {
  const [section, name] = path.split(".");
  const found = words[section][name] ?? name;
  return found.replace(/\{(\w+)\}/g, (_, key) => values[key]);
}

export function time(value) {
  return clock.format(new Date(value)).replace(":", ".");
}

export function day(value) {
  return calendar.format(new Date(value));
}

export function when(value) {
  return word("veld.moment", { dag: day(value), tijd: time(value) });
}

// A copy of a template: {root, part(name)}.
export function copy(id) {
  const root = document.getElementById(id).content.cloneNode(true);
  return part(root);
}

function part(root) {
  const kept = root.firstElementChild && root.childElementCount === 1 ? root.firstElementChild : root;
  const parts = {};
  root.querySelectorAll("[data-veld]").forEach((one) => { parts[one.dataset.veld] = one; });
  return { root, first: kept, part: (name) => parts[name] };
}

export function fill(made, texts) {
  Object.entries(texts).forEach(([name, text]) => { made.part(name).textContent = text; });
  return made;
}

export function list(parent, texts) {
  parent.replaceChildren(...texts.map((text) => {
    const item = document.createElement("li");
    item.textContent = text;
    return item;
  }));
}

// Put a screen in the place of the old one, and tell who cannot see it.
export function show(made, { focus = true } = {}) {
  screen.replaceChildren(made.root);
  const title = screen.querySelector("h1");
  document.title = `${title ? title.textContent : ""}, Schijnwerper`;
  window.scrollTo(0, 0);
  if (focus && title) {
    title.tabIndex = -1;
    title.focus();
  }
  return screen;
}

export function message(name, links = []) {
  const said = document.getElementById("t-woorden").content;
  const text = (key) => said.querySelector(`[data-naam="${key}"]`).textContent;
  const made = fill(copy("t-bericht"), { kop: text(`${name}_kop`), tekst: text(name) });
  links.forEach(({ naam, href, doet }) => {
    const one = document.createElement(href ? "a" : "button");
    one.className = "knop knop--groot";
    one.textContent = text(naam);
    if (href) one.href = href;
    else {
      one.type = "button";
      one.addEventListener("click", doet);
    }
    made.part("knoppen").append(one);
  });
  return made;
}

export function merk(element, stand) {
  element.textContent = word(`veld.${stand}`);
  element.dataset.stand = stand;
}
