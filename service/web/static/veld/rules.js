// What a visit must hold before it is ready. The service asks the same (service/cases/visits.py); here it is told in time.
const FIRST = 7 * 60; // minutes of the day, on the wall
const LAST = 22 * 60;
const NOBODY = ["niemand_aangetroffen", "niemand_aangetroffen_sporen"];

// Whether it was a weekend or holiday: then a visit says why.
export function free(moment, round) {
  const there = new Date(moment);
  const today = moment.slice(0, 10) === round.dag;
  return today ? !round.werkdag : [0, 6].includes(there.getDay());
}

// What is missing: {stap, woord in [veld_js]}.
export function missing(draft, at) {
  const found = [];
  const there = new Date(draft.moment);
  const minutes = there.getHours() * 60 + there.getMinutes();
  if (!draft.moment || there.getTime() > Date.now() + 60_000) found.push({ stap: 1, woord: "kies_moment" });
  else if (minutes < FIRST || minutes > LAST) found.push({ stap: 1, woord: "kies_uren" });
  if (free(draft.moment, at.round) && !draft.opmerking.trim()) found.push({ stap: 1, woord: "kies_opmerking" });
  if (!draft.getroffen) found.push({ stap: 1, woord: "kies_getroffen" });
  const met = draft.getroffen !== "niemand";
  if (draft.getroffen && met && !draft.gelegitimeerd) found.push({ stap: 1, woord: "kies_legitimatie" });
  const fits = (!NOBODY.includes(draft.voorstel) || !met) && (draft.voorstel !== "geen_medewerking" || met)
    && (draft.voorstel !== "niemand_aangetroffen_sporen" || draft.sporen);
  if (!fits) found.push({ stap: 3, woord: "kies_past_niet" });
  if (draft.voorstel && !draft.motivering.trim() && !at.door.afgeschermd) found.push({ stap: 3, woord: "kies_motivering" });
  return found;
}
