/** Makes this phone ready to log without a connection, sends what waited, and says when something still waits. */
import { send, waiting } from "./outbox.js";
import { forget, forgetDiary, store } from "./store.js";
import { prepareForm } from "./kept-form.js";
import { workerAddress } from "./trusted.js";

const AN_HOUR = 3_600_000;
// Signing out ends whatever this page is still fetching to be kept: it would come too late.
const leaving = new AbortController();
const { signal } = leaving;
const notice = document.querySelector("[data-waiting]");
// A form that may wait says whose it is.
const form = document.querySelector("main [name=account]")?.form;

async function showWaiting() {
  if (!notice) return;
  const entries = await waiting(notice.dataset.waiting, notice.dataset.account);
  notice.hidden = !entries.length;
}

/** Fetch the carry of a diary, and once an hour the pages to show when there is no connection. */
async function keep(diary) {
  const answer = await fetch(`/diaries/${diary}/carry`, { signal });
  // A diary that is gone, or not theirs any more, leaves this phone as well.
  if (answer.status === 404) await forgetDiary(diary);
  if (!answer.ok) return;
  const { token, keep: addresses, ...carry } = await answer.json();
  const database = await store;
  const others = (await database.getAll("carry")).filter((each) => each.account !== carry.account);
  if (others.length) await forget();
  const before = await database.get("carry", diary);
  carry.language = document.documentElement.lang;
  // New scripts or new rules: all is fetched anew, at once.
  const isSame = before?.language === carry.language && before.version === carry.version;
  const isFresh = isSame && Date.now() - before.kept_at < AN_HOUR;
  // What could not be fetched is asked for again on the next page.
  carry.kept_at = isFresh ? before.kept_at : (await keepPages(addresses)) ? Date.now() : 0;
  signal.throwIfAborted();
  await database.put("carry", carry);
}

/** Whether the pages are kept now: all of them, or none. */
async function keepPages(addresses) {
  const pages = await Promise.all(Object.entries(addresses).map(async ([address, from]) => [address, await fetch(from, { signal })]));
  if (pages.some(([, { ok, redirected }]) => !ok || redirected)) return false;
  for (const [address, page] of pages) await (await caches.open(address === "/help-now" ? "help-now" : "pages")).put(address, page);
  return true;
}

async function signOut(event) {
  const { target } = event;
  if (!target.matches("[data-account]")) return;
  event.preventDefault();
  const [first] = await waiting(undefined, target.dataset.account);
  const page = first && `/diaries/${first.diary}/on-this-phone`;
  // Nobody is held back by what has no page any more.
  if (page && ((await caches.match(page)) ?? (await fetch(page))).ok) {
    location.href = `${page}#leaving`;
    return;
  }
  leaving.abort();
  await forget();
  target.submit();
}

async function sendAndShow() {
  await showWaiting();
  if ((await waiting()).length) await send();
  await showWaiting();
}

async function start() {
  if (form) await prepareForm(form);
  document.addEventListener("submit", signOut);
  addEventListener("online", sendAndShow);
  document.addEventListener("visibilitychange", () => document.hidden || sendAndShow());
  await sendAndShow();
  if (!notice || form) return;
  await navigator.serviceWorker.register(workerAddress, { type: "module", updateViaCache: "none" });
  await keep(notice.dataset.waiting);
}

// Without a connection, or in a browser that keeps nothing, the page is as it was.
start().catch(() => {});
