/* Reads a neuro check's fields as the server does: the twin of NeuroCheckForm and ChildCheckForm in
   diary/forms/neuro_check.py and of Answers in diary/domain/neuro_check.py. A test compares them over invented answers. */
import { Form, known } from "./check-in.js";

const TOO_SLEEPY = "neuro_check_refused_too_sleepy";
const WITHOUT_POINTS = ["skipped", "refused", "not_possible"];

/** How the person did: points item by item, or that they were too sleepy to do it. No answer is unknown. */
function adult(form, { points, never }) {
  const given = {};
  for (const [item, most] of Object.entries(points)) {
    const answer = form.one(item);
    if (answer === undefined || never.includes(item)) continue;
    if (WITHOUT_POINTS.includes(answer) || (/^\d$/.test(answer) && answer <= most)) given[item] = answer;
    else form.refused.add(item);
  }
  const isAnswered = Object.keys(given).length > 0;
  if (isAnswered) for (const item of never) given[item] = "not_possible";
  const scored = Object.keys(points).map((item) => [item, /^\d$/.test(given[item]) ? Number(given[item]) : null]);
  const hasPoints = scored.some(([, point]) => point !== null);
  const hasLost = scored.some(([item, point]) => point !== null && point < points[item]);
  const isTooSleepy = !["", "false"].includes(form.one("too_sleepy") ?? "");
  const done = isTooSleepy && !hasLost ? { not_done: "too_sleepy_or_confused" } : { items: hasPoints ? Object.fromEntries(scored) : {} };
  return {
    by: form.one("by") === "patient" ? "patient" : "caregiver",
    neuro_check: isAnswered ? { ...done, x_answers: given } : isTooSleepy ? done : undefined,
    // Points that were lost cannot say it themselves.
    signs: isTooSleepy && hasLost ? [TOO_SLEEPY] : [],
  };
}

/** How a young child behaves. */
function child(form) {
  const { present, absent } = form.ticks("signs");
  const score = "capd_score" in form.asks ? form.number("capd_score").accepted : undefined;
  return { by: "caregiver", signs: present.sort(), signs_absent: [...absent].sort(), capd: score === undefined ? undefined : { score } };
}

/** What was answered, in the shape of `read` in check-in.js. */
export function readNeuroCheck(fields, carry, possible, typedAt) {
  const asked = carry.neuro_check;
  const form = new Form(fields, { ...carry, asks: asked.asks ?? {} }, possible, typedAt);
  const checkIn = known({ at: new Date(form.now).toISOString(), ...(asked.asks ? child(form) : adult(form, asked)) });
  return { checkIn, ifTrue: checkIn, doses: [], refused: form.refused };
}
