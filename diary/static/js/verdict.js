/** What the rules find in a check-in that waits on this phone, as far as the phone knows the record. */
import { judgeSince, unknownGroups } from "../rules/evaluator.js";
import { read } from "./check-in.js";
import { readNeuroCheck } from "./neuro-check.js";

const URGENT = ["call", "emergency"];

/** Judge one entry against the carry and everything else that waits. */
export function verdict(table, carry, others, entry) {
  const typed = (each) => (each.path.endsWith("/neuro-check/new") ? readNeuroCheck : read)(each.fields, carry, table.possible, each.typed_at);
  const earlier = others.filter((each) => each.id !== entry.id).map(typed);
  const { checkIn, ifTrue, doses, refused } = typed(entry);
  const since = [checkIn, ...doses].map(({ at }) => at).sort()[0];
  const recordWith = (version) => ({
    ...carry.record,
    check_ins: [...(carry.record.check_ins ?? []), ...earlier.map((each) => each.checkIn), version],
    doses: [...(carry.record.doses ?? []), ...earlier.flatMap((each) => each.doses), ...doses],
  });
  const judged = (version) => judgeSince(table, recordWith(version), since, version.at);
  const { findings, moment } = judged(checkIn);
  const known = new Set(findings.map(({ rule, urgency }) => `${rule} ${urgency}`));
  // A refused number is not saved; what it would mean is shown all the same.
  const odd = (refused.size ? judged(ifTrue).findings : []).filter(({ rule, urgency }) => URGENT.includes(urgency) && !known.has(`${rule} ${urgency}`));
  return {
    at: checkIn.at,
    findings: [...findings, ...odd],
    isRefused: refused.size > 0,
    unchecked: unknownGroups(moment),
    record: recordWith(checkIn),
  };
}
