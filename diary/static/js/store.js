/** What this phone keeps for a diary without a connection: the carry of each diary, and what was typed and not sent. */
import { openDB } from "../vendor/idb.js";

export const store = openDB("diary", 1, {
  upgrade(database) {
    database.createObjectStore("carry", { keyPath: "diary" });
    database.createObjectStore("outbox", { keyPath: "id" });
  },
});

/** Forget everything of the diary but the numbers to call, and what somebody else has not sent yet. */
export async function forget() {
  await caches.delete("pages");
  await (await store).clear("carry");
}
