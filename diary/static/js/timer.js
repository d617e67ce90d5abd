/** Counts down to a reading that is asked for again, and says when the time has come: in the page and in its title. */
export function countDown(root) {
  const opened = Date.now();
  for (const timer of root.querySelectorAll(".timer")) {
    const left = timer.querySelector(".timer__left");
    if (!left) continue;
    // The server says how many seconds are left: this phone's clock may be wrong.
    const due = opened + Number(timer.dataset.seconds) * 1000;
    left.hidden = false;
    const tick = () => {
      const seconds = Math.ceil((due - Date.now()) / 1000);
      if (seconds > 0) {
        const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
        left.textContent = parts.map((part) => String(part).padStart(2, "0")).join(":");
        setTimeout(tick, 1000);
        return;
      }
      left.hidden = true;
      timer.classList.add("timer--due");
      timer.querySelector(".timer__due").textContent = timer.dataset.title;
      timer.querySelector(".nhsuk-button")?.classList.remove("nhsuk-button--secondary");
      document.title = `${timer.dataset.title} – ${document.title}`;
    };
    tick();
  }
}
