/* One patient's diary in the order of time, as plain facts: what the conditions look at.
   The twin of diary/rules/timeline.py; one case file and invented diaries prove the two the same. */

const SECOND = 1_000_000;
const PLACES = 12;
const CELSIUS = 9 * 10 ** PLACES;
const FAHRENHEIT = 5 * 10 ** PLACES;
const ANTI_CYTOKINE_NAMES = ["anakinra", "siltuximab", "emapalumab", "ruxolitinib"];
const NO_NUMBER = "oxygen_showed_no_number";
const TOO_SLEEPY = "neuro_check_refused_too_sleepy";
const BASELINES = {
  systolic_mmhg: ["systolic", "resting_systolic"],
  temperature_celsius: ["temperature"],
  oxygen_saturation_percent: ["oxygen_saturation"],
  pulse_per_minute: ["pulse", "pulse_not_at_rest"],
  neuro_score: ["neuro_score"],
  capd_score: ["capd_score"],
};

/** Whole microseconds since 1970 of an RFC 3339 time: exact, and small enough for a number. */
export function microseconds(text) {
  const parts = /^(\d{4})-(\d\d)-(\d\d)[Tt](\d\d):(\d\d):(\d\d)(?:\.(\d+))?(?:[Zz]|([+-])(\d\d):(\d\d))$/.exec(text);
  const [year, month, day, hour, minute, second] = parts.slice(1, 7).map(Number);
  const local = Date.UTC(year, month - 1, day, hour, minute, second) * 1000;
  const offset = parts[8] ? (Number(parts[9]) * 60 + Number(parts[10])) * (parts[8] === "-" ? -1 : 1) : 0;
  return local + Number((parts[7] ?? "").padEnd(6, "0").slice(0, 6)) - offset * 60 * SECOND;
}

/** A decimal of `unit` as whole numbers of the fine unit in which Celsius and Fahrenheit are both exact. */
export function fine(text, unit) {
  const [whole, places = ""] = String(text).split(".");
  const number = Number(whole + places.padEnd(PLACES, "0"));
  return unit === "Cel" ? number * 9 : (number - 32 * 10 ** PLACES) * 5;
}

function decimal(thousandths) {
  const text = String(thousandths).padStart(4, "0");
  return `${text.slice(0, -3)}.${text.slice(-3).replace(/0+$/, "") || "0"}`;
}

/** A fine temperature as a decimal of `unit`. */
export function degrees(value, unit) {
  const [scale, freezing] = unit === "Cel" ? [CELSIUS, 0n] : [FAHRENHEIT, 32_000n];
  return decimal((BigInt(value) * 1000n + BigInt(scale / 2)) / BigInt(scale) + freezing);
}

/** A fine difference of temperatures as a decimal of `unit`. */
export function degreesApart(value, unit) {
  const scale = unit === "Cel" ? CELSIUS : FAHRENHEIT;
  return decimal((BigInt(value) * 1000n + BigInt(scale / 2)) / BigInt(scale));
}

class Entry {
  constructor(checkIn) {
    this.at = checkIn.at;
    this.time = microseconds(checkIn.at);
    this.present = new Set(checkIn.signs);
    this.absent = new Set(checkIn.signs_absent);
    this.dosesAbsent = new Set(checkIn.doses_absent);
    this.readings = new Map();
    this.read(checkIn);
  }

  add(kind, value, text = "", unit = "") {
    if (!this.readings.has(kind)) this.readings.set(kind, []);
    this.readings.get(kind).push({ value, text, unit });
  }

