/** A page that was kept, or one that is opened to change what was not sent yet. */
import { diaryIn } from "./outbox.js";
import { store } from "./store.js";
import { sayWhose } from "./whose.js";

export async function prepareForm(form) {
  const { token } = form.elements;
  if (!token.value) {
    // Each opening of a page is one entry; a page that was kept cannot know which.
    token.value = crypto.randomUUID();
    await sayWhose(diaryIn(location.pathname));
  }
  const database = await store;
  const entry = location.hash.length > 1 ? await database.get("outbox", location.hash.slice(1)) : undefined;
  if (!entry) return;
  fill(form, entry);
  await typedThen(form, entry);
  // It is not sent as it is; what is saved from this page takes its place.
  await database.put("outbox", { ...entry, refused: true });
}

function fill(form, { fields }) {
  for (const element of form.elements) {
    const values = fields.filter(([name]) => name === element.name).map(([, value]) => value);
    if (["radio", "checkbox"].includes(element.type)) element.checked = values.includes(element.value);
    else if (element.name && !["csrf_token", "account"].includes(element.name)) element.value = values[0] ?? "";
  }
  for (const details of form.querySelectorAll("details")) details.open = true;
  if (form.matches(".steps")) form.classList.add("steps--all");
}

/** What was typed then is not of now: its time stands in the fields, on the patient's clock. */
async function typedThen({ elements }, { diary, typed_at: typedAt }) {
  const carry = await (await store).get("carry", diary);
  if (!elements.at_time || elements.at_time.value || !carry) return;
  const zone = { timeZone: carry.record.patient.time_zone };
  const at = new Date(typedAt);
  elements.on_date.value = new Intl.DateTimeFormat("en-CA", { ...zone, dateStyle: "short" }).format(at);
  elements.at_time.value = new Intl.DateTimeFormat("en-GB", { ...zone, timeStyle: "short" }).format(at);
}
