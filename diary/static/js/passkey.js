/** Asks the browser for a passkey and sends its answer with the form. Where there are no passkeys, no button shows. */
function offerPasskeys(root) {
  const isAble = typeof window.PublicKeyCredential?.parseRequestOptionsFromJSON === "function";
  for (const offer of isAble ? root.querySelectorAll("[data-passkey]") : []) {
    offer.hidden = false;
    offer.querySelector("button").addEventListener("click", () => answer(offer));
  }
}

async function answer(offer) {
  const problem = offer.querySelector("[data-passkey-problem]");
  const options = JSON.parse(offer.dataset.options);
  problem.hidden = true;
  try {
    const credential =
      offer.dataset.passkey === "create"
        ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) })
        : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
    const field = document.getElementById(offer.dataset.into);
    field.value = JSON.stringify(credential.toJSON());
    field.form.requestSubmit();
  } catch {
    // Somebody changed their mind, or the phone does not know them. The password is still there.
    problem.hidden = false;
  }
}

offerPasskeys(document);
