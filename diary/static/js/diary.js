/** What a page gains when scripts run. Nothing here is needed: the server checks and decides everything again. */

import { suggestTimeZone } from "./time-zone.js";
import { keepNoneExclusive } from "./none-of-these.js";
import { countDown } from "./timer.js";
import { guardAgainstDoubleSubmit } from "./submit-once.js";

suggestTimeZone(document);
keepNoneExclusive(document);
guardAgainstDoubleSubmit(document);
countDown(document);

// Without a connection. A first visit to a page that logs loads none of it.
const isLogging = document.querySelector("main [name=account]") !== null;
const isMember = document.querySelector("[data-waiting]") !== null;
if (navigator.serviceWorker?.controller || (navigator.serviceWorker && isMember && !isLogging)) import("./offline.js");
