/** What was typed and is not sent: each entry is the form's own fields, kept until the diary has said that it is saved. */
import { store } from "./store.js";

const SAVED = 1;
const REFUSED = 2;
// What it went on from is not there, or something else has taken its place; or a field needs another look.
const REFUSALS = [404, 409, 422];

export function diaryIn(path) {
  return /^\/diaries\/([^/]+)\//.exec(path)?.[1];
}

export function valueOf(fields, name) {
  return fields.find(([each]) => each === name)?.[1];
}

/** Keep a form that could not be sent. The same page with the same answers is one entry. */
export async function put(path, fields) {
  const database = await store;
  const answers = fields.filter(([name]) => name !== "csrf_token");
  const same = (await database.getAll("outbox")).find((each) => JSON.stringify(each.fields) === JSON.stringify(answers));
  if (same) return same;
  const account = valueOf(answers, "account");
  const entry = { id: crypto.randomUUID(), path, diary: diaryIn(path), account, fields: answers, typed_at: new Date().toISOString() };
  await forgetRefused(answers);
  await database.add("outbox", entry);
  return entry;
}

/** What waits, the oldest first: of one diary and one account. */
export async function waiting(diary, account) {
  const entries = await (await store).getAll("outbox");
  return entries
    .filter((each) => (diary === undefined || each.diary === diary) && (account === undefined || each.account === account))
    .sort((a, b) => a.typed_at.localeCompare(b.typed_at));
}

export async function remove(entries) {
  const database = await store;
  for (const { id } of entries) await database.delete("outbox", id);
}

/** What the diary refused was corrected: the same page was sent again. */
export async function forgetRefused(fields) {
  const token = valueOf(fields, "token");
  await remove((await waiting()).filter((each) => each.refused && valueOf(each.fields, "token") === token));
}

/** Send what waits; each goes under the account that typed it, or not at all. Sent twice, the diary stores it once. */
export function send() {
  return navigator.locks.request("outbox", async () => {
    const result = { sent: new Map(), gone: new Set(), isSignedOut: false, isRefused: false };
    const entries = await waiting();
    for (const diary of new Set(entries.map((each) => each.diary))) {
      try {
        await sendDiary(diary, entries.filter((each) => each.diary === diary), result);
      } catch {
        break; // No connection. Everything stays where it is.
      }
    }
    return result;
  });
}

async function sendDiary(diary, entries, result) {
  const answer = await fetch(`/diaries/${diary}/carry`);
  if (answer.status === 401) result.isSignedOut = true;
  if (answer.status === 404) result.gone.add(diary);
  if (!answer.ok) return;
  const { account, token } = await answer.json();
  for (const entry of entries.filter((each) => each.account === account && !each.refused)) {
    const { state, address } = await sendOne(entry, token);
    if (state === SAVED) {
      await (await store).delete("outbox", entry.id);
      result.sent.set(entry.id, address);
    } else if (state === REFUSED) {
      await (await store).put("outbox", { ...entry, refused: true });
      result.isRefused = true;
    }
  }
}

async function sendOne(entry, token) {
  const answer = await fetch(entry.path, {
    method: "POST",
    body: new URLSearchParams([...entry.fields, ["csrf_token", token]]),
    headers: { "Typed-At": entry.typed_at, Account: entry.account },
  });
  // The diary leads on only from what it has saved.
  if (answer.redirected) return { state: SAVED, address: answer.url };
  return { state: REFUSALS.includes(answer.status) ? REFUSED : undefined };
}
