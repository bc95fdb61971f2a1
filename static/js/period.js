// Says how long the period between the two dates is, with its weekdays: a swapped day and month shows. The server decides.
(() => {
  "use strict";
  const DAY = 86_400_000; // milliseconds
  const weekday = new Intl.DateTimeFormat(document.documentElement.lang, { weekday: "long", timeZone: "UTC" });

  /** The day that "1/19/2023", or a date box's "2023-01-19", names; null for what is no day yet. */
  const dayOf = (typed) => {
    const found = /^\s*(\d{1,2})\/(\d{1,2})\/(\d{4})\s*$/.exec(typed);
    const iso = found ? `${found[3]}-${found[1].padStart(2, "0")}-${found[2].padStart(2, "0")}` : typed.trim();
    const day = /^\d{4}-\d{2}-\d{2}$/.test(iso) ? new Date(`${iso}T00:00Z`) : new Date(NaN);
    return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(iso) ? day : null; // February 30 reads as March 2
  };

  document.addEventListener("DOMContentLoaded", () => {
    const box = document.querySelector("[data-period]");
    if (!box) return;
    const form = document.getElementById("page-form");
    const output = box.querySelector("output");
    const typedDay = (name) => dayOf(form.elements[name]?.value || ""); // the calendar puts a box of its own there

    const show = () => {
      const [first, last] = [typedDay("first_day"), typedDay("last_day")];
      const days = first && last ? (last - first) / DAY + 1 : 0;
      const { one, many } = output.dataset;
      const words = days < 1 ? "" : (days === 1 ? one : many)
        .replace("{n}", days.toLocaleString(document.documentElement.lang))
        .replace("{first}", weekday.format(first))
        .replace("{last}", weekday.format(last));
      if (words !== output.textContent) output.textContent = words;
    };
    box.hidden = false;
    ["input", "change"].forEach((event) => form.addEventListener(event, show));
    show();
  });
})();
