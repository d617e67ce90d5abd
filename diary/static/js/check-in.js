/* Reads a check-in form's fields as the server does: the twin of CheckInForm.to_check_in and to_doses in
   diary/forms/check_in.py. A test compares the two over invented answers. What was refused is missing. */

const MINUTE = 60_000;
const NONE = "none";

/** A decimal as it was typed, with a comma or a point; undefined when it cannot be read. */
function decimal(text) {
  const plain = text.trim().replaceAll(",", ".").replaceAll("°", "").replaceAll("\u00a0", "").trim();
  if (plain.length > 12 || !/^(\d+\.?\d*|\.\d+)$/.test(plain)) return undefined;
  const [whole, places = ""] = plain.split(".");
  return `${whole.replace(/^0+(?=\d)/, "") || "0"}${places && `.${places}`}`;
}

/** A decimal with its point moved, in its shortest form. */
function shifted(text, by) {
  const [whole, places = ""] = text.split(".");
  const digits = "000" + whole + places + "000";
  const point = 3 + whole.length + by;
  const left = digits.slice(0, point).replace(/^0+(?=\d)/, "");
  const right = digits.slice(point).replace(/0+$/, "");
  return right ? `${left}.${right}` : left;
}

/** The moment at which a clock of `zone` shows a date and a time; the first, where it shows it twice. */
function momentOf(date, time, zone) {
  const shown = Date.parse(`${date}T${time}Z`);
  const parts = new Intl.DateTimeFormat("en-CA", { timeZone: zone, hourCycle: "h23", year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", second: "2-digit" });
  const ahead = (at) => {
    const part = Object.fromEntries(parts.formatToParts(new Date(at)).map(({ type, value }) => [type, value]));
    return Date.parse(`${part.year}-${part.month}-${part.day}T${part.hour}:${part.minute}:${part.second}Z`) - at;
  };
  const [before, after] = [ahead(shown - 1440 * MINUTE), ahead(shown + 1440 * MINUTE)];
  return [before, after].map((offset) => shown - offset).find((at) => ahead(at) === shown - at) ?? shown - before;
}

const dayOf = (at, zone) => new Intl.DateTimeFormat("en-CA", { timeZone: zone, dateStyle: "short" }).format(new Date(at));

export class Form {
  constructor(fields, carry, possible, typedAt) {
    Object.assign(this, { fields, possible, asks: carry.asks, zone: carry.record.patient.time_zone });
    this.infusions = (carry.record.care_plan.infusions ?? []).map(({ on }) => on).sort();
    this.now = Date.parse(typedAt);
    this.refused = new Set();
    this.at = this.moment();
    this.readTemperature();
  }

  all(name) {
    return this.fields.filter(([each]) => each === name).map(([, value]) => value);
  }

  one(name) {
    return this.all(name)[0] || undefined;
  }

  /** A whole number; what is not possible is refused, and `typed` has it all the same. */
  number(name, kind = name) {
    const text = (this.one(name) ?? "").trim();
    const read = text ? decimal(text) : undefined;
    const typed = read !== undefined && Number.isInteger(Number(read)) ? Number(read) : undefined;
    const accepted = typed !== undefined && this.isPossible(kind, typed) ? typed : undefined;
    if (text && accepted === undefined) this.refused.add(name);
    return { typed, accepted };
  }

  isPossible(kind, value) {
    const [lowest, highest] = this.possible[kind];
    return lowest <= Number(value) && Number(value) <= highest;
  }

  time(name) {
    const text = this.one(name);
    if (!text?.trim()) return undefined;
    const found = /^(\d{1,2})[:.](\d{1,2})(?::(\d{1,2}))?$/.exec(text);
    if (!found || found[1] > 23 || found[2] > 59 || found[3] > 59) {
      this.refused.add(name);
      return undefined;
    }
    return [found[1], found[2], found[3] ?? "0"].map((part) => part.padStart(2, "0")).join(":");
  }

  /** When it was: now, unless a time was typed that can be. */
  moment() {
    const time = this.time("at_time");
    const date = this.one("on_date")?.trim();
    const isDate = !date || (/^\d{4}-\d\d-\d\d$/.test(date) && date >= "1900" && dayOf(Date.parse(date), "UTC") === date);
    if (date && (!isDate || time === undefined)) this.refused.add("on_date");
    if (time === undefined || !isDate) return this.now;
    const today = dayOf(this.now, this.zone);
    const at = momentOf(date || today, time, this.zone);
    const isBefore = this.infusions.length && (date || today) < this.infusions[0] && this.infusions[0] <= today;
    if (at <= this.now + 5 * MINUTE && !isBefore) return at;
    this.refused.add("at_time");
    return this.now;
  }

  readTemperature() {
    const text = (this.one("temperature") ?? "").trim();
    const value = text ? decimal(text) : undefined;
    const chosen = this.one("temperature_unit");
    if (text && (value === undefined || !chosen)) this.refused.add("temperature");
    if (value === undefined) return;
    const unit = chosen ?? (Number(value) < 45 ? "Cel" : "[degF]");
    const isPossible = (guess) => this.isPossible(guess.unit === "Cel" ? "temperature_celsius" : "temperature_fahrenheit", guess.value);
    const site = this.one("temperature_site");
    this.typed = { value, unit, ...(site && { site }) };
    if (isPossible(this.typed)) {
      this.temperature = this.typed;
      return;
    }
    this.refused.add("temperature");
    if (!chosen) return;
    const other = unit === "Cel" ? "[degF]" : "Cel";
    // What was probably meant: the other unit, or a lost decimal point.
    this.temperature = [[0, other], [-1, unit], [1, unit], [-2, unit], [-1, other]]
      .map(([by, each]) => ({ value: shifted(value, by), unit: each })).find(isPossible);
  }

  pressure(top, bottom, ifTrue) {
    let [systolic, diastolic] = [this.number(top, "systolic"), this.number(bottom, "diastolic")].map(({ typed, accepted }) => (ifTrue ? typed : accepted));
    const [upper, lower] = [this.number(top, "systolic").typed, this.number(bottom, "diastolic").typed];
    if (upper <= lower) this.refused.add(top);
    if (systolic < diastolic) [systolic, diastolic] = [diastolic, systolic];
    return systolic === undefined && diastolic === undefined ? undefined : { systolic, diastolic };
  }

  ticks(name) {
    const [ticked, asked] = [this.all(name), this.asks[name]];
    if (ticked.includes(NONE) && ticked.length > 1) this.refused.add(name);
    return {
      present: asked.filter((id) => ticked.includes(id)),
      absent: ticked.length === 1 && ticked[0] === NONE ? asked : [],
    };
  }

  checkIn(ifTrue) {
    const number = (name, kind) => this.number(name, kind)[ifTrue ? "typed" : "accepted"];
    const [percent, beats] = [number("oxygen", "oxygen_saturation"), number("pulse")];
    const [breaths, score] = [number("respiratory_rate"), number("neuro_score")];
    const capd = "capd_score" in this.asks ? number("capd_score") : undefined;
    const sitting = this.pressure("systolic", "diastolic", ifTrue);
    const signs = Object.keys(this.asks).filter((name) => name.startsWith("signs_")).map((name) => this.ticks(name));
    const list = (key) => signs.flatMap((each) => each[key]).sort();
    const noNumber = Boolean(this.one("no_oxygen_number"));
    return known({
      at: new Date(this.at).toISOString(),
      by: this.one("by") === "caregiver" ? "caregiver" : "patient",
      temperature: this.temperature ?? (ifTrue ? this.typed : undefined),
      blood_pressure: sitting && known({ ...sitting, position: this.one("position") }),
      standing_blood_pressure: known(this.pressure("standing_systolic", "standing_diastolic", ifTrue)),
      pulse: beats === undefined ? undefined : { value: beats, at_rest: this.one("at_rest") !== "no" },
      oxygen_saturation: percent ? { value: percent } : percent === 0 || noNumber ? { value: null, no_number: true } : undefined,
      respiratory_rate: breaths === undefined ? undefined : { value: breaths },
      neuro_check: score === undefined ? undefined : { score },
      capd: capd === undefined ? undefined : { score: capd },
      signs: list("present"),
      signs_absent: list("absent"),
      doses_absent: this.ticks("fever_medicine").absent,
      note: this.one("note")?.trim() || undefined,
    });
  }

  doses() {
    const agreed = { yes: true, no: false }[this.one("fever_medicine_agreed")];
    const time = this.time("fever_medicine_time");
    const day = dayOf(this.at, this.zone);
    let at = time === undefined ? this.at : momentOf(day, time, this.zone);
    if (at > this.at) at = momentOf(dayOf(Date.parse(day) - 1440 * MINUTE, "UTC"), time, this.zone);
    const reason = this.one("fever_medicine_reason") === "felt_hot" ? "felt_hot" : undefined;
    return this.ticks("fever_medicine").present.sort().map((medicine) =>
      known({ at: new Date(at).toISOString(), medicine, status: "taken", reason, agreed_with_team: agreed }));
  }
}

/** The same without what is unknown. */
export function known(data) {
  return data && Object.fromEntries(Object.entries(data).filter(([, value]) => value !== undefined && !(Array.isArray(value) && !value.length)));
}

/** What was answered: the check-in, the same if every refused number were true, its doses, and what was refused. */
export function read(fields, carry, possible, typedAt) {
  const form = new Form(fields, carry, possible, typedAt);
  return { checkIn: form.checkIn(false), ifTrue: form.checkIn(true), doses: form.doses(), refused: form.refused };
}
