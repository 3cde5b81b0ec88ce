// The page: what is on the phone, which screen, and when to send.
import * as courier from "./courier.js";
import { showRound, showStop } from "./round.js";
import { message, show, word } from "./screens.js";
import { showSent } from "./sent.js";
import * as vault from "./vault.js";
import { showDoor } from "./visit.js";

const status = document.getElementById("stand");
const again = document.getElementById("opnieuw");
const button = document.getElementById("verstuur");
const out = document.getElementById("uitloggen");
let timer = 0;
let who = null; // as the service said it in this window; null = not asked or out of reach
let trouble = "";

async function kept() {
  const [bezoeken, gedaan, concepten, ronden, wie] = await Promise.all(
    [vault.all("bezoek"), vault.all("gedaan"), vault.all("concept"), vault.all("ronde"), courier.known()],
  );
  ronden.sort((one, other) => one.vertrek.localeCompare(other.vertrek));
  return { bezoeken, gedaan, concepten, ronden, wie };
}

async function tell() {
  const visits = await vault.all("bezoek");
  const waiting = visits.filter((one) => !one.fout).length;
  const refused = visits.length - waiting;
  const parts = [];
  if (trouble && (waiting || trouble !== "geen_net")) parts.push(word(`veld.${trouble}`));
  else if (!navigator.onLine) parts.push(word("veld.geen_net"));
  if (waiting) parts.push(waiting === 1 ? word("veld.een_wacht") : word("veld.wachten", { aantal: waiting }));
  if (refused) parts.push(refused === 1 ? word("veld.een_fout") : word("veld.fouten", { aantal: refused }));
  if (!parts.length) parts.push(word((await vault.count("gedaan")) ? "veld.alles" : "veld.niets"));
  const said = `${parts.join(". ")}.`;
  if (status.textContent !== said) status.textContent = said;
  again.hidden = trouble !== "uitgelogd";
  button.hidden = !waiting || trouble === "uitgelogd";
}

async function deliver() {
  clearTimeout(timer);
  try {
    await courier.send(tell);
    trouble = "";
  } catch (fault) {
    trouble = fault instanceof courier.SignedOut ? "uitgelogd" : fault instanceof courier.Busy ? "straks" : "geen_net";
    if (!(fault instanceof courier.SignedOut)) {
      timer = setTimeout(deliver, courier.wait(fault));
      await later();
    }
  }
  await tell();
  await route({ focus: false, quiet: true });
}

// Have the browser wake the worker when there is network again, where it can (Background Sync).
async function later() {
  try {
    const registration = await navigator.serviceWorker.ready;
    await registration.sync.register("veld-bode");
  } catch { /* not everywhere; the timer and the button remain */ }
}

async function fetchAnew() {
  try {
    who = await courier.session();
    if (who.ander) return;
    trouble = "";
    await courier.fetchRounds(who);
  } catch (fault) {
    if (fault instanceof courier.SignedOut) trouble = "uitgelogd";
    else if (!(fault instanceof courier.Gone)) trouble = "straks";
  }
  prepareSignOut();
}

function prepareSignOut() {
  out.hidden = !who;
  if (who) out.elements.csrf.value = who.csrf;
}

const doing = {
  opnieuw: () => route(),
  bewaard: () => tell(),
  vol: () => { status.textContent = word("veld.vol"); },
  klaar: async () => {
    await route();
    await tell();
    deliver();
  },
};

async function refresh() {
  await fetchAnew();
  await route();
  await tell();
  deliver();
}

async function begin(round) {
  try {
    who = await courier.session();
    await courier.beginRound(who, round);
  } catch { /* what could not be checked stays as it was: the round can be done without */ }
  await refresh();
}

async function route({ focus = true, quiet = false } = {}) {
  const at = location.hash.slice(1);
  const [kind, nr, door] = at.split("-");
  if (quiet && (at === "verstuurd" || (kind === "stop" && door && document.querySelector("form.bezoek")))) return;
  if (at === "verstuurd") {
    await sent();
    return;
  }
  const here = await kept();
  if (who && who.ander) {
    show(message("ander", [{ naam: "ander_wis", doet: eraseOther }]), { focus });
    return;
  }
  const round = here.ronden.find((one) => one.stops.some((stop) => String(stop.nr) === nr)) || here.ronden[0];
  if (!round || !here.wie) {
    nothing(focus);
    return;
  }
  const stop = kind === "stop" && round.stops.find((one) => String(one.nr) === nr);
  if (stop && door && stop.deuren[door - 1]) await showDoor(round, stop, stop.deuren[door - 1], here, doing);
  else if (stop) showStop(round, stop, here);
  else showRound(round, here, { vernieuwen: refresh, begin: navigator.onLine && who ? () => begin(round) : null });
}

function nothing(focus) {
  if (trouble === "uitgelogd") show(message("niet_in", [{ naam: "opnieuw_inloggen", href: "/inloggen?naar=/veld" }]), { focus });
  else if (!who) show(message("geen_net", [{ naam: "vernieuwen", doet: refresh }]), { focus });
  else show(message("geen_ronde", [{ naam: "vernieuwen", doet: refresh }, { naam: "verstuurd", href: "#verstuurd" }]), { focus });
}

async function sent() {
  try {
    showSent((await courier.fetchSent()).rijen);
  } catch (fault) {
    if (fault instanceof courier.SignedOut) trouble = "uitgelogd";
    showSent([], { offline: true });
    await tell();
  }
}

async function unsent() {
  return (await vault.count("bezoek")) + (await vault.count("concept"));
}

async function eraseOther() {
  const waiting = await unsent();
  if (waiting && !window.confirm(word("veld.wis_vraag", { aantal: waiting }))) return;
  await vault.erase();
  await refresh();
}

out.addEventListener("submit", async (event) => {
  event.preventDefault();
  const waiting = await unsent();
  if (waiting && !window.confirm(word("veld.wis_vraag", { aantal: waiting }))) return;
  clearTimeout(timer);
  await vault.erase();
  out.submit();
});
button.addEventListener("click", deliver);
window.addEventListener("hashchange", () => route());
window.addEventListener("online", async () => {
  if (!who) await fetchAnew();
  deliver();
});
window.addEventListener("offline", tell);
document.addEventListener("visibilitychange", async () => {
  if (document.visibilityState !== "visible") return;
  if ((await vault.expire()).length) await route({ quiet: true });
  deliver();
});
if (navigator.serviceWorker) {
  navigator.serviceWorker.register("/veld-sw.js", { scope: "/veld", type: "module" }).catch(() => {});
  navigator.serviceWorker.addEventListener("message", () => tell().then(() => route({ focus: false, quiet: true })));
}

await vault.expire();
if (navigator.storage && navigator.storage.persist) navigator.storage.persist().catch(() => {});
if ((await vault.count("ronde")) > 0) { // first what is here: it may be all there is for a while
  await route({ focus: false });
  await tell();
}
await fetchAnew();
await route({ focus: false, quiet: true });
await tell();
await deliver();
document.documentElement.dataset.klaar = "ja";
