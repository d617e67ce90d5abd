/** Fills an empty time-zone field with the zone that this phone or computer is in. */
export function suggestTimeZone(root) {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (!zone) return;
  for (const field of root.querySelectorAll('[data-suggest="time-zone"]')) {
    if (field.value) continue;
    // A list takes only what it offers; assigning another value would leave it blank.
    const isOffered = field.tagName !== "SELECT" || [...field.options].some((option) => option.value === zone);
    if (isOffered) field.value = zone;
  }
}
