// The photos of a visit that is being written: taken in, shown, taken away.
import { digest, preview, shrink } from "./photo.js";
import { copy, word } from "./screens.js";
import * as vault from "./vault.js";

export async function addPhoto(at, input, save, tell) {
  const [file] = input.files;
  input.value = "";
  const { fotos: most, fotoZijde, fotoBytes } = at.kept.wie;
  if (!file) return;
  if (at.draft.fotos.length >= most) {
    tell([word("veld.foto_te_veel", { aantal: most })]);
    return;
  }
  let bytes;
  try {
    bytes = await shrink(file, fotoZijde, fotoBytes);
  } catch {
    tell([word("veld.foto_kan_niet")]);
    return;
  }
  const photo = { id: crypto.randomUUID(), sha256: await digest(bytes) };
  at.draft.fotos = [...at.draft.fotos, photo];
  const tot = vault.hence(at.kept.wie.bezoekUren);
  try {
    await vault.write([{ soort: "foto", id: photo.id, waarde: bytes, tot }, { soort: "concept", id: at.key, waarde: { ...at.draft }, tot }]);
  } catch {
    at.doing.vol();
  }
  tell([]);
  await drawPhotos(at, save);
}

export async function drawPhotos(at, save) {
  const rows = await Promise.all(at.draft.fotos.map(async (photo, index) => {
    const row = copy("t-foto");
    const bytes = await vault.get("foto", photo.id);
    const item = row.root.firstElementChild;
    if (bytes) row.part("beeld").src = preview(bytes);
    row.part("beeld").alt = word("veld.foto_nr", { nr: index + 1 });
    row.part("weg").setAttribute("aria-label", word("veld.foto_weg", { nr: index + 1 }));
    row.part("weg").addEventListener("click", async () => {
      at.draft.fotos = at.draft.fotos.filter((one) => one.id !== photo.id);
      await save();
      await vault.write([], [{ soort: "foto", id: photo.id }]);
      await drawPhotos(at, save);
    });
    return item;
  }));
  at.made.part("fotos").replaceChildren(...rows);
}
