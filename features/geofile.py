"""One layer of a GeoPackage as a stream of batches of declared columns, with its geometry."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pyarrow as pa
import pyogrio
from pyogrio.errors import DataLayerError, DataSourceError

from features.columns import SourceTable
from features.errors import Refusal
from features.rawfile import RawBatch, broken_gzip, match_columns

CRS = "EPSG:28992"
ROWS = 1 << 17


@dataclass(frozen=True)
class GeoFile:
    """A layer of a GeoPackage. `where`: an OGR filter on the rows, empty = all; `bbox`: RD metres, None = all."""

    path: Path
    name: str  # relative to the delivery: the place in messages
    table: SourceTable
    where: str = ""
    bbox: tuple[float, float, float, float] | None = None

    @property
    def place(self) -> str:
        """Where messages point at."""
        return f"{self.name}, layer {self.table.layer}"

    @cached_property
    def info(self) -> dict[str, object]:
        """What GDAL says of the layer; raises Refusal on another coordinate system or geometry."""
        try:
            info: dict[str, object] = pyogrio.read_info(self.path, layer=self.table.layer)
        except DataLayerError as error:
            raise Refusal(
                self.place,
                found=f"layers {', '.join(layers(self.path, self.name)) or 'none'}",
                expected=f"a layer {self.table.layer}",
                do="deliver the GeoPackage as docs/data-dictionary.md describes it",
            ) from error
        except (DataSourceError, UnicodeDecodeError) as error:
            raise broken_gzip(self.name, error) from error
        if info["crs"] != CRS:
            raise Refusal(
                self.place,
                found=f"coordinates in {info['crs'] or 'an unknown system'}",
                expected=f"{CRS} (RD, metres)",
                do="reproject the layer to EPSG:28992 before delivery",
            )
        kind = str(info["geometry_type"]).removesuffix(" Z").removeprefix("2.5D ").replace(" ", "")
        if kind not in (*self.table.geometry, "Unknown", "None", "GeometryCollection"):
            raise Refusal(
                self.place,
                found=kind,
                expected=" or ".join(self.table.geometry),
                do="deliver the layer as docs/data-dictionary.md says",
            )
        return info

    @cached_property
    def columns(self) -> dict[str, str]:
        """Target -> name in the file; raises Refusal when a required column is absent."""
        return match_columns(self.table, tuple(str(f) for f in self.info["fields"]), self.place)  # type: ignore[attr-defined]

    def total(self) -> int:
        """Rows in the layer, without the filter."""
        return int(self.info["features"])  # type: ignore[call-overload]

    def batches(self) -> Iterator[RawBatch]:
        """The rows; `geometry` is the shape in WKB, the row number the fid. Raises Refusal when it breaks off."""
        names = {name: target for target, name in self.columns.items()}
        try:
            with pyogrio.open_arrow(
                self.path,
                layer=self.table.layer,
                columns=list(names),
                where=self.where or None,
                bbox=self.bbox,
                batch_size=ROWS,
                return_fids=True,
                use_pyarrow=True,
            ) as (meta, reader):
                names[str(meta["geometry_name"] or "wkb_geometry")] = "geometry"
                for data in reader:
                    yield geo_batch(data, names, meta["fid_column"] or "OGC_FID")
        except (DataSourceError, DataLayerError, pa.ArrowInvalid, OSError, RuntimeError) as error:
            raise broken_gzip(self.name, error) from error


def geo_batch(data: pa.RecordBatch, names: dict[str, str], fid: str) -> RawBatch:
    """An Arrow batch with our names; the feature id becomes the row number."""
    rows = data.column(fid).to_numpy(zero_copy_only=False)
    kept = [c for c in data.schema.names if c in names]
    arrays = [plain(data.column(c)) for c in kept]
    return RawBatch(pa.RecordBatch.from_arrays(arrays, names=[names[c] for c in kept]), rows)


def plain(array: pa.Array) -> pa.Array:
    """The storage of an extension type (GeoArrow WKB), other arrays as they are."""
    return array.storage if isinstance(array, pa.ExtensionArray) else array


def layers(path: Path, name: str) -> list[str]:
    """Layer names of a GeoPackage; raises Refusal when it cannot be opened."""
    try:
        return [str(layer) for layer, _ in pyogrio.list_layers(path)]
    except (DataSourceError, UnicodeDecodeError) as error:
        raise broken_gzip(name, error) from error
