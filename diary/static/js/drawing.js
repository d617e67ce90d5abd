/** A pad to draw on with a finger or a pen. What is drawn goes into the form's own file field, as if it were a photo. */
const SIZE = { width: 1200, height: 900 };
const PEN = 6;

export function offerPads(root) {
  for (const pad of root.querySelectorAll("[data-pad]")) offerPad(pad, pad.closest("form").querySelector("[type=file]"));
}

function offerPad(pad, field) {
  const canvas = Object.assign(document.createElement("canvas"), SIZE, { className: "pad__canvas" });
  canvas.role = "img";
  canvas.ariaLabel = pad.dataset.label;
  const again = Object.assign(document.createElement("button"), {
    type: "button", className: "nhsuk-button nhsuk-button--secondary", textContent: pad.dataset.again,
  });
  const ink = canvas.getContext("2d");
  const clear = () => {
    ink.fillStyle = "white";
    ink.fillRect(0, 0, SIZE.width, SIZE.height);
    Object.assign(ink, { strokeStyle: "black", lineWidth: PEN, lineCap: "round", lineJoin: "round" });
  };
  const place = (event) => {
    const box = canvas.getBoundingClientRect();
    const scale = SIZE.width / box.width;
    return [(event.clientX - box.left) * scale, (event.clientY - box.top) * scale];
  };
  const strokes = new Map();

  canvas.addEventListener("pointerdown", (event) => {
    canvas.setPointerCapture(event.pointerId);
    strokes.set(event.pointerId, place(event));
    draw(event); // A dot over an i is a stroke, too.
  });
  canvas.addEventListener("pointermove", (event) => strokes.has(event.pointerId) && draw(event));
  for (const end of ["pointerup", "pointercancel"]) {
    canvas.addEventListener(end, (event) => strokes.delete(event.pointerId) && keep());
  }
  again.addEventListener("click", () => {
    clear();
    field.value = "";
  });

  function draw(event) {
    for (const step of event.getCoalescedEvents?.().concat(event) ?? [event]) {
      ink.beginPath();
      ink.moveTo(...strokes.get(event.pointerId));
      strokes.set(event.pointerId, place(step));
      ink.lineTo(...strokes.get(event.pointerId));
      ink.stroke();
    }
  }

  function keep() {
    canvas.toBlob((blob) => {
      const files = new DataTransfer();
      files.items.add(new File([blob], "drawing.png", { type: "image/png" }));
      field.files = files.files;
    }, "image/png");
  }

  clear();
  pad.append(canvas, again);
}

offerPads(document);
