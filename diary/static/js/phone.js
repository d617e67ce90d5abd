/** The page of what waits on this phone: what it means at once, and how it goes on. */
import { cards, copyOf, items, numbers } from "./advice.js";
import { diaryIn, remove, send, waiting } from "./outbox.js";
import { Speaker } from "./said.js";
import { forgetDiary, store } from "./store.js";
import { verdict } from "./verdict.js";
import { sayWhose } from "./whose.js";
import { URGENCIES } from "../rules/evaluator.js";

const root = document.querySelector("[data-phone]");
const diary = root.dataset.phone;
const shown = location.hash.slice(1);
let isGone = false;
const say = (name, isSaid = true) => { root.querySelector(`[data-say="${name}"]`).hidden = !isSaid; };

async function tableKept() {
  return ((await caches.match("/rules.json")) ?? (await fetch("/rules.json"))).json();
}

function clock(carry) {
  const format = (options) => {
    const written = new Intl.DateTimeFormat(document.documentElement.lang, { timeZone: carry.record.patient.time_zone, ...options });
    return (at) => written.format(at);
  };
  return { time: format({ timeStyle: "short" }), moment: format({ dateStyle: "medium", timeStyle: "short" }) };
}

function callLine([title, text]) {
  const item = document.createElement("li");
  item.append(Object.assign(document.createElement("strong"), { textContent: `${title}:` }), ` ${text}`);
  return item;
}

/** Show what an entry means: the advice first, then what it rests on. */
function showVerdict(entry, entries, carry, table) {
  const found = verdict(table, carry, entries, entry);
  const { time, moment } = clock(carry);
  const page = copyOf("verdict");
  const part = (name) => page.querySelector(name);
  const recheck = (at) => part("[data-recheck]").dataset.recheck.replace("TIME", time(at));
  const speaker = new Speaker(carry, table, document.documentElement.lang);
  const drawn = cards(found.findings, { carry, table, recheck, speaker });
  if (found.findings.some(({ urgency }) => urgency !== "watch")) {
    const lines = speaker.callLines(carry.call, found.record, Math.max(Date.now(), Date.parse(found.at)));
    part("[data-call] ol").append(...lines.map(callLine));
    part("[data-call]").hidden = false;
  }
  part("[data-when]").textContent = moment(Date.parse(found.at));
  if (entry.refused) part("[data-state]").textContent = part("[data-state]").dataset.refused;
  if (found.isRefused) {
    part("[data-odd]").hidden = false;
    part("[data-odd] strong").textContent = table.odd;
  }
  part("[data-none]").hidden = drawn.length > 0;
  const { missing, partly } = found.unchecked;
  const list = part("[data-unchecked] ul");
  const words = [...missing.map((group) => table.missing[group]), ...partly.map((group) => list.dataset.part.replace("GROUP", table.missing[group]))];
  list.append(...items(words));
  part("[data-unchecked]").hidden = !words.length;
  root.querySelector("[data-cards]").replaceChildren(...drawn, page);
  return found;
}

/** A number or a step by itself is changed on the page that asks for everything, and for the time as well. */
function pageToChange(path) {
  return path.replace(/\/(log|check-ins\/.*steps\/[^/]+)$/, "/check-ins/new");
}

function drawEntry(entry, { carry, table, entries }) {
  const item = copyOf("entry");
  const state = document.getElementById("verdict").content.querySelector("[data-state]").dataset;
  const found = verdict(table, carry, entries, entry);
  item.querySelector("[data-when]").textContent = clock(carry).moment(Date.parse(found.at));
  item.querySelector("[data-state]").textContent = entry.refused ? state.refused : state.waiting;
  const open = item.querySelector("[data-open]");
  open.href = `#${entry.id}`;
  open.hidden = root.dataset.shows?.startsWith(entry.id) ?? false;
  // Only what the diary cannot have saved may still be changed here; all else is corrected once it is there.
  const change = item.querySelector("[data-change]");
  change.href = `${pageToChange(entry.path)}#${entry.id}`;
  change.hidden = !entry.refused && !found.isRefused;
  return item;
}

