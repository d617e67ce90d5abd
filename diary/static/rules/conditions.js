/* The atoms of the rule table: each answers no, unknown or yes, and can name the facts behind a yes.
   The twin of diary/rules/conditions.py and readings.py. */

import { degrees, degreesApart } from "./timeline.js";

export const [NO, UNKNOWN, YES] = [0, 1, 2];
const SECOND = 1_000_000;
const OF_PATIENT = ["age", "treatment_day", "profile", "usual"];
const AGAINST_USUAL = ["drop_at_least", "drop_at_least_percent", "rise_at_least"];

/** What a condition may look at at one moment. */
export class Moment {
  constructor(table, timeline, time, raised = [], overdue = {}) {
    Object.assign(this, { table, timeline, time, raised, overdue });
    this.together = table.together * SECOND;
    this.answers = new Map();
    const day = timeline.localDay(time);
    this.age = timeline.age(day);
    this.day = timeline.treatmentDay(day);
    this.recent = timeline.entriesBetween(time - this.together, time);
  }

  usual(kind, otherwise) {
    return this.timeline.usual.get(kind) ?? otherwise;
  }
}

const ANSWERS = {
  all: (node, moment) => Math.min(YES, ...node.of.map((part) => answer(part, moment))),
  any: (node, moment) => Math.max(NO, ...node.of.map((part) => answer(part, moment))),
  named(node, moment) {
    if (!moment.answers.has(node.name)) moment.answers.set(node.name, answer(moment.table.named[node.name], moment));
    return moment.answers.get(node.name);
  },
  reading(node, moment) {
    const found = readingAnswer(node, node.kind, moment);
    const { also } = moment.table.readings[node.kind];
    const isLogged = (kind) => moment.recent.some((entry) => entry.readings.has(kind));
    if (!also || found === YES || !isLogged(also.reading)) return found;
    const counts = answer({ op: "named", name: also.when }, moment);
    if (counts === NO) return found;
    const other = readingAnswer(node, also.reading, moment);
    if (counts === UNKNOWN) return Math.max(found, Math.min(other, UNKNOWN));
    return isLogged(node.kind) ? Math.max(found, other) : other;
  },
  sign({ ids, within }, moment) {
    const entries = entriesWithin(moment, within);
    if (entries.some((entry) => ids.some((id) => entry.present.has(id)))) return YES;
    return ids.every((id) => entries.some((entry) => entry.absent.has(id))) ? NO : UNKNOWN;
  },
  dose(node, moment) {
    const masksFor = (kind) => (node.statuses.includes("taken") ? (moment.table.medicines[kind]?.masks_for ?? 0) : 0);
    // That one was missed or stopped does not say that no other was taken.
    const isAnswered = (kind) =>
      dosesWithin(node, kind, moment).some((dose) => dose.status === "taken")
      || (masksFor(kind) >= node.within && moment.recent.some((entry) => entry.dosesAbsent.has(kind)));
    const logged = node.kinds.flatMap((kind) => dosesWithin(node, kind, moment));
    return Math.max(node.kinds.every(isAnswered) ? NO : UNKNOWN, ...logged.map((dose) => doseAnswer(node, dose, moment)));
  },
  age: ({ bounds }, moment) => meets(moment.age, bounds, moment),
  treatment_day({ bounds, default: otherwise }, moment) {
    const day = moment.day ?? otherwise;
    if (day === undefined) return moment.timeline.infusions.length ? NO : UNKNOWN;
    return meets(day, bounds, moment);
  },
  profile: ({ is }, moment) => (moment.timeline.profile === is ? YES : NO),
  usual({ kind, missing, bounds }, moment) {
    const usual = moment.usual(kind);
    if (missing !== undefined) return (usual === undefined) === missing ? YES : NO;
    return usual === undefined ? UNKNOWN : meets(usual, bounds, moment);
  },
  overdue({ what, bounds }, moment) {
    const late = moment.overdue[what];
    return late === undefined ? UNKNOWN : meets(late, bounds, moment);
  },
  flags({ within }, moment) {
    const groups = new Set(flagsWithin(within, moment).map(({ rule }) => groupOf(moment.table, rule)));
    return groups.size > 1 ? YES : NO;
  },
};

