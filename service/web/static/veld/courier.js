// Between phone and service: fetch rounds, send visits and photos, each until it is certain that it arrived. The service
// takes a number in once, so sending again is always safe. Used by the page and by its worker: one of them at a time.
import * as vault from "./vault.js";

const LOCK = "veld-bode";
const FIRST_WAIT = 2_000;
const LONGEST_WAIT = 300_000;
const SENT = [
  "id", "rondeId", "adresId", "onderzoekId", "versie", "moment", "geenBand", "getroffen", "metgezel", "gelegitimeerd",
  "toestemming", "binnen", "sporen", "waarnemingen", "bevinding", "voorstel", "motivering", "opmerking", "fotos",
];
let failures = 0;

export class Gone extends Error {} // no network, or no answer
export class SignedOut extends Error {}
export class Busy extends Error { // the service cannot now; wait: milliseconds, 0 = unknown
  constructor(wait) {
    super("busy");
    this.wait = wait;
  }
}
export class Refused extends Error { // it will never be taken in like this
  constructor(words, status) {
    super(words);
    this.status = status;
  }
}

async function ask(path, how = {}) {
  let answer;
  try {
    answer = await fetch(path, { cache: "no-store", redirect: "manual", credentials: "same-origin", ...how });
  } catch {
    throw new Gone();
  }
  if (answer.type === "opaqueredirect" || answer.status === 401) throw new SignedOut();
  if (answer.status === 429 || answer.status >= 500) {
    throw new Busy(Number(answer.headers.get("Retry-After") || 0) * 1000);
  }
  let body = null;
  try {
    body = await answer.json();
  } catch {
    throw new Gone(); // cut off half-way
  }
  if (!answer.ok) {
    const words = (body.errors || []).map((fault) => fault.detail);
    throw new Refused(words.length ? words.join(" ") : body.detail || "", answer.status);
  }
  return body;
}

// Who is signed in, with a fresh token. The first who comes is the owner of what the phone keeps.
export async function session() {
  const found = await ask("/veld/sessie");
  const owner = await vault.get("eigenaar", "eigenaar");
  const other = Boolean(owner) && owner.persoon !== found.persoon;
  if (!other) await vault.write([{ soort: "eigenaar", id: "eigenaar", waarde: found, tot: Number.MAX_SAFE_INTEGER }]);
  return { ...found, ander: other };
}

export function known() {
  return vault.get("eigenaar", "eigenaar");
}

// Fetch today's rounds and put them in the place of the old ones.
export async function fetchRounds(who) {
  const { rijen } = await ask("/v1/veldrondes");
  const old = await vault.all("ronde");
  const gone = old.filter((one) => !rijen.some((row) => row.id === one.id));
  const tot = vault.hence(who.rondeUren);
  await vault.write(
    rijen.map((row) => ({ soort: "ronde", id: row.id, waarde: row, tot })),
    gone.map((one) => ({ soort: "ronde", id: one.id })),
  );
  return rijen;
}

export function fetchSent() {
  return ask("/v1/veldbezoeken");
}

// Start a round: the service holds every stop against what is known today.
export function beginRound(who, round) {
  const headers = { "Content-Type": "application/json", "X-CSRF-Token": who.csrf };
  return ask(`/v1/rondes/${round.id}/_starten`, { method: "POST", headers, body: JSON.stringify({ versie: round.versie }) });
}

// Send everything that waits. Never twice at once; whoever comes second waits for the first and finds nothing left.
export function send(told = () => {}) {
  return navigator.locks.request(LOCK, async () => {
    await vault.expire();
    const waiting = (await vault.all("bezoek")).filter((visit) => !visit.fout);
    if (!waiting.length) return;
    told();
    const who = await session();
    if (who.ander) throw new SignedOut();
    waiting.sort((one, other) => one.moment.localeCompare(other.moment));
    for (const visit of waiting) {
      await sendVisit(who, visit);
      told();
    }
    failures = 0;
  });
}

async function sendVisit(who, visit) {
  const keep = (changed) => vault.write([{ soort: "bezoek", id: visit.id, waarde: changed, tot: visit.tot }]);
  try {
    let current = visit;
    if (!current.antwoord) {
      const body = JSON.stringify(Object.fromEntries(SENT.map((name) => [name, visit[name]])));
      const headers = { "Content-Type": "application/json", "X-CSRF-Token": who.csrf };
      const antwoord = await ask("/v1/veldbezoeken", { method: "POST", headers, body });
      current = { ...visit, antwoord };
      await keep(current);
    }
    for (const photo of visit.fotos) {
      if (!current.antwoord.fotosBinnen.includes(photo.id)) current = await sendPhoto(who, current, photo, keep);
    }
    const short = { id: visit.id, adresId: visit.adresId, onderzoekId: visit.onderzoekId, rondeId: visit.rondeId,
      toestand: current.antwoord.toestand };
    await vault.write(
      [{ soort: "gedaan", id: visit.id, waarde: short, tot: vault.hence(who.rondeUren) }],
      [{ soort: "bezoek", id: visit.id }, ...visit.fotos.map((photo) => ({ soort: "foto", id: photo.id }))],
    );
  } catch (fault) {
    if (!(fault instanceof Refused)) throw fault;
    if (fault.status === 403) throw new Busy(0); // a token that was just replaced: ask anew the next time
    await keep({ ...visit, fout: fault.message || "?" });
  }
}

async function sendPhoto(who, visit, photo, keep) {
  const body = await vault.get("foto", photo.id);
  const headers = { "Content-Type": "image/jpeg", "X-CSRF-Token": who.csrf };
  if (body) {
    try {
      await ask(`/v1/veldbezoeken/${visit.id}/fotos/${photo.id}`, { method: "PUT", headers, body });
    } catch (fault) {
      if (!(fault instanceof Refused) || fault.status === 403) throw fault;
      // The visit stands; this photo will never be taken in, and the service says so at the desk.
    }
  }
  const changed = { ...visit, antwoord: { ...visit.antwoord, fotosBinnen: [...visit.antwoord.fotosBinnen, photo.id] } };
  await keep(changed);
  return changed;
}

// Milliseconds until the next try after a failure: doubled each time, with chance so that phones do not come together.
export function wait(fault) {
  failures += 1;
  const backoff = Math.min(FIRST_WAIT * 2 ** (failures - 1), LONGEST_WAIT);
  return Math.max(fault instanceof Busy ? fault.wait : 0, backoff * (0.75 + Math.random() / 2));
}
