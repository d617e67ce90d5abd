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

/** Forget one diary that is not theirs any more. While something of it waits to be sent, its page has to say that it cannot be. */
export async function forgetDiary(diary) {
  const database = await store;
  const carry = await database.get("carry", diary);
  const entries = await database.getAll("outbox");
  if (carry && entries.some((each) => each.diary === diary && each.account === carry.account)) return false;
  const pages = await caches.open("pages");
  for (const { url } of await pages.keys()) if (new URL(url).pathname.startsWith(`/diaries/${diary}/`)) await pages.delete(url);
  await database.delete("carry", diary);
  return true;
}