const REASONS = {
  all: (node, moment) => node.of.flatMap((part) => because(part, moment)),
  any(node, moment) {
    const met = node.of.filter((part) => answer(part, moment) === YES);
    // Where the patient alone is enough, no fact is behind the answer.
    return met.some((part) => isOfPatient(part, moment.table)) ? [] : met.flatMap((part) => because(part, moment));
  },
  named: (node, moment) => because(moment.table.named[node.name], moment),
  reading(node, moment) {
    const reasons = readingAnswer(node, node.kind, moment) === YES ? readingReasons(node, node.kind, moment) : [];
    const { also } = moment.table.readings[node.kind];
    if (!also) return reasons;
    const when = { op: "named", name: also.when };
    if (readingAnswer(node, also.reading, moment) !== YES || answer(when, moment) !== YES) return reasons;
    return [...reasons, ...readingReasons(node, also.reading, moment), ...because(when, moment)];
  },
  sign: ({ ids, within }, moment) =>
    entriesWithin(moment, within).flatMap(({ time, at, present }) =>
      ids.filter((id) => present.has(id)).sort().map((id) => ({ fact: "sign", kind: id, at, time }))),
  dose: (node, moment) =>
    node.kinds.flatMap((kind) => dosesWithin(node, kind, moment))
      .filter((dose) => doseAnswer(node, dose, moment) === YES)
      .map(({ medicine, status, at, time }) => ({ fact: "dose", kind: medicine, at, time, status })),
  overdue: ({ what }, moment) => [{ fact: "overdue", kind: what, time: moment.time, value: String(moment.overdue[what]) }],
  flags: ({ within }, moment) => flagsWithin(within, moment).map(({ time, rule }) => ({ fact: "flag", kind: rule, time })),
};

/** No, unknown or yes, as 0, 1 and 2. */
export function answer(node, moment) {
  return ANSWERS[node.op](node, moment);
}

/** Whether only what is known of the patient decides a condition. */
function isOfPatient(node, table) {
  if (node.op === "named") return isOfPatient(table.named[node.name], table);
  if (node.of) return node.of.every((part) => isOfPatient(part, table));
  return OF_PATIENT.includes(node.op);
}

/** Every fact behind a condition that said yes. */
export function because(node, moment) {
  return REASONS[node.op]?.(node, moment) ?? [];
}

function entriesWithin(moment, within) {
  return within === undefined ? moment.recent : moment.timeline.entriesBetween(moment.time - within * SECOND, moment.time);
}

function dosesWithin({ within }, kind, { timeline, time }) {
  return timeline.dosesBetween(kind, time - within * SECOND, time);
}

/** Is it such a dose? Unknown where nobody said whether it was agreed, or the first. */
function doseAnswer(node, dose, { table, timeline }) {
  const isSuch = node.statuses.includes(dose.status)
    && (node.reason === undefined || dose.reason === node.reason)
    && !(node.unless_agreed && dose.agreed_with_team)
    && (!node.without || answer(node.without, new Moment(table, timeline, dose.time)) !== YES);
  if (!isSuch) return NO;
  const said = [[dose.agreed_with_team, node.agreed], [dose.first_dose, node.first_dose]];
  return Math.min(YES, ...said.filter(([, wanted]) => wanted !== undefined)
    .map(([given, wanted]) => (given === undefined ? UNKNOWN : given === wanted ? YES : NO)));
}

function flagsWithin(within, moment) {
  const isCounted = ({ time, rule }) => moment.time - within * SECOND <= time && groupOf(moment.table, rule) !== "never";
  return moment.raised.filter((flag) => isCounted(flag) && flag.time <= moment.time);
}

function groupOf(table, rule) {
  return Object.keys(table.groups).find((group) => table.groups[group].includes(rule)) ?? rule;
}

/** Whether a value meets every bound; unknown when a usual value is needed that nobody set. */
function meets(value, bounds, moment, usual) {
  let open = false;
  for (const [word, bound] of bounds) {
    if (AGAINST_USUAL.includes(word)) {
      if (usual === undefined) open = true;
      else if (word === "drop_at_least" && usual - value < bound) return NO;
      else if (word === "drop_at_least_percent" && (usual - value) * 100 < bound * usual) return NO;
      else if (word === "rise_at_least" && value - usual < bound) return NO;
      continue;
    }
    const [over, under] = threshold(bound, moment);
    if (over === null) return NO;
    const difference = value * under - over;
    if (word === "at_least" ? difference < 0 : word === "above" ? difference <= 0
      : word === "at_most" ? difference > 0 : difference >= 0) return NO;
  }
  return open ? UNKNOWN : YES;
}

