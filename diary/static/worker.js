/* Answers while there is no connection: with pages on which nobody has typed anything. What is sent then waits in the
   outbox. With a connection it only passes on what is asked, and hands out the files that it keeps. */
import { diaryIn, forgetRefused, put, send } from "/static/js/outbox.js";

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
  const kept = await caches.match(url.pathname);
  // What waits on this phone is known to this phone alone.
  if (kept && url.pathname.endsWith("/on-this-phone")) return kept;
  return (await asked(request, kept ? PATIENCE : 6 * PATIENCE)) ?? kept ?? (await phonePage(url)) ?? (await caches.match("/help-now")) ?? Response.error();
}

/** The page of what waits: of the diary that was asked for, or of any. */
async function phonePage(url) {
  const addresses = (await (await caches.open("pages")).keys()).map((each) => new URL(each.url).pathname);
  const pages = addresses.filter((each) => each.endsWith("/on-this-phone"));
  const own = pages.find((each) => diaryIn(each) === diaryIn(url.pathname)) ?? pages[0];
  return own && caches.match(own);
}

async function sent(request, url) {
  // An address of which an empty page is kept is a form that may wait.
  const isKept = await caches.match(url.pathname);
  const fields = isKept ? [...(await request.clone().formData())] : [];
  const has = (name) => fields.some(([each, value]) => each === name && value);
  // A page that was kept holds no token: what it sends goes through the outbox, even if the connection is back.
  const answer = isKept && !has("csrf_token") ? undefined : await asked(request, isKept ? PATIENCE : 12 * PATIENCE);
  if (answer) {
    if (answer.type === "opaqueredirect") await forgetRefused(fields);
    if (url.pathname === "/help-now/forget") await caches.delete("help-now");
    return answer;
  }
  const diary = diaryIn(url.pathname);
  if (!has("account")) return diary ? Response.redirect(`/diaries/${diary}/on-this-phone#lost`, 303) : Response.error();
  const entry = await put(url.pathname, fields);
  await registration.sync?.register("outbox").catch(() => {});
  return Response.redirect(`/diaries/${diary}/on-this-phone#${entry.id}`, 303);
}
