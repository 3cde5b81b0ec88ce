// Keeps the shell of the field page, which is the same for everybody, and sends what waits when the network is back.
// It never keeps an answer with addresses: what is not in KEPT goes to the network and leaves no trace here.
import { send } from "/static/veld/courier.js";
// --- VERSION and KEPT are put in here by the service (service/web/veld.py)

const CACHE = `veld-${VERSION}`;
const SHELL = "/veld";

self.addEventListener("install", (event) => {
  event.waitUntil((async () => {
    const cache = await caches.open(CACHE);
    await Promise.all(KEPT.map(async (path) => {
      const answer = await fetch(path, { cache: "no-store", redirect: "error" });
      if (!answer.ok) throw new Error(path);
      await cache.put(path, answer);
    }));
    await self.skipWaiting();
  })());
});

self.addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    const names = await caches.keys();
    await Promise.all(names.filter((name) => name.startsWith("veld-") && name !== CACHE).map((name) => caches.delete(name)));
    await self.clients.claim();
  })());
});

self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== self.location.origin || !KEPT.includes(url.pathname)) return;
  if (url.pathname !== SHELL) {
    event.respondWith(keptFirst(event.request, url.pathname));
  } else if (event.request.mode === "navigate") {
    event.respondWith(shell(event.request));
  }
});

async function keptFirst(request, path) {
  return (await (await caches.open(CACHE)).match(path)) || fetch(request);
}

// The page from the network while there is one, so that who is not signed in is asked to; else the kept one.
async function shell(request) {
  try {
    return await fetch(request);
  } catch {
    return (await (await caches.open(CACHE)).match(SHELL)) || Response.error();
  }
}

self.addEventListener("sync", (event) => {
  if (event.tag !== "veld-bode") return;
  event.waitUntil(send().then(async () => {
    const pages = await self.clients.matchAll();
    pages.forEach((page) => page.postMessage("verstuurd"));
  }));
});
