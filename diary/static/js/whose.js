/** A page that this phone kept names nobody. Here the phone says whose diary it is: nobody may log for the wrong one. */
import { store } from "./store.js";

/** Put the name where the diary's own pages have it. */
export async function sayWhose(diary) {
  const title = document.querySelector(".masthead__title");
  const carry = await (await store).get("carry", diary);
  if (!carry || title.querySelector(".masthead__patient")) return;
  title.append(Object.assign(document.createElement("span"), { className: "masthead__patient", textContent: carry.name }));
}
