// One door: the tie, the reminder, and the visit in three steps. Every key typed is kept at once.
import { addPhoto, drawPhotos } from "./pictures.js";
import { doorKey, needs, stateOf } from "./round.js";
import { free, missing } from "./rules.js";
import { copy, fill, list, show, when, word } from "./screens.js";
import * as vault from "./vault.js";

const FIELDS = ["moment", "metgezel", "getroffen", "toestemming", "bevinding", "voorstel", "motivering", "opmerking"];
const TICKS = ["gelegitimeerd", "binnen", "sporen"];

function empty(round, stop, door) {
  return {
    id: crypto.randomUUID(), rondeId: round.id, adresId: door.id, onderzoekId: door.onderzoekId, nr: stop.nr,
    waar: door.adres, geenBand: false, band: false, stap: 1, moment: "", metgezel: "", getroffen: "",
    gelegitimeerd: false, toestemming: "niet_gevraagd", binnen: false, sporen: false, waarnemingen: [], bevinding: "",
    voorstel: "", motivering: "", opmerking: "", fotos: [], fout: "",
  };
}

// Which screen of a door: the tie first, then what is there of it.
export async function showDoor(round, stop, door, kept, doing) {
  const key = doorKey(door);
  const draft = kept.concepten.find((one) => doorKey({ id: one.adresId, onderzoekId: one.onderzoekId }) === key);
  const state = stateOf(door, kept);
  const at = { round, stop, door, kept, doing, key };
  if (!draft && ["wacht", "fout", "botst", "verwerkt"].includes(state)) return showDone(at, state);
  const begun = draft || empty(round, stop, door);
  if (begun.band) return showTied(at, begun);
  return begun.geenBand ? showForm(at, begun) : showTie(at, begun);
}

function head(made, at) {
  fill(made, { van: word("veld.stop_van", { nr: at.stop.nr, aantal: at.round.stops.length }) });
  made.part("terug").href = `#stop-${at.stop.nr}`;
  return made;
}

function keep(at, draft) {
  return vault.write([{ soort: "concept", id: at.key, waarde: draft, tot: vault.hence(at.kept.wie.bezoekUren) }]);
}

function showTie(at, draft) {
  const made = fill(head(copy("t-band"), at), { adres: at.door.adres });
  const answer = async (changes) => {
    await keep(at, { ...draft, ...changes });
    await at.doing.opnieuw();
  };
  const screen = show(made);
  screen.querySelector('[data-doet="geen_band"]').addEventListener("click", () => answer({ geenBand: true }));
  screen.querySelector('[data-doet="wel_band"]').addEventListener("click", () => answer({ band: true }));
}

function showTied(at, draft) {
  const screen = show(head(copy("t-wel-band"), at));
  screen.querySelector('[data-doet="vergissing"]').addEventListener("click", async () => {
    await keep(at, { ...draft, band: false });
    await at.doing.opnieuw();
  });
}

function showDone(at, state) {
  const made = fill(head(copy("t-klaar"), at), { adres: at.door.adres, stand: word(state === "verwerkt" ? "uitslag.verwerkt" : `veld.${state}`) });
  const refused = at.kept.bezoeken.find((one) => one.fout && one.adresId === at.door.id && one.onderzoekId === at.door.onderzoekId);
  made.part("fout").hidden = !refused;
  if (refused) {
    made.part("reden").textContent = refused.fout;
    made.part("kop").parentElement.parentElement.hidden = true;
  }
  made.part("nog_eens").hidden = Boolean(refused);
  const next = at.round.stops[at.round.stops.indexOf(at.stop) + 1];
  made.part("volgende").hidden = !next;
  if (next) made.part("volgende").href = `#stop-${next.nr}`;
  const screen = show(made);
  const on = (name, deed) => screen.querySelector(`[data-doet="${name}"]`).addEventListener("click", async () => {
    await deed();
    await at.doing.opnieuw();
  });
  on("nog_eens", () => keep(at, { ...empty(at.round, at.stop, at.door), geenBand: true }));
  on("wijzig", () => vault.write( // a new number: what was refused under the old one stays refused
    [{ soort: "concept", id: at.key, waarde: { ...refused, id: crypto.randomUUID(), antwoord: undefined, stap: 1,
      moment: local(new Date(refused.moment)) }, tot: refused.tot }],
    [{ soort: "bezoek", id: refused.id }],
  ));
  on("weg", () => vault.write([], [{ soort: "bezoek", id: refused.id }, ...refused.fotos.map((photo) => ({ soort: "foto", id: photo.id }))]));
}

function local(moment) { // for a field of date and time: as the clock on the wall has it
  const shifted = new Date(moment.getTime() - moment.getTimezoneOffset() * 60_000);
  return shifted.toISOString().slice(0, 16);
}

