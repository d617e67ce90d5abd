/* Answers while there is no connection: with pages on which nobody has typed anything. What is sent then waits in the
   outbox. With a connection it only passes on what is asked, and hands out the files that it keeps. */
import { diaryIn, forgetRefused, put, remove, send, valueOf, waiting } from "/static/js/outbox.js";
import { forget, forgetDiary } from "/static/js/store.js";

// The server writes VERSION and FILES here.
const KEPT = `files-${VERSION}`;
const PATIENCE = 5000;
const AWAY = [502, 504];

addEventListener("install", (event) => event.waitUntil(install()));
addEventListener("activate", (event) => event.waitUntil(activate()));
addEventListener("sync", (event) => event.waitUntil(send()));
addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== location.origin) return;
  if (request.method === "GET" && url.pathname.startsWith("/static/")) event.respondWith(file(request));
  else if (request.mode === "navigate") event.respondWith(request.method === "POST" ? sent(request, url) : page(request, url));
});

async function install() {
  const files = await caches.open(KEPT);
  await files.addAll(FILES.map((address) => new Request(address, { cache: "no-cache" })));
  await skipWaiting();
}

async function activate() {
  for (const name of await caches.keys()) if (name.startsWith("files-") && name !== KEPT) await caches.delete(name);
  await clients.claim();
}

async function file(request) {
  const files = await caches.open(KEPT);
  return (await files.match(request))
    ?? fetch(request).catch(async () => (await files.match(request, { ignoreSearch: true })) ?? Response.error());
}

/** The answer from the server, or nothing when there is none within `patience`. */
async function asked(request, patience) {
  const late = new Promise((resolve) => setTimeout(resolve, patience));
  const answer = await Promise.race([fetch(request).catch(() => undefined), late]);
  return answer && !AWAY.includes(answer.status) ? answer : undefined;
}

async function page(request, url) {
  const address = await standIn(url.pathname);
  const kept = await caches.match(address);
  // What waits on this phone is known to this phone alone.
  if (kept && address.endsWith("/on-this-phone")) return kept;
  const answer = await asked(request, kept ? PATIENCE : 6 * PATIENCE);
  if (answer) return answer.status === 404 ? ifGone(url, answer) : answer;
  if (kept) return address === url.pathname ? kept : Response.redirect(address, 303);
  return (await phonePage(url)) ?? (await caches.match("/help-now")) ?? Response.error();
}

/** The same answer, or the page of what waits; of a diary that they may not open any more all else leaves the phone. */
async function ifGone(url, answer) {
  const diary = diaryIn(url.pathname);
  const page = `/diaries/${diary}/on-this-phone`;
  // Not every page that is not there means so, and the diary itself knows.
  if (!(await caches.match(page)) || (await asked(`/diaries/${diary}/carry`, PATIENCE))?.status !== 404) return answer;
  return (await forgetDiary(diary)) ? answer : Response.redirect(page, 303);
}

async function keptPages(ending) {
  const addresses = (await (await caches.open("pages")).keys()).map((each) => new URL(each.url).pathname);
  return addresses.filter((each) => each.endsWith(ending));
}

/** The address whose empty page stands in for one that cannot be reached: of a step, the whole check-in. */
async function standIn(path) {
  if (path !== "/log") return path.replace(/\/check-ins\/(?:[^/]+\/)?steps\/[^/]+$/, "/check-ins/new");
  const [log, another] = await keptPages("/log");
  return log && !another ? log : path;
}

/** The page of what waits: of the diary that was asked for, or of any. */
async function phonePage(url) {
  const pages = await keptPages("/on-this-phone");
  const own = pages.find((each) => diaryIn(each) === diaryIn(url.pathname)) ?? pages[0];
  return own && caches.match(own);
}

/** The fields of a form that may wait: one that says whose it is, of a diary that this phone can judge. */
async function fieldsToKeep(request, diary) {
  const isForm = request.headers.get("Content-Type")?.startsWith("application/x-www-form-urlencoded");
  if (!isForm || !(await caches.match(`/diaries/${diary}/on-this-phone`))) return [];
  const fields = [...(await request.clone().formData())];
  // The sign-in page carries what was typed in its own form. A password is never kept.
  return valueOf(fields, "account") && !valueOf(fields, "password") ? fields : [];
}

async function sent(request, url) {
  const diary = diaryIn(url.pathname);
  const fields = await fieldsToKeep(request, diary);
  const mayWait = fields.length > 0;
  // A page that was kept holds no token: what it sends goes through the outbox, even if the connection is back.
  const answer = mayWait && !valueOf(fields, "csrf_token") ? undefined : await asked(request, mayWait ? PATIENCE : 12 * PATIENCE);
  if (answer) {
    if (answer.type === "opaqueredirect") await forgetRefused(fields);
    if (url.pathname === "/help-now/forget") await caches.delete("help-now");
    // A page asks first about what waits; a tap may come before its script listens.
    if (url.pathname === "/sign-out") await forget();
    const deleted = answer.headers.get("Deleted-Account");
    if (deleted) {
      await forget();
      await remove(await waiting(undefined, deleted));
    }
    return answer.status === 404 || url.pathname.endsWith("/leave") ? ifGone(url, answer) : answer;
  }
  if (!mayWait) return diary ? Response.redirect(`/diaries/${diary}/on-this-phone#lost`, 303) : Response.error();
  const entry = await put(url.pathname, fields);
  await registration.sync?.register("outbox").catch(() => {});
  return Response.redirect(`/diaries/${diary}/on-this-phone#${entry.id}`, 303);
}