/** Of what waits, what asks for the most: a prompt is not hidden behind a link. */
function mostUrgent(entries, carry, table) {
  const urgency = (entry) => Math.max(0, ...verdict(table, carry, entries, entry).findings.map((each) => URGENCIES.indexOf(each.urgency)));
  return entries.map((entry) => [urgency(entry), entry]).filter(([urgent]) => urgent).sort(([a], [b]) => b - a)[0]?.[1];
}

/** Warnings that were open when the phone last heard from the diary: nothing that waits here closes one. */
function showOpen(titles) {
  const section = root.querySelector("[data-open-flags]");
  section.hidden = !titles.length;
  section.querySelector("ul").replaceChildren(...items(titles));
}

async function drawPerson(carry) {
  const item = copyOf("person");
  Object.assign(item.querySelector("a"), { href: `/diaries/${carry.diary}/on-this-phone`, textContent: carry.name });
  item.querySelector("[data-waits]").hidden = !(await waiting(carry.diary, carry.account)).length;
  item.querySelector("[data-open]").append(...items(carry.open));
  item.querySelector("[data-open]").hidden = !carry.open.length;
  item.querySelector("[data-numbers]").append(...numbers("call", carry));
  return item;
}

/** Nobody was asked for, or somebody whom this phone does not know: whose diary is meant is not for a phone to guess. */
async function choose(carries) {
  say("choose");
  say("offline", !navigator.onLine);
  say("lost", shown === "lost");
  say("log", false);
  // They are of the one diary whose page stands in.
  for (const each of document.querySelectorAll(".navigation, #call")) each.remove();
  root.querySelector("[data-entries]").replaceChildren(...(await Promise.all(carries.map(drawPerson))));
}

async function show() {
  const asked = diaryIn(location.pathname);
  const carries = await (await store).getAll("carry");
  if (asked !== diary && (asked || carries.length > 1)) return choose(carries);
  root.addEventListener("click", act);
  addEventListener("online", sendNow);
  await sayWhose(diary);
  await draw();
  return sendNow();
}

async function draw() {
  const carry = await (await store).get("carry", diary);
  const entries = carry ? await waiting(diary, carry.account) : [];
  say("nothing", carry && !entries.length);
  say("actions", entries.length > 0);
  say("offline", !navigator.onLine);
  say("lost", shown === "lost");
  say("leaving", shown === "leaving" && entries.length > 0);
  say("ready", Boolean(carry && (await caches.has("pages"))));
  if (!carry) return undefined;
  const table = await tableKept();
  showOpen(carry.open);
  const entry = entries.find(({ id }) => id === shown) ?? mostUrgent(entries, carry, table);
  // Advice that somebody is reading is not drawn again.
  if (entry && root.dataset.shows !== `${entry.id} ${entry.refused}`) {
    performance.mark("judge");
    showVerdict(entry, entries, carry, table);
    performance.measure("verdict", "judge");
    root.dataset.shows = `${entry.id} ${entry.refused}`;
  }
  root.querySelector("[data-entries]").replaceChildren(...entries.map((each) => drawEntry(each, { carry, table, entries })));
  return entries.some(({ id }) => root.dataset.shows?.startsWith(id));
}

async function sendNow() {
  const { sent, gone, isSignedOut } = await send();
  isGone = gone.has(diary);
  say("signed-out", isSignedOut);
  say("gone", isGone);
  say("log", !isGone);
  const isWaiting = await draw();
  const state = root.querySelector("[data-cards] .not-saved");
  if (isWaiting || !state) return;
  const said = copyOf("sent");
  const address = sent.get(root.dataset.shows?.split(" ")[0]);
  if (address) said.querySelector("a").href = address;
  else said.querySelector("a").remove(); // Another window has sent it.
  state.replaceWith(said);
}

async function act({ target }) {
  const { act: what, sure } = target.dataset;
  if (what === "send") await sendNow();
  if (what !== "delete") return;
  if (target.textContent.trim() !== sure) {
    target.textContent = sure;
    return;
  }
  const carry = await (await store).get("carry", diary);
  await remove(await waiting(diary, carry.account));
  if (isGone && (await forgetDiary(diary))) {
    location.href = "/";
    return;
  }
  root.querySelector("[data-cards]").replaceChildren();
  delete root.dataset.shows;
  await draw();
}

if (!isSecureContext) say("insecure");
else if (!navigator.serviceWorker || !navigator.locks) say("old");
else {
  addEventListener("hashchange", () => location.reload());
  await show();
}
