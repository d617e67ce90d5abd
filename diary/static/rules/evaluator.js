/* Judges a diary by the rule table, in the browser: plain, small, and without any medicine in it.
   The twin of diary/rules; it reads the same table (diary/rules/table/compiled.json) and answers in the same three
   ways. Both say which rules raise a flag, how urgent, why, and which could not be answered. */

import { Moment, UNKNOWN, YES, answer, because } from "./conditions.js";
import { Timeline, microseconds } from "./timeline.js";

const DAY = 86_400 * 1_000_000;
export const URGENCIES = ["none", "watch", "today", "call", "emergency"];

/** The finding of one rule at a moment: the first level that says yes with a fact of that very moment behind it. */
function findingOf(rule, moment) {
  for (const level of rule.levels) {
    if (answer(level.when, moment) !== YES) continue;
    const reasons = because(level.when, moment);
    if (!reasons.some(({ time }) => time === moment.time)) continue;
    const distinct = [...new Map(reasons.map((reason) => [JSON.stringify({ ...reason, at: null }), reason])).values()];
    return { rule: rule.id, urgency: level.urgency, time: moment.time, about: rule.about, says: level.says, level, reasons: distinct };
  }
  return null;
}

function findingsAt(moment) {
  const { rules } = moment.table;
  const found = rules.filter((rule) => !rule.counts_flags && !rule.needs_schedule)
    .map((rule) => findingOf(rule, moment)).filter(Boolean);
  for (const { rule, urgency } of found) if (urgency === "today") moment.raised.push({ time: moment.time, rule });
  const isScheduled = Object.keys(moment.overdue).length > 0;
  for (const rule of rules) {
    const finding = rule.counts_flags || (rule.needs_schedule && isScheduled) ? findingOf(rule, moment) : null;
    if (finding) found.push(finding);
  }
  const order = new Map(rules.map((rule, number) => [rule.id, number]));
  const urgent = ({ urgency }) => URGENCIES.indexOf(urgency);
  return found.sort((a, b) => urgent(b) - urgent(a) || order.get(a.rule) - order.get(b.rule));
}

function unknownAt(moment) {
  const answerOf = (rule) => Math.max(...rule.levels.map((level) => answer(level.when, moment)));
  return moment.table.rules
    .filter((rule) => !rule.needs_schedule && !rule.never_unknown && answerOf(rule) === UNKNOWN)
    .map((rule) => rule.id);
}

/** Judge a whole diary: the highest urgency, every finding in time order, and the latest check-in's unknowns. */
export function assess(table, diary) {
  const timeline = new Timeline(diary);
  const latest = timeline.entries.at(-1)?.time ?? timeline.times.at(-1);
  const assessable = table.rules.filter((rule) => !rule.needs_schedule && !rule.never_unknown).map((rule) => rule.id);
  let [findings, raised, unknown] = [[], [], latest === undefined ? assessable : []];
  for (const time of timeline.times) {
    raised = raised.filter((flag) => flag.time >= time - DAY);
    const moment = new Moment(table, timeline, time, raised);
    findings = findings.concat(findingsAt(moment));
    if (time === latest) unknown = unknownAt(moment);
  }
  const highest = Math.max(0, ...findings.map(({ urgency }) => URGENCIES.indexOf(urgency)));
  return { urgency: URGENCIES[highest], findings, unknown };
}

/** Judge one moment (`at` is RFC 3339) with everything dated at or before it; `overdue` in seconds, from a schedule. */
export function judge(table, diary, at, overdue = {}) {
  const timeline = new Timeline(diary);
  const time = new Timeline({ ...diary, check_ins: [{ at }], doses: [] }).times[0];
  const raised = [];
  for (const earlier of timeline.times) {
    if (time - DAY <= earlier && earlier < time) findingsAt(new Moment(table, timeline, earlier, raised));
  }
  const moment = new Moment(table, timeline, time, raised, overdue);
  return { findings: findingsAt(moment), unknown: unknownAt(moment) };
}

/** Judge every moment from `since` to the one of `at`, and say which moment that is. */
export function judgeSince(table, diary, since, at) {
  const timeline = new Timeline(diary);
  const [first, last] = [microseconds(since), microseconds(at)];
  const times = timeline.times.filter((time) => first <= time && time <= last);
  const judged = (raised) => {
    const moments = times.map((time) => new Moment(table, timeline, time, raised));
    return { findings: moments.flatMap(findingsAt), moment: moments.at(-1), raised };
  };
  const alone = judged([]);
  // Only a flag of these moments can be one of A1's two, so the day before is judged only then.
  if (!alone.raised.length) return alone;
  const raised = [];
  for (const time of timeline.times) {
    if (first - DAY <= time && time < first) findingsAt(new Moment(table, timeline, time, raised));
  }
  return judged(raised);
}

/** The groups of facts that some rule lacked at a moment: those of which nothing was logged, and those in part. */
export function unknownGroups(moment) {
  const { table, timeline, recent } = moment;
  const [unknown, logged, missing] = [new Set(unknownAt(moment)), new Set(), new Set()];
  const asked = (kind) => timeline.doses.some((dose) => kind === "any" || dose.kind === kind) || timeline.entries.some((entry) => entry.dosesAbsent.has(kind));
  const there = new Set(Object.keys(table.readings).filter((key) => recent.some((entry) => entry.readings.has(key))).map((key) => table.readings[key].missing));
  for (const key of new Set(table.rules.filter(({ id }) => unknown.has(id)).flatMap(({ reads }) => reads))) {
    let [group, isLogged] = ["medicines", key.startsWith("dose:") && asked(key.slice(5))];
    if (table.readings[key]) {
      group = table.readings[key].missing;
      isLogged = there.has(group);
    } else if (!key.startsWith("dose:")) {
      group = table.signs[key].missing;
      isLogged = recent.some((entry) => entry.present.has(key) || entry.absent.has(key));
    }
    (isLogged ? logged : missing).add(group);
  }
  const groups = Object.keys(table.missing).filter((group) => missing.has(group));
  return { missing: groups.filter((group) => !logged.has(group)), partly: groups.filter((group) => logged.has(group)) };
}
