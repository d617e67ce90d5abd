"""What a browser measures of a page as it is now: functions in its language, each of which gives back the faults."""

TOO_WIDE = """() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    return scrollWidth > clientWidth ? [`The page is ${scrollWidth} px wide in a window of ${clientWidth} px.`] : [];
}"""

TOO_SMALL = """() => {
    const targets = document.querySelectorAll("a[href], button, summary, input:not([type=hidden]), select, textarea");
    const isInline = (element) => element.tagName === "A" && getComputedStyle(element).display === "inline"
        && element.parentElement.textContent.trim() !== element.textContent.trim();
    const box = (element) => {
        const own = element.getBoundingClientRect();
        if (!["checkbox", "radio"].includes(element.type)) return own;
        // What is tapped is the box together with its label.
        const label = document.querySelector(`label[for="${element.id}"]`).getBoundingClientRect();
        return { width: label.right - own.left, height: Math.max(own.height, label.height) };
    };
    return [...targets]
        .filter((element) => element.checkVisibility() && !isInline(element) && !element.closest(".nhsuk-skip-link"))
        .map((element) => [element, box(element)])
        .filter(([, { width, height }]) => width < 43.5 || height < 43.5)
        .map(([element, { width, height }]) => `${element.outerHTML.slice(0, 120)}: ${width} × ${height}`);
}"""

UNSEEN_FOCUS = """() => {
    const targets = "a[href], button, summary, input:not([type=hidden]), select, textarea, [tabindex='0']";
    const isRinged = (style) => (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2)
        || style.boxShadow !== "none";
    const label = (element) => document.querySelector(`label[for="${element.id}"]`);
    const isChoice = (element) => ["checkbox", "radio"].includes(element.type);
    const fault = (element) => {
        element.focus({ focusVisible: true });
        if (document.activeElement !== element) return "cannot have the focus";
        const shown = isChoice(element) ? getComputedStyle(label(element), "::before") : getComputedStyle(element);
        if (!isRinged(shown)) return "does not show the focus";
        const { left, right, top, bottom } = element.getBoundingClientRect();
        const x = (Math.max(left, 0) + Math.min(right, innerWidth)) / 2;
        const y = (Math.max(top, 0) + Math.min(bottom, innerHeight)) / 2;
        const hit = document.elementFromPoint(x, y);
        const isOfItsLabel = hit?.closest("label")?.control === element;
        const isSeen = hit?.contains(element) || element.contains(hit) || isOfItsLabel;
        return isSeen ? "" : `has the focus behind ${hit?.outerHTML.slice(0, 80)}`;
    };
    return [...document.querySelectorAll(targets)]
        .filter((element) => element.checkVisibility())
        .map((element) => [element, fault(element)])
        .filter(([, text]) => text)
        .map(([element, text]) => `${element.outerHTML.slice(0, 120)} ${text}`);
}"""
"""Give the focus to all that can have it: a ring shows it, and no bar covers it (WCAG 2.4.7 and 2.4.11)."""

SPACED = """() => {
    // As WCAG 1.4.12 gives it. A sheet that a script makes is no inline style.
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`
        * { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }
        p { margin-bottom: 2em !important }
    `);
    document.adoptedStyleSheets = [sheet];
}"""

CUT = """() => [...document.querySelectorAll("body *")]
    .filter((element) => element.checkVisibility() && element.clientWidth > 1 && element.clientHeight > 1)
    .filter((element) => element.textContent.trim() && ["hidden", "clip"].includes(getComputedStyle(element).overflowX))
    .filter(({ scrollWidth, clientWidth, scrollHeight, clientHeight }) =>
        scrollWidth > clientWidth + 1 || scrollHeight > clientHeight + 1)
    .map((element) => `${element.outerHTML.slice(0, 120)} is cut`)"""
"""Text that is not all to be seen. What is one pixel wide, or a line, is meant to be read out alone."""