/** A bound as a fraction: a number, what the team chose, or a limit for the age. */
function threshold(bound, { table, timeline, age }) {
  if (typeof bound === "number") return [bound, 1];
  if (bound.setting) return [timeline.settings[bound.setting] ?? table.settings[bound.setting][timeline.profile], 1];
  if (age > 17) return [null, 1];
  const { years } = table.limits[bound.limit];
  const [over, under] = bound.times ?? [1, 1];
  return [(years[Math.min(age, years.length - 1)] + (bound.plus ?? 0)) * over, under];
}

function readingAnswer(node, kind, moment) {
  const { timeline, time } = moment;
  const within = node.within === undefined ? moment.together : node.within * SECOND;
  const readings = timeline.readings(kind, time - within, time);
  if (!readings.length) return UNKNOWN;
  const usual = moment.usual(kind, node.usual);
  return Math.max(...readings.map((reading) => {
    const found = meets(reading.value, node.bounds, moment, usual);
    return found === YES && node.again ? againAnswer(node, moment, reading) : found;
  }));
}

/** The earlier readings that may confirm one: never the same, and never one of the same time. */
function earlierReadings({ again, kind }, moment, { time }) {
  const within = (again.within ?? moment.table.again_within) * SECOND;
  const after = Math.max((again.after ?? 0) * SECOND, 1);
  return moment.timeline.readings(again.kind ?? kind, time - within, time - after);
}

function againAnswer(node, moment, reading) {
  const usual = moment.usual(node.again.kind ?? node.kind, node.usual);
  const found = earlierReadings(node, moment, reading).map(({ value }) => meets(value, node.again.bounds ?? node.bounds, moment, usual));
  return found.length ? Math.max(...found) : UNKNOWN;
}

function readingReasons(node, kind, moment) {
  const within = node.within === undefined ? moment.together : node.within * SECOND;
  const usual = moment.usual(kind, node.usual);
  const reasons = [];
  for (const reading of moment.timeline.readings(kind, moment.time - within, moment.time)) {
    if (meets(reading.value, node.bounds, moment, usual) !== YES) continue;
    const reason = readingReason(kind, node.bounds, moment, reading, usual);
    if (!node.again) {
      reasons.push(reason);
      continue;
    }
    const { kind: earlierKind = node.kind, bounds = node.bounds } = node.again;
    const earlierUsual = moment.usual(earlierKind, node.usual);
    const earlier = earlierReadings(node, moment, reading)
      .filter(({ value }) => meets(value, bounds, moment, earlierUsual) === YES)
      .map((each) => ({ ...readingReason(earlierKind, bounds, moment, each, earlierUsual), is_earlier: true }));
    if (earlier.length) reasons.push(reason, ...earlier);
  }
  return reasons;
}

function readingReason(kind, bounds, moment, { value, text, unit, entry, time }, usual) {
  const said = moment.table.readings[kind];
  const writtenIn = unit || said.unit;
  const isTemperature = said.unit === "Cel";
  const comparisons = bounds.map(([word, bound]) => {
    const relative = AGAINST_USUAL.includes(word);
    const percent = word === "drop_at_least_percent";
    const [over, under] = relative ? [bound, 1] : threshold(bound, moment);
    const comparison = { is: word, unit: percent ? "%" : writtenIn };
    if (!isTemperature || percent) comparison.threshold = String(over / under);
    else comparison.threshold = relative ? degreesApart(over, writtenIn) : degrees(over, writtenIn);
    if (relative) {
      const away = word === "rise_at_least" ? value - usual : usual - value;
      comparison.usual = isTemperature ? degrees(usual, writtenIn) : String(usual);
      comparison.difference = isTemperature ? degreesApart(away, writtenIn) : String(away);
    }
    if (bound.limit) comparison.age = moment.age;
    return comparison;
  });
  return { fact: "reading", kind, at: entry.at, time, value: text || String(value), unit: writtenIn, comparisons };
}
