// The map beside the table: it draws the rows that the table shows, in RD (EPSG:28992). Nothing comes from another origin
// unless the gemeente switched the PDOK background on. Without this script the page loses nothing but the picture.
(function () {
  "use strict";
  const box = document.getElementById("kaart");
  if (!box || !window.L || !L.Proj) return;

  const RESOLUTIONS = Array.from({ length: 16 }, (_, zoom) => 3440.64 / 2 ** zoom);
  const rd = new L.Proj.CRS(
    "EPSG:28992",
    "+proj=sterea +lat_0=52.15616055555555 +lon_0=5.38763888888889 +k=0.9999079 +x_0=155000 +y_0=463000 +ellps=bessel " +
      "+towgs84=565.4171,50.3319,465.5524,-0.398957,0.343988,-1.877402,4.0725 +units=m +no_defs",
    { resolutions: RESOLUTIONS, origin: [-285401.92, 903401.92], bounds: L.bounds([-285401.92, 22598.08], [595401.92, 903401.92]) },
  );
  const place = (x, y) => rd.projection.unproject(L.point(x, y));

  const tiles = box.dataset.tegels === "ja";
  box.replaceChildren();
  const map = L.map(box, { crs: rd, minZoom: 4, maxZoom: 14, attributionControl: false, zoomControl: false, preferCanvas: true, zoomSnap: tiles ? 1 : 0.25, zoomDelta: tiles ? 1 : 0.75 });
  L.control.zoom({ zoomInTitle: box.dataset.inzoomen, zoomOutTitle: box.dataset.uitzoomen }).addTo(map);
  if (tiles) {
    L.tileLayer("https://service.pdok.nl/brt/achtergrondkaart/wmts/v2_0/grijs/EPSG:28992/{z}/{x}/{y}.png", { maxNativeZoom: 13 }).addTo(map);
  }
  map.createPane("plaatsen").style.zIndex = 450;

  const rows = [...document.querySelectorAll(".lijst__rij")].filter((row) => row.dataset.x && row.dataset.y);
  const pins = rows.map((row) => {
    const at = place(Number(row.dataset.x), Number(row.dataset.y));
    const rank = row.dataset.rang || ""; // none while the model is stopped
    const size = rank.length > 3 ? 34 : 26;
    const icon = rank
      ? L.divIcon({ className: "speld speld--" + row.dataset.band.toLowerCase(), html: rank, iconSize: [size, 26] })
      : L.divIcon({ className: "speld speld--zonder", html: "", iconSize: [16, 16] });
    const link = row.querySelector("a");
    // The table is the way in by keyboard; the pins are for pointing at.
    const pin = L.marker(at, { icon, keyboard: false, riseOnHover: true, zIndexOffset: -Number(rank) * 10 }).addTo(map);
    pin.bindPopup(() => {
      const content = document.createElement("div");
      const title = document.createElement("strong");
      title.textContent = link.textContent;
      const facts = document.createElement("div");
      if (rank) facts.textContent = `${box.dataset.rang} ${rank}, ${box.dataset.band.toLowerCase()} ${row.dataset.band}`;
      const onward = document.createElement("a");
      onward.href = link.href;
      onward.textContent = box.dataset.bekijk;
      content.append(title, facts, onward);
      return content;
    });
    const light = (on) => {
      row.classList.toggle("lijst__rij--aan", on);
      pin.getElement()?.classList.toggle("speld--aan", on);
      pin.setZIndexOffset(on ? 10000 : -Number(rank) * 10);
    };
    pin.on("mouseover", () => light(true)).on("mouseout", () => light(false));
    for (const on of ["mouseenter", "focusin"]) row.addEventListener(on, () => light(true));
    for (const off of ["mouseleave", "focusout"]) row.addEventListener(off, () => light(false));
    return at;
  });

  function show(points) {
    if (points.length) map.fitBounds(L.latLngBounds(points), { padding: [34, 34], maxZoom: 12, animate: false });
  }

  function background(grid) {
    const most = Math.max(1, ...grid.cellen.map((cell) => cell[2]));
    for (const [column, row, count] of grid.cellen) {
      const [west, south] = [column * grid.cel, row * grid.cel];
      const corners = [[west, south], [west + grid.cel, south], [west + grid.cel, south + grid.cel], [west, south + grid.cel]];
      const fillOpacity = 0.35 + 0.65 * Math.sqrt(count / most);
      L.polygon(corners.map(([x, y]) => place(x, y)), { stroke: false, fill: true, fillColor: "#a9bccb", fillOpacity, interactive: false }).addTo(map);
    }
    for (const { naam, x, y } of grid.plaatsen) {
      const icon = L.divIcon({ className: "plaatsnaam", html: "", iconSize: [160, 20], iconAnchor: [80, 46] });
      const label = L.marker(place(x, y), { icon, pane: "plaatsen", keyboard: false, interactive: false }).addTo(map);
      label.getElement().textContent = naam;
    }
    if (!pins.length) show(grid.plaatsen.map(({ x, y }) => place(x, y)));
  }

  map.setView(place(155000, 463000), 6);
  show(pins);
  if (!tiles) {
    fetch("/kaart/raster", { headers: { Accept: "application/json" } })
      .then((answer) => (answer.ok ? answer.json() : Promise.reject(answer.status)))
      .then(background)
      .catch(() => undefined); // the table and the pins are there without it
  }
  box.dataset.klaar = "ja";
})();
