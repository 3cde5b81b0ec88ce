// What a phone keeps of a round and of what was written down: in IndexedDB, every piece encrypted (AES-GCM, 256 bits)
// with a key that no script can read out. Only kinds, random numbers and times to erase at stand there in clear.
//
// What this protects: the database's own files hold no readable address or text, and erasing the key makes whatever is
// left of them worthless. What it does not: who holds the unlocked phone, or runs script on our page, can have it
// decrypted; and the browser keeps the key on the same disk. The lock and the encryption of the phone come first.
const NAME = "veld";
const KEYS = "sleutels";
const PIECES = "stukken";
const ALGORITHM = "AES-GCM";
const HOUR = 3600_000;
const encoder = new TextEncoder();
const decoder = new TextDecoder();
let opening = null;

function done(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

function finished(transaction) {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error || new Error("aborted"));
    transaction.onerror = () => reject(transaction.error);
  });
}

async function connect() {
  const asked = indexedDB.open(NAME, 1);
  asked.onupgradeneeded = () => {
    asked.result.createObjectStore(KEYS, { keyPath: "id" });
    asked.result.createObjectStore(PIECES, { keyPath: ["soort", "id"] });
  };
  const database = await done(asked);
  database.onversionchange = () => {
    database.close();
    opening = null;
  };
  return { database, key: await keyOf(database) };
}

async function keyOf(database) {
  const fresh = await crypto.subtle.generateKey({ name: ALGORITHM, length: 256 }, false, ["encrypt", "decrypt"]);
  const transaction = database.transaction(KEYS, "readwrite", { durability: "strict" });
  const store = transaction.objectStore(KEYS);
  const there = await done(store.get("k")); // another window may have been first
  if (!there) store.put({ id: "k", key: fresh });
  await finished(transaction);
  return there ? there.key : fresh;
}

function open() {
  if (!opening) {
    opening = connect().catch((fault) => {
      opening = null;
      throw fault;
    });
  }
  return opening;
}

async function seal(key, soort, id, value, tot) {
  const plain = value instanceof Uint8Array ? value : encoder.encode(JSON.stringify(value));
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const about = { name: ALGORITHM, iv, additionalData: encoder.encode(`${soort}:${id}`) };
  const inhoud = await crypto.subtle.encrypt(about, key, plain);
  return { soort, id, tot, bytes: value instanceof Uint8Array, iv, inhoud };
}

async function unseal(key, piece) {
  const about = { name: ALGORITHM, iv: piece.iv, additionalData: encoder.encode(`${piece.soort}:${piece.id}`) };
  const plain = new Uint8Array(await crypto.subtle.decrypt(about, key, piece.inhoud));
  return piece.bytes ? plain : JSON.parse(decoder.decode(plain));
}

// Put pieces [{soort, id, waarde, tot}] and take others [{soort, id}] away: together, or not at all.
export async function write(put, take = []) {
  const { database, key } = await open();
  const sealed = await Promise.all(put.map((one) => seal(key, one.soort, one.id, one.waarde, one.tot)));
  const transaction = database.transaction(PIECES, "readwrite", { durability: "strict" });
  const store = transaction.objectStore(PIECES);
  sealed.forEach((one) => store.put(one));
  take.forEach((one) => store.delete([one.soort, one.id]));
  await finished(transaction);
}

export async function get(soort, id) {
  const { database, key } = await open();
  const piece = await done(database.transaction(PIECES).objectStore(PIECES).get([soort, id]));
  return piece ? unseal(key, piece) : null;
}

export async function all(soort) {
  const { database, key } = await open();
  const range = IDBKeyRange.bound([soort], [soort, []]);
  const found = await done(database.transaction(PIECES).objectStore(PIECES).getAll(range));
  return Promise.all(found.map((piece) => unseal(key, piece)));
}

export async function count(soort) {
  const { database } = await open();
  return done(database.transaction(PIECES).objectStore(PIECES).count(IDBKeyRange.bound([soort], [soort, []])));
}

// Erase what is past its time; the numbers of what went.
export async function expire(now = Date.now()) {
  const { database } = await open();
  const transaction = database.transaction(PIECES, "readwrite", { durability: "strict" });
  const store = transaction.objectStore(PIECES);
  const old = (await done(store.getAll())).filter((piece) => piece.tot <= now);
  old.forEach((piece) => store.delete([piece.soort, piece.id]));
  await finished(transaction);
  return old.map((piece) => piece.id);
}

// Everything, the key first.
export async function erase() {
  const { database } = await open();
  const transaction = database.transaction([KEYS, PIECES], "readwrite", { durability: "strict" });
  transaction.objectStore(KEYS).clear();
  transaction.objectStore(PIECES).clear();
  await finished(transaction);
  database.close();
  opening = null;
  await new Promise((resolve) => {
    const asked = indexedDB.deleteDatabase(NAME);
    asked.onsuccess = asked.onerror = asked.onblocked = () => resolve();
  });
}

export function hence(hours) {
  return Date.now() + hours * HOUR;
}
