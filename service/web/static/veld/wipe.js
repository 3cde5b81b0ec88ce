// Signing out takes with it what the field page keeps on this phone, the key first.
import { erase } from "./vault.js";

await erase();
const names = await caches.keys();
await Promise.all(names.filter((name) => name.startsWith("veld-")).map((name) => caches.delete(name)));
