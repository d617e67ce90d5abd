/* Facts in words: the twin of reason_words in diary/rules/explain.py and of call_lines in diary/views/presenters.py.
   A test compares them over invented answers. */
import { microseconds } from "../rules/timeline.js";

const HOUR = 3_600_000;
const UNITS = { Cel: "°C", "[degF]": "°F" };
const OTHER_NAMES = { capd_score: "capd" };

const fill = (sentence, values) => sentence.replace(/%\((\w+)\)s/g, (whole, name) => values[name] ?? whole);
// What somebody typed turns nothing around it.
const isolated = (text) => `\u2068${text}\u2069`;
const milliseconds = (text) => microseconds(text) / 1000;

/** Words for one patient's facts: the reader's language and numbers, the patient's clock. */
export class Speaker {
  constructor(carry, table, language) {
    Object.assign(this, { table, words: table.words, zone: carry.record.patient.time_zone, language });
    this.point = new Intl.NumberFormat(`${language}-u-nu-latn`).formatToParts(1.5).find(({ type }) => type === "decimal").value;
  }

  format(at, options) {
    return new Intl.DateTimeFormat(this.language, { timeZone: this.zone, ...options }).format(at);
  }

  clock(at) {
    return this.format(at, { timeStyle: "short" });
  }

  day(at, zone = this.zone) {
    return this.format(at, { timeZone: zone, year: "numeric", month: "short", day: "numeric", weekday: "short" });
  }

  lately(at) {
    return `${this.format(at, { weekday: "short" })} ${this.clock(at)}`;
  }

  number(decimal) {
    return String(decimal).replace(".", this.point);
  }

  /** One reason of a card, judged at `now`: a fact of another day is given its date as well. */
  reason({ fact, kind, time, value, unit, status, comparisons }, now) {
    const { words, table } = this;
    const at = time / 1000;
    const said = this.day(at) === this.day(now) ? this.clock(at) : `${this.day(at)}, ${this.clock(at)}`;
    if (fact === "sign") return fill(words.sign, { words: table.signs[kind].words, time: said });
    if (fact === "dose") return fill(words.doses[status], { medicine: table.medicines[kind]?.words ?? kind, time: said });
    if (fact === "flag") return fill(words.flag, { rule: kind, time: said });
    const shown = UNITS[unit] ?? unit;
    return fill(words.reading, {
      words: table.readings[kind].words,
      value: this.number(value) + (["", "%"].includes(shown) ? shown : ` ${shown}`),
      time: said,
      comparisons: comparisons.map((each) => this.comparison(each)).join(", "),
    });
  }

  comparison({ is, threshold, difference, usual, age }) {
    const comparison = fill(this.words.compared[is], { threshold, difference, usual });
    return age === undefined ? comparison : fill(this.words.at_age, { comparison, age });
  }

  /** What was logged: each fact once, however many rules read it. */
  because(findings) {
    const seen = new Map();
    for (const { reasons, time } of findings) {
      for (const reason of reasons) {
        const key = JSON.stringify([reason.fact, reason.kind, reason.time, reason.value]);
        if (!seen.has(key)) seen.set(key, this.reason(reason, time / 1000));
      }
    }
    return [...seen.values()];
  }

  pressure({ systolic, diastolic }) {
    return `${[systolic, diastolic].map((each) => each ?? this.words.not_given).join("/")}\u00a0mmHg`;
  }

  neuroCheck({ score, items, not_done: notDone }) {
    const points = Object.values(items ?? {});
    const total = score ?? (points.length ? points.reduce((sum, point) => sum + (point ?? 0), 0) : undefined);
    if (total === undefined) return notDone ? this.words.not_done : this.words.no_score;
    return fill(this.words.out_of_10, { number: total });
  }

  reading(kind, reading) {
    const { words } = this;
    if (kind === "temperature") return `${this.number(reading.value)}\u00a0${UNITS[reading.unit]}${reading.site ? ` (${words.sites[reading.site]})` : ""}`;
    if (kind.endsWith("blood_pressure")) return this.pressure(reading);
    if (kind === "neuro_check") return this.neuroCheck(reading);
    if (kind === "capd_score") return String(reading.score);
    if (kind === "oxygen_saturation") return reading.value ? `${reading.value}\u00a0%` : words.no_number;
    const beats = fill(words.a_minute, { number: reading.value });
    return kind === "pulse" && !(reading.at_rest ?? true) ? fill(words.not_at_rest, { beats }) : beats;
  }

  /** What to say on the telephone, in the order in which a nurse asks; `record` holds what waits as well. */
  callLines(call, record, now) {
    const { words } = this;
    const replaced = new Set(record.check_ins.map(({ replaces }) => replaces));
    const within = (each, hours) => milliseconds(each.at) <= now && now - hours * HOUR <= milliseconds(each.at);
    const newest = (entries, hours) => entries.filter((each) => within(each, hours)).sort((a, b) => microseconds(b.at) - microseconds(a.at));
    const checkIns = newest(record.check_ins.filter(({ id, withdrawn }) => !withdrawn && (id === undefined || !replaced.has(id))), 72);
    const readings = Object.entries(words.kinds).flatMap(([kind, title]) => {
      const name = OTHER_NAMES[kind] ?? kind;
      const latest = checkIns.find((each) => each[name]);
      return latest ? [[title, `${this.reading(kind, latest[name])}, ${this.lately(milliseconds(latest.at))}`]] : [];
    });
    const present = new Set(checkIns.filter((each) => within(each, 24)).flatMap(({ signs }) => signs ?? []));
    const signs = Object.keys(words.signs).filter((id) => present.has(id)).map((id) => words.signs[id]);
    const doses = newest(record.doses, 72).map((dose) => this.dose(dose));
    return [
      ...call.first,
      ...this.infusion(record.care_plan.infusions ?? [], now),
      ...readings,
      [words.signs_lately, signs.join("; ") || words.none_logged],
      [words.doses_lately, doses.join("; ") || words.none_logged],
      ...call.last,
    ];
  }

  dose({ name, medicine, status, at }) {
    const what = name ? isolated(name) : this.words.medicines[medicine] ?? medicine;
    return `${what}, ${this.words.statuses[status]}, ${this.lately(milliseconds(at))}`;
  }

  infusion(infusions, now) {
    const today = new Intl.DateTimeFormat("en-CA", { timeZone: this.zone, dateStyle: "short" }).format(now);
    const last = infusions.filter(({ on }) => on <= today).sort((a, b) => a.on.localeCompare(b.on)).at(-1);
    if (!last) return [];
    const day = Math.round((Date.parse(today) - Date.parse(last.on)) / (24 * HOUR));
    const said = fill(this.words.day, { on: this.day(Date.parse(last.on), "UTC"), day });
    return [[this.words.infusion, last.product ? `${isolated(last.product)}, ${said}` : said]];
  }
}
