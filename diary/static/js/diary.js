/** What a page gains when scripts run. Nothing here is needed: the server checks and decides everything again. */

import { suggestTimeZone } from "./time-zone.js";
import { keepNoneExclusive } from "./none-of-these.js";
import { guardAgainstDoubleSubmit } from "./submit-once.js";

suggestTimeZone(document);
keepNoneExclusive(document);
guardAgainstDoubleSubmit(document);
