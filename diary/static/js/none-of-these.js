/** Ticking "none of these" takes the other ticks away, and the other way round. The form refuses both together. */
export function keepNoneExclusive(root) {
  root.addEventListener("change", ({ target }) => {
    if (target.type !== "checkbox" || !target.checked) return;
    const isExclusive = target.dataset.behaviour === "exclusive";
    const group = [...(target.form ?? root).querySelectorAll('input[type="checkbox"]')].filter(
      (box) => box.name === target.name && box !== target,
    );
    for (const box of group) {
      if (isExclusive || box.dataset.behaviour === "exclusive") box.checked = false;
    }
  });
}
