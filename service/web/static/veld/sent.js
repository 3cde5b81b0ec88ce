// What was sent, as the service has it now; a clash with both sides. Shown, never kept on the phone.
import { copy, fill, list, show, when, word } from "./screens.js";

export function showSent(rows, { offline = false } = {}) {
  const made = copy("t-verstuurd");
  made.part("geen_net").hidden = !offline;
  made.part("leeg").hidden = offline || rows.length > 0;
  rows.forEach((row) => made.part("rijen").append(one(row).root));
  show(made);
}

function one(row) {
  const made = copy("t-verstuurd-rij");
  const visit = row.bezoek;
  fill(made, { adres: row.adres || "", moment: when(visit.moment), uitslag: word(`uitslag.${row.toestand}`) });
  made.part("uitslag").dataset.stand = row.toestand;
  if (!row.botsing) return made;
  made.part("botsing").hidden = false;
  made.part("waarom").textContent = word(`botsing.${row.botsing.reden}`);
  made.part("ongedaan").hidden = row.toestand !== "botst";
  list(made.part("van_u"), said(visit));
  list(made.part("van_bureau"), row.botsing.erna.map((step) =>
    [`${when(step.tijd)}:`, word(`stap.${step.stap}`), step.persoon, step.uitkomst && word(`uitkomst.${step.uitkomst}`)].filter(Boolean).join(" ")));
  made.part("dicht").hidden = row.onderzoekToestand !== null;
  return made;
}

function said(visit) {
  return [
    when(visit.moment),
    [word(`getroffen.${visit.getroffen}`), visit.getroffen === "niemand" ? "" : word(`toestemming.${visit.toestemming}`)].filter(Boolean).join("; "),
    visit.waarnemingen.map((seen) => word(`waarneming.${seen}`)).join(", "),
    visit.bevinding,
    visit.voorstel && word(`uitkomst.${visit.voorstel}`),
    visit.motivering,
  ].filter(Boolean);
}
