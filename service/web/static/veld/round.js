// The round and one stop of it.
import { copy, day, fill, merk, show, time, word } from "./screens.js";

const MAPS = "https://www.openstreetmap.org/";

export function doorKey(door) {
  return `${door.id}.${door.onderzoekId}`;
}

// How a door stands: what waits goes before what was sent, and that before what was begun.
export function stateOf(door, kept) {
  const of = (rows) => rows.filter((one) => one.adresId === door.id && one.onderzoekId === door.onderzoekId);
  const waiting = of(kept.bezoeken);
  if (waiting.some((one) => one.fout)) return "fout";
  if (waiting.length) return "wacht";
  const sent = of(kept.gedaan);
  if (sent.some((one) => one.toestand === "botst")) return "botst";
  if (sent.length) return "verwerkt";
  const draft = of(kept.concepten)[0];
  if (draft && draft.band) return "band";
  return draft && draft.getroffen ? "begonnen" : "te_doen";
}

function stateOfStop(stop, kept) {
  if (stop.vervallen) return "vervallen";
  const all = stop.deuren.map((door) => stateOf(door, kept));
  return ["fout", "wacht", "begonnen", "te_doen", "botst", "verwerkt", "band"].find((state) => all.includes(state));
}

function addresses(stop) {
  const texts = [...new Set(stop.deuren.map((door) => door.adres))];
  return texts.length > 2 ? `${texts[0]}, ${word("veld.adressen", { aantal: texts.length })}` : texts.join(word("veld.en"));
}

export function needs(doors) {
  const all = [...new Set(doors.flatMap((door) => door.nodig))];
  return all.length ? word("veld.nodig", { wat: all.map((one) => word(`nodig.${one}`)).join(", ") }) : "";
}

export function showRound(round, kept, doing) {
  const made = copy("t-ronde");
  fill(made, {
    dag: `${day(round.vertrek)}. ${round.team}`,
    vertrek: word("veld.om", { tijd: time(round.vertrek) }),
    terug: word("veld.om", { tijd: time(round.terug) }),
    leden: round.leden.filter((one) => one.id !== kept.wie.persoon).map((one) => one.naam).join(", ") || word("veld.alleen"),
  });
  const next = round.stops.find((stop) => ["te_doen", "begonnen"].includes(stateOfStop(stop, kept)));
  const target = made.part("eerste");
  target.href = `#stop-${next ? next.nr : 1}`;
  if (kept.gedaan.length || kept.bezoeken.length) target.textContent = document.getElementById("t-klaar").content.querySelector('[data-veld="volgende"]').textContent;
  target.hidden = !next;
  target.classList.toggle("knop--tweede", !round.begonnen && Boolean(doing.begin));
  made.part("begin").hidden = Boolean(round.begonnen) || !doing.begin;
  round.stops.forEach((stop) => {
    const row = copy("t-stopregel");
    fill(row, { nr: stop.nr, stop: word("veld.stop", { nr: stop.nr }), adres: addresses(stop), tijd: word("veld.om", { tijd: time(stop.aankomst) }) });
    row.part("pad").href = `#stop-${stop.nr}`;
    merk(row.part("stand"), stateOfStop(stop, kept));
    made.part("stops").append(row.root);
  });
  const screen = show(made);
  screen.querySelector('[data-doet="vernieuwen"]').addEventListener("click", doing.vernieuwen);
  screen.querySelector('[data-doet="begin"]').addEventListener("click", doing.begin || (() => {}));
}

export function showStop(round, stop, kept) {
  const made = copy("t-stop");
  const [first] = stop.deuren;
  fill(made, {
    van: word("veld.stop_van", { nr: stop.nr, aantal: round.stops.length }),
    adres: addresses(stop),
    plaats: first ? `${first.postcode} ${first.woonplaats}` : "",
    aankomst: word("veld.om", { tijd: time(stop.aankomst) }),
    nodig: needs(stop.deuren),
    reden: stop.vervallen,
  });
  made.part("nodig").hidden = !needs(stop.deuren);
  made.part("vervallen").hidden = !stop.vervallen;
  way(made.part("route"), first, kept.wie.route);
  stop.deuren.forEach((door, index) => {
    const row = copy("t-deurregel");
    fill(row, { adres: door.adres, doel: word(`doel.${door.doel}`) });
    row.part("pad").href = `#stop-${stop.nr}-${index + 1}`;
    merk(row.part("stand"), stop.vervallen ? "vervallen" : stateOf(door, kept));
    made.part("deuren").append(row.root);
  });
  const at = round.stops.indexOf(stop);
  link(made.part("vorige"), round.stops[at - 1]);
  link(made.part("volgende"), round.stops[at + 1]);
  show(made);
}

function link(element, stop) {
  element.hidden = !stop;
  if (stop) element.href = `#stop-${stop.nr}`;
}

// geo: opens the phone's own map (RFC 5870) and tells nobody else; a map site only when the settings say so.
function way(element, door, kind) {
  if (!door || door.breedtegraad === null || kind === "geen") return;
  const [north, east] = [door.breedtegraad, door.lengtegraad];
  element.href = kind === "kaartsite" ? `${MAPS}?mlat=${north}&mlon=${east}#map=17/${north}/${east}` : `geo:${north},${east}?q=${north},${east}`;
  element.rel = "noreferrer";
  element.hidden = false;
}
