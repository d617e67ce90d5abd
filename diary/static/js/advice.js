/** Draws advice out of the page's own templates: the same words, order and buttons as components/advice.html. */

const URGENCIES = ["emergency", "call", "today", "watch"];

export function copyOf(id) {
  return document.getElementById(id).content.cloneNode(true);
}

function lines(sentences, kind) {
  return sentences.map((sentence) => Object.assign(document.createElement("p"), { className: kind, textContent: sentence }));
}

export function items(sentences) {
  return sentences.map((textContent) => Object.assign(document.createElement("li"), { textContent }));
}

/** Whom to call, as buttons. */
export function numbers(urgency, carry) {
  return carry.numbers[urgency].map(([label, number, href], position) => {
    const item = copyOf(`number-${position ? "second" : urgency === "emergency" ? "emergency" : "team"}`);
    item.querySelector("a").href = href;
    item.querySelector(".call-button__label").textContent = label;
    item.querySelector(".call-button__number").textContent = number;
    return item;
  });
}

function card(urgency, findings, { carry, table, recheck, speaker }, said, isFirst) {
  const fill = (sentence) => sentence.replaceAll("%(emergency_number)s", carry.emergency_number).replaceAll("%(name)s", carry.name);
  const drawn = copyOf(`card-${urgency}`);
  const into = (name) => drawn.querySelector(name);
  const says = [...new Set(findings.map((finding) => fill(finding.says)))];
  const rechecks = findings.filter(({ level }) => level.recheck).map(({ level, time }) => recheck(time / 1000 + level.recheck * 1000));
  const steps = [...new Set(findings.flatMap(({ level }) => level.do.map(fill)))].filter((sentence) => !said.has(sentence));
  steps.forEach((sentence) => said.add(sentence));
  const isUrgent = urgency === "emergency" || urgency === "call";
  // In hospital the bell is nearer than any telephone, so that comes before everything else.
  const first = isUrgent && isFirst ? steps.splice(0, 1) : [];
  into("[data-first]").append(...lines(first, "advice__first"), ...lines(says, "advice__says"), ...lines([...new Set(rechecks)].slice(0, 1), "advice__when"));
  into("[data-more]").append(...lines(steps, "advice__do"));
  if (isFirst && urgency !== "watch") into(".advice__numbers").append(...numbers(urgency, carry));
  else into(".advice__numbers").remove();
  const { why } = into("[data-why]").dataset;
  into("[data-why]").append(...lines(findings.map(({ rule, says: sentence }) => `${fill(sentence)} ${why
    .replace("RULE", rule).replace("VERSION", table.version).replace("SOURCE", table.rules.find(({ id }) => id === rule).source)}`)));
  const because = into("[data-because]");
  const facts = speaker.because(findings);
  because.querySelector("ul").append(...items(facts));
  if (!isFirst || facts.length > 4) into("[data-why]").prepend(because);
  if (!isFirst) into(".advice").classList.add("advice--small");
  return drawn;
}

/** One card for each urgency, the most urgent first; only the first has the buttons. */
export function cards(findings, context) {
  const said = new Set();
  const urgencies = URGENCIES.filter((urgency) => findings.some((finding) => finding.urgency === urgency));
  return urgencies.map((urgency, position) => card(urgency, findings.filter((finding) => finding.urgency === urgency), context, said, !position));
}
