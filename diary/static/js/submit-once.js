/** A second tap on a slow line sends the form once. The server knows a replayed form too, by its id. */
const PAUSE = 4000;

export function guardAgainstDoubleSubmit(root) {
  const sent = new WeakMap();
  root.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || (form.method ?? "").toLowerCase() !== "post") return;
    const before = sent.get(form);
    // After a pause another try is allowed: the first may have been lost on the way.
    if (before !== undefined && event.timeStamp - before < PAUSE) event.preventDefault();
    else sent.set(form, event.timeStamp);
  });
}
