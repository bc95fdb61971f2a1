// Shows how long the typed times are, as the server will count them. On a night on which the clocks change only the server says.
(() => {
  "use strict";
  const TYPED = /^([0-9]{1,2})(?::?([0-9]{2}))?([ap])?m?$/;

  /** Minutes from midnight of "8:00 AM", "8pm", "1330", or of a time box's "08:00"; null for what is not a time yet. */
  const minutesOf = (input) => {
    const found = TYPED.exec(input.value.toLowerCase().replace(/[\s.]/g, ""));
    if (!found) return null;
    const [hour, minute, half] = [Number(found[1]), Number(found[2] || 0), found[3]];
    if (hour > 23 || minute > 59 || (half && (hour < 1 || hour > 12))) return null;
    if (!half) return input.type === "time" || hour > 12 || (hour === 0 && found[2]) ? hour * 60 + minute : null;
    return ((hour % 12) + (half === "p" ? 12 : 0)) * 60 + minute;
  };

  const twoDigits = (number) => String(number).padStart(2, "0");

  const lengthOf = (start, end) => {
    const [from, to] = [minutesOf(start), minutesOf(end)];
    if (from === null || to === null || from === to) return "";
    const minutes = (to - from + 1440) % 1440;
    return `${twoDigits(Math.floor(minutes / 60))}:${twoDigits(minutes % 60)}`;
  };

  document.addEventListener("DOMContentLoaded", () => {
    const box = document.querySelector("[data-duration]");
    if (!box) return;
    const [start, end] = ["start", "end"].map((name) => document.querySelector(`[name=${name}]`));
    const output = box.querySelector("output");
    const show = () => {
      output.textContent = lengthOf(start, end) || "–";
    };
    box.hidden = false;
    [start, end].forEach((input) => input.addEventListener("input", show));
    show();
  });
})();
