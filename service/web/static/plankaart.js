// The map of a plan or a round: it draws the stops that the page lists, in RD (EPSG:28992). Nothing comes from another
// origin unless the gemeente switched the PDOK background on. Without this script only the picture is missing.
(function () {
  "use strict";
  const box = document.getElementById("plankaart");
  if (!box || !window.L || !L.Proj) return;

  const RESOLUTIONS = Array.from({ length: 16 }, (_, zoom) => 3440.64 / 2 ** zoom);
  const COLOURS = ["#0b5a93", "#a34f00", "#2c6b33", "#7a3b8f", "#a3202f", "#3f5163"]; // as .ronde--1 … 6 in plannen.css
  const DASHES = [null, "10 6", "2 7", "14 5 2 5", "6 6", "18 8"];
  const rd = new L.Proj.CRS(
    "EPSG:28992",
    "+proj=sterea +lat_0=52.15616055555555 +lon_0=5.38763888888889 +k=0.9999079 +x_0=155000 +y_0=463000 +ellps=bessel " +
      "+towgs84=565.4171,50.3319,465.5524,-0.398957,0.343988,-1.877402,4.0725 +units=m +no_defs",
    { resolutions: RESOLUTIONS, origin: [-285401.92, 903401.92], bounds: L.bounds([-285401.92, 22598.08], [595401.92, 903401.92]) },
  );
  const place = (x, y) => rd.projection.unproject(L.point(Number(x), Number(y)));

  const tiles = box.dataset.tegels === "ja";
  box.replaceChildren();
  const map = L.map(box, { crs: rd, minZoom: 4, maxZoom: 14, attributionControl: false, zoomControl: false, zoomSnap: tiles ? 1 : 0.25, zoomDelta: tiles ? 1 : 0.75 });
  L.control.zoom({ zoomInTitle: box.dataset.inzoomen, zoomOutTitle: box.dataset.uitzoomen }).addTo(map);
  if (tiles) {
    L.tileLayer("https://service.pdok.nl/brt/achtergrondkaart/wmts/v2_0/grijs/EPSG:28992/{z}/{x}/{y}.png", { maxNativeZoom: 13 }).addTo(map);
  }
  map.createPane("plaatsen").style.zIndex = 350;

  const seen = [];
  for (const part of document.querySelectorAll(".ronde")) {
    const kind = (Number(part.dataset.kleur) - 1) % COLOURS.length;
    const home = place(part.dataset.x, part.dataset.y);
    const rows = [...part.querySelectorAll(".stop")];
    const way = [home, ...rows.filter((row) => !row.dataset.weg).map((row) => place(row.dataset.x, row.dataset.y)), home];
    const line = L.polyline(way, { color: COLOURS[kind], weight: 3, opacity: 0.85, dashArray: DASHES[kind], interactive: false }).addTo(map);
    const icon = L.divIcon({ className: "planspeld planspeld--start", html: "", iconSize: [18, 18] });
    L.marker(home, { icon, keyboard: false, title: box.dataset.start }).addTo(map);
    seen.push(...way);
    for (const row of rows) {
      const off = row.dataset.weg ? " planspeld--weg" : "";
      const mark = L.divIcon({ className: `planspeld ronde--${kind + 1}${off}`, html: row.dataset.nr, iconSize: [26, 26] });
      // The table is the way in by keyboard; the pins are for pointing at.
      const pin = L.marker(place(row.dataset.x, row.dataset.y), { icon: mark, keyboard: false, riseOnHover: true }).addTo(map);
      pin.bindPopup(() => {
        const content = document.createElement("div");
        const title = document.createElement("strong");
        title.textContent = row.dataset.naam;
        const about = document.createElement("div");
        about.textContent = `${part.dataset.team}, ${row.dataset.tijd}`;
        content.append(title, about);
        return content;
      });
      const light = (on) => {
        row.classList.toggle("stop--aan", on);
        pin.getElement()?.classList.toggle("planspeld--aan", on);
        pin.setZIndexOffset(on ? 10000 : 0);
        line.setStyle({ weight: on ? 6 : 3 });
      };
      pin.on("mouseover", () => light(true)).on("mouseout", () => light(false));
      for (const on of ["mouseenter", "focusin"]) row.addEventListener(on, () => light(true));
      for (const off of ["mouseleave", "focusout"]) row.addEventListener(off, () => light(false));
    }
  }
  map.setView(place(155000, 463000), 6);
  if (seen.length) map.fitBounds(L.latLngBounds(seen), { padding: [34, 34], maxZoom: 12, animate: false });

  function background(grid) {
    const most = Math.max(1, ...grid.cellen.map((cell) => cell[2]));
    for (const [column, row, count] of grid.cellen) {
      const [west, south] = [column * grid.cel, row * grid.cel];
      const corners = [[west, south], [west + grid.cel, south], [west + grid.cel, south + grid.cel], [west, south + grid.cel]];
      const fillOpacity = 0.35 + 0.65 * Math.sqrt(count / most);
      L.polygon(corners.map(([x, y]) => place(x, y)), { pane: "plaatsen", stroke: false, fill: true, fillColor: "#a9bccb", fillOpacity, interactive: false, renderer }).addTo(map);
    }
    for (const { naam, x, y } of grid.plaatsen) {
      const icon = L.divIcon({ className: "plaatsnaam", html: "", iconSize: [160, 20], iconAnchor: [80, 46] });
      const label = L.marker(place(x, y), { icon, pane: "plaatsen", keyboard: false, interactive: false }).addTo(map);
      label.getElement().textContent = naam;
    }
  }
  const renderer = L.canvas({ pane: "plaatsen" });
  if (!tiles) {
    fetch("/kaart/raster", { headers: { Accept: "application/json" } })
      .then((answer) => (answer.ok ? answer.json() : Promise.reject(answer.status)))
      .then(background)
      .catch(() => undefined); // who may not see the list sees the round without it
  }
  box.dataset.klaar = "ja";
})();