  read(checkIn) {
    const { temperature, blood_pressure: pressure = {}, standing_blood_pressure: standing, pulse } = checkIn;
    const { oxygen_saturation: oxygen, respiratory_rate: breathing, neuro_check: check, capd } = checkIn;
    if (temperature) {
      const { value, unit } = temperature;
      this.add("temperature", fine(value, unit), value, unit);
    }
    if (pressure.systolic !== undefined) {
      this.add("systolic", pressure.systolic);
      this.add("resting_systolic", pressure.systolic);
    }
    if (pressure.diastolic !== undefined) this.add("resting_diastolic", pressure.diastolic);
    if (standing) {
      if (standing.systolic !== undefined) this.add("systolic", standing.systolic);
      const [position, other] = pressure.position === "lying" ? ["lying", "sitting"] : ["sitting", "lying"];
      for (const name of ["systolic", "diastolic"]) {
        if (pressure[name] === undefined || standing[name] === undefined) continue;
        this.add(`${name}_drop_from_${position}`, pressure[name] - standing[name]);
        this.add(`${name}_drop_from_${other}`, 0);
      }
    }
    if (pulse) this.add((pulse.at_rest ?? true) ? "pulse" : "pulse_not_at_rest", pulse.value);
    if (oxygen && (oxygen.value ?? null) === null) this.present.add(NO_NUMBER);
    else if (oxygen) {
      this.add("oxygen_saturation", oxygen.value);
      this.absent.add(NO_NUMBER);
    }
    if (breathing) this.add("respiratory_rate", breathing.value);
    if (check) {
      const points = Object.entries(check.items ?? {}).filter(([item]) => !item.startsWith("x_"));
      const score = check.score ?? (points.length ? points.reduce((sum, [, point]) => sum + (point ?? 0), 0) : null);
      if (score !== null) this.add("neuro_score", score);
      if (check.not_done !== undefined) this.present.add(TOO_SLEEPY);
    }
    if (capd) this.add("capd_score", capd.score);
  }
}

/** The facts of one diary, each kind in the order of time. */
export class Timeline {
  constructor(diary) {
    const { patient, care_plan: plan } = diary;
    this.bornOn = patient.born_on ?? null;
    this.localDate = new Intl.DateTimeFormat("en-CA", {
      timeZone: patient.time_zone, calendar: "iso8601", numberingSystem: "latn",
      year: "numeric", month: "2-digit", day: "2-digit",
    });
    this.profile = plan.profile;
    this.infusions = (plan.infusions ?? []).map((infusion) => infusion.on).sort();
    this.settings = {};
    if (plan.call_temperature_celsius !== undefined) {
      this.settings.call_temperature = fine(plan.call_temperature_celsius, "Cel");
    }
    this.usual = new Map();
    for (const [key, value] of Object.entries(plan.baseline ?? {})) {
      for (const kind of BASELINES[key] ?? []) this.usual.set(kind, kind === "temperature" ? fine(value, "Cel") : value);
    }
    const checkIns = diary.check_ins ?? [];
    const replaced = new Set(checkIns.map((checkIn) => checkIn.replaces).filter((id) => id !== undefined));
    this.entries = checkIns.filter((each) => !each.withdrawn && !replaced.has(each.id)).map((each) => new Entry(each));
    this.entries.sort((a, b) => a.time - b.time);
    this.doses = (diary.doses ?? []).map((dose) => ({
      ...dose,
      time: microseconds(dose.at),
      kind: ANTI_CYTOKINE_NAMES.includes(dose.medicine) ? "anti_cytokine" : dose.medicine,
    }));
    this.doses.sort((a, b) => a.time - b.time);
    this.series = new Map();
    for (const entry of this.entries) {
      for (const [kind, readings] of entry.readings) {
        if (!this.series.has(kind)) this.series.set(kind, []);
        for (const reading of readings) this.series.get(kind).push({ ...reading, entry, time: entry.time });
      }
    }
    this.times = [...new Set([...this.entries, ...this.doses].map((fact) => fact.time))].sort((a, b) => a - b);
  }

  /** The readings of a kind from `since` to `until`, both inclusive. */
  readings(kind, since, until) {
    return (this.series.get(kind) ?? []).filter(({ time }) => since <= time && time <= until);
  }

  entriesBetween(since, until) {
    return this.entries.filter(({ time }) => since <= time && time <= until);
  }

  dosesBetween(kind, since, until) {
    return this.doses.filter((dose) => (kind === "any" || dose.kind === kind) && since <= dose.time && dose.time <= until);
  }

  /** The patient's local date at `time`, as days since 1970 and as year, month and day. */
  localDay(time) {
    const part = {};
    for (const { type, value } of this.localDate.formatToParts(new Date(Math.floor(time / 1000)))) part[type] = value;
    const [year, month, day] = [part.year, part.month, part.day].map(Number);
    return { year, month, day, number: Date.UTC(year, month - 1, day) / 86_400_000 };
  }

  age({ year, month, day }) {
    if (this.bornOn === null) return 18;
    const [bornYear, bornMonth, bornDay] = this.bornOn.split("-").map(Number);
    return year - bornYear - (month < bornMonth || (month === bornMonth && day < bornDay) ? 1 : 0);
  }

  treatmentDay({ number }) {
    const past = this.infusions.map((on) => Date.parse(`${on}T00:00:00Z`) / 86_400_000).filter((day) => day <= number);
    return past.length ? number - Math.max(...past) : null;
  }
}
