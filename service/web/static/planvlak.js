// Drawing the area of a new plan: each click is a corner, written into the field below the map. Without this script one
// types the corners.
(function () {
  "use strict";
  const box = document.getElementById("planvlak");
  const field = document.getElementById("vlak");
  const part = box && box.closest("details");
  if (!box || !field || !window.L || !L.Proj) return;

  const RESOLUTIONS = Array.from({ length: 16 }, (_, zoom) => 3440.64 / 2 ** zoom);
  const rd = new L.Proj.CRS(
    "EPSG:28992",
    "+proj=sterea +lat_0=52.15616055555555 +lon_0=5.38763888888889 +k=0.9999079 +x_0=155000 +y_0=463000 +ellps=bessel " +
      "+towgs84=565.4171,50.3319,465.5524,-0.398957,0.343988,-1.877402,4.0725 +units=m +no_defs",
    { resolutions: RESOLUTIONS, origin: [-285401.92, 903401.92], bounds: L.bounds([-285401.92, 22598.08], [595401.92, 903401.92]) },
  );
  const place = ([x, y]) => rd.projection.unproject(L.point(x, y));
  const corners = () => field.value.trim().split(/\s+/).filter(Boolean).map((words) => words.split(",").map(Number)).filter(([x, y]) => x > 0 && y > 0);
  let map, shape;

  function draw() {
    shape.setLatLngs(corners().map(place));
  }

  function begin() {
    if (map) return;
    part.classList.add("planvlak--kaart");
    map = L.map(box, { crs: rd, minZoom: 4, maxZoom: 14, attributionControl: false, zoomControl: false, zoomSnap: 0.25, zoomDelta: 0.75 });
    L.control.zoom({ zoomInTitle: box.dataset.inzoomen, zoomOutTitle: box.dataset.uitzoomen }).addTo(map);
    map.setView(place([155000, 463000]), 6);
    shape = L.polygon([], { color: "#0b5a93", weight: 3, fillOpacity: 0.15, interactive: false }).addTo(map);
    draw();
    map.on("click", ({ latlng }) => {
      const at = rd.projection.project(latlng);
      field.value = [...corners(), [Math.round(at.x), Math.round(at.y)]].map((one) => one.join(",")).join(" ");
      draw();
    });
    fetch("/kaart/raster", { headers: { Accept: "application/json" } })
      .then((answer) => (answer.ok ? answer.json() : Promise.reject(answer.status)))
      .then((grid) => {
        const renderer = L.canvas();
        for (const [column, row] of grid.cellen) {
          const [west, south, cell] = [column * grid.cel, row * grid.cel, grid.cel];
          const square = [[west, south], [west + cell, south], [west + cell, south + cell], [west, south + cell]];
          L.polygon(square.map(place), { stroke: false, fill: true, fillColor: "#a9bccb", fillOpacity: 0.8, interactive: false, renderer }).addTo(map);
        }
        for (const { naam, x, y } of grid.plaatsen) {
          const icon = L.divIcon({ className: "plaatsnaam", html: "", iconSize: [160, 20] });
          const label = L.marker(place([x, y]), { icon, keyboard: false, interactive: false }).addTo(map);
          label.getElement().textContent = naam;
        }
        const seen = grid.plaatsen.map(({ x, y }) => place([x, y]));
        if (seen.length) map.fitBounds(L.latLngBounds(seen).pad(0.4), { animate: false });
        shape.bringToFront();
      })
      .catch(() => undefined);
  }

  part.addEventListener("toggle", () => { if (part.open) begin(); });
  field.addEventListener("input", () => { if (map) draw(); });
  document.getElementById("planvlak-wis").addEventListener("click", () => { field.value = ""; draw(); });
  if (part.open) begin();
})();
