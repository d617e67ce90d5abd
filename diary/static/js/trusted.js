/** The one place that makes the address of a script of text, which the content policy allows to it alone. */
const WORKER = "/worker.js";

const policy = globalThis.trustedTypes?.createPolicy("diary", {
  createScriptURL(path) {
    if (path !== WORKER) throw new TypeError("Only the diary's own worker is trusted.");
    return path;
  },
});

/** The worker's address, as ``navigator.serviceWorker.register`` wants it. */
export const workerAddress = policy ? policy.createScriptURL(WORKER) : WORKER;