function showForm(at, begun) {
  const { door, round, kept } = at;
  const made = fill(head(copy("t-deur"), at), { adres: door.adres, doel: word(`doel.${door.doel}`), nodig: needs([door]), "advies-tekst": door.advies });
  const road = !door.onderzoekId;
  const draft = { ...begun };
  if (!draft.moment) draft.moment = local(new Date());
  if (road) draft.getroffen = "niemand";
  made.part("geheim").hidden = !door.afgeschermd;
  made.part("vrij").hidden = door.afgeschermd;
  made.part("motivering").hidden = door.afgeschermd;
  made.part("niet_nu").hidden = door.kan;
  made.part("nodig").hidden = !needs([door]);
  made.part("wet").hidden = road;
  made.part("weg").hidden = !road;
  made.part("aan-de-deur").hidden = road;
  made.part("uitkomst").hidden = road;
  made.part("waarom").hidden = !door.redenen.length && !door.pogingen.length;
  list(made.part("redenen"), door.redenen);
  made.part("eerder").hidden = !door.pogingen.length;
  list(made.part("pogingen"), door.pogingen.map(when));
  const company = [["", word("veld.alleen")], ...round.leden.filter((one) => one.id !== kept.wie.persoon).map((one) => [one.id, one.naam])];
  const form = made.root.querySelector("form");
  form.elements.metgezel.replaceChildren(...company.map(([value, text]) => new Option(text, value)));
  if (!begun.moment && company.length === 2) draft.metgezel = company[1][0];
  put(form, draft);
  show(made);
  work({ ...at, form, made, draft, road });
}

function put(form, draft) {
  FIELDS.forEach((name) => { form.elements[name].value = draft[name]; });
  TICKS.forEach((name) => { form.elements[name].checked = draft[name]; });
  form.elements.waarnemingen.forEach((box) => { box.checked = draft.waarnemingen.includes(box.value); });
}

function take(form, draft) {
  FIELDS.forEach((name) => { draft[name] = form.elements[name].value || (name === "getroffen" ? draft.getroffen : ""); });
  TICKS.forEach((name) => { draft[name] = form.elements[name].checked; });
  draft.waarnemingen = [...form.elements.waarnemingen].filter((box) => box.checked).map((box) => box.value);
}

// The form at work: what shows, what is kept, what is still missing.
function work(at) {
  const { form, made, draft } = at;
  let writing = Promise.resolve();
  const save = () => {
    writing = writing.then(() => keep(at, { ...draft })).then(() => at.doing.bewaard(), () => at.doing.vol());
    return writing;
  };
  const update = () => {
    const met = draft.getroffen !== "" && draft.getroffen !== "niemand";
    if (!met) Object.assign(draft, { gelegitimeerd: false, toestemming: "niet_gevraagd", binnen: false });
    const consent = met && draft.gelegitimeerd && draft.toestemming === "gegeven";
    if (!consent) draft.binnen = false; // nobody goes in without consent, and consent comes first
    made.part("iemand").hidden = !met;
    made.part("binnen").hidden = !consent;
    made.part("geen-binnen").hidden = consent;
    made.part("opmerking").hidden = !free(draft.moment, at.round) && !draft.fout;
    made.part("advies").hidden = at.road || draft.getroffen !== "niemand" || !at.door.advies;
    put(form, draft);
  };
  const go = (step) => {
    draft.stap = step;
    form.querySelectorAll("[data-stap]").forEach((one) => { one.hidden = Number(one.dataset.stap) !== step; });
    ["wet", "waarom"].forEach((name) => { made.part(name).dataset.stil = step === 1 ? "" : "ja"; });
    tell([]);
    save();
  };
  const tell = (faults) => {
    list(made.part("fouten"), []);
    const rows = document.createElement("ul");
    list(rows, faults);
    made.part("fouten").replaceChildren(...(faults.length ? [rows] : []));
    made.part("fouten").hidden = !faults.length;
    if (faults.length) made.part("fouten").focus();
    return !faults.length;
  };
  form.addEventListener("input", () => {
    take(form, draft);
    save();
  });
  form.addEventListener("change", () => {
    take(form, draft);
    update();
    save();
  });
  form.querySelectorAll("[data-naar]").forEach((button) => button.addEventListener("click", () => {
    const step = Number(button.dataset.naar);
    if (step > draft.stap && !tell(missing(draft, at).filter((fault) => fault.stap <= draft.stap).map((fault) => word(`veld.${fault.woord}`)))) return;
    go(step);
    form.querySelector(`#stap-${step}`).focus();
  }));
  form.querySelector("#foto").addEventListener("change", (event) => addPhoto(at, event.target, save, tell));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    take(form, draft);
    update();
    if (!tell(missing(draft, at).map((fault) => word(`veld.${fault.woord}`)))) return;
    await writing;
    await finish(at);
  });
  update();
  go(draft.stap);
  drawPhotos(at, save);
}

async function finish(at) {
  const { draft, door, kept } = at;
  const tot = vault.hence(kept.wie.bezoekUren);
  const hidden = door.afgeschermd ? { bevinding: "", motivering: "", fotos: [] } : {};
  const visit = { ...draft, ...hidden, fout: "", versie: door.versie, moment: new Date(draft.moment).toISOString(), tot };
  await vault.write([{ soort: "bezoek", id: visit.id, waarde: visit, tot }], [{ soort: "concept", id: at.key }]);
  await at.doing.klaar();
}
