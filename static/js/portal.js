// Comfort on top of pages that work without it. No rule lives here: the server decides, and nothing blocks a submit.
(() => {
  "use strict";
  const each = (selector, act) => document.querySelectorAll(selector).forEach(act);
  const announcer = () => {
    let region = document.getElementById("announcer");
    if (!region) {
      region = document.createElement("div");
      region.id = "announcer";
      region.className = "usa-sr-only";
      region.setAttribute("role", "status");
      document.body.append(region);
    }
    return region;
  };

  // What went wrong, or what is new, is where reading begins.
  const focusNews = () => (document.getElementById("error-summary") || document.getElementById("news"))?.focus();

  // A link of the error summary puts the cursor into its field.
  const followErrorLinks = () =>
    each("#error-summary a[href^='#']", (link) =>
      link.addEventListener("click", (event) => {
        const field = document.getElementById(link.hash.slice(1));
        if (!field) return;
        event.preventDefault();
        field.focus();
        (field.closest(".portal-question") || field).scrollIntoView({ block: "nearest" });
      }));

  // A question that applies only after a certain answer.
  const revealFollowUps = () =>
    each("[data-shown-when]", (question) => {
      const { shownWhen, shownValue } = question.dataset;
      const controls = [...document.getElementsByName(shownWhen)];
      const update = () => {
        const answer = controls.find((control) => control.checked || control.tagName === "SELECT");
        question.hidden = answer?.value !== shownValue;
      };
      controls.forEach((control) => control.addEventListener("change", update));
      update();
    });

  const addPasswordButtons = () =>
    each("[data-password]", (wrapper) => {
      const input = wrapper.querySelector("input");
      const { show, hide, showLabel, hideLabel, shown, hidden } = wrapper.dataset;
      const button = document.createElement("button");
      button.type = "button";
      button.className = "usa-button usa-button--unstyled portal-password__toggle";
      button.setAttribute("aria-controls", input.id);
      const set = (visible) => {
        input.type = visible ? "text" : "password";
        button.textContent = visible ? hide : show;
        button.setAttribute("aria-label", visible ? hideLabel : showLabel);
      };
      button.addEventListener("click", () => {
        const visible = input.type === "password";
        set(visible);
        announcer().textContent = visible ? shown : hidden;
      });
      input.form.addEventListener("submit", () => set(false)); // so that no browser remembers it as plain text
      set(false);
      wrapper.append(button);
    });

  // A second tap within two seconds is ignored. The button stays where it is: a slow answer can be sent again.
  const guardSubmits = () =>
    each("form[method='post']", (form) => {
      let sentAt = -Infinity;
      form.addEventListener("submit", (event) => {
        if (event.timeStamp - sentAt < 2000) return event.preventDefault();
        sentAt = event.timeStamp;
        if (form.dataset.submitting) announcer().textContent = form.dataset.submitting;
      });
      window.addEventListener("pageshow", (event) => { if (event.persisted) sentAt = -Infinity; });
    });

  const countCharacters = () =>
    each("[data-max-characters]", (box) => {
      const most = Number(box.dataset.maxCharacters);
      const count = document.createElement("div");
      count.className = "usa-hint";
      count.setAttribute("aria-hidden", "true");
      box.after(count);
      const { left, over } = box.dataset;
      const update = () => {
        const rest = most - box.value.length;
        count.textContent = (rest < 0 ? over : left).replace("{n}", Math.abs(rest).toLocaleString(document.documentElement.lang));
      };
      let pause;
      box.addEventListener("input", () => {
        update();
        clearTimeout(pause);
        pause = setTimeout(() => { announcer().textContent = count.textContent; }, 1000);
      });
      update();
    });

  // Dates and times: the telephone's own wheel under a thumb, a calendar under a mouse. Both are left alone when the
  // box holds something they could not show, so that nothing typed is lost.
  const touch = window.matchMedia("(hover: none) and (pointer: coarse)").matches;

  const isoDate = (typed) => {
    const found = /^\s*(\d{1,2})\/(\d{1,2})\/(\d{4})\s*$/.exec(typed);
    const iso = found ? `${found[3]}-${found[1].padStart(2, "0")}-${found[2].padStart(2, "0")}` : typed;
    const day = /^\d{4}-\d{2}-\d{2}$/.test(iso) ? new Date(`${iso}T00:00Z`) : new Date(NaN);
    return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(iso) ? iso : ""; // February 30 reads as March 2
  };

  const isoTime = (typed) => {
    const found = /^\s*(\d{1,2}):(\d{2}) ([AP])M\s*$/.exec(typed);
    if (!found) return "";
    const hour = (Number(found[1]) % 12) + (found[3] === "P" ? 12 : 0);
    return `${String(hour).padStart(2, "0")}:${found[2]}`;
  };

  const enhanceDates = () =>
    each("[data-date-input]", (wrapper) => {
      const input = wrapper.querySelector("input");
      const { earliest, latest } = input.dataset;
      const iso = isoDate(input.value);
      if (input.value && !iso) return;
      if (touch) {
        input.type = "date";
        input.value = iso;
        if (earliest) input.min = earliest;
        if (latest) input.max = latest;
        return;
      }
      if (earliest) wrapper.dataset.minDate = earliest;
      if (latest) wrapper.dataset.maxDate = latest;
      if (iso) wrapper.dataset.defaultValue = iso;
      wrapper.classList.add("usa-date-picker"); // uswds.min.js, which follows, turns these into calendars
      new MutationObserver((_changes, observer) => {
        const button = wrapper.querySelector(".usa-date-picker__button");
        if (!button) return;
        button.setAttribute("aria-label", wrapper.dataset.calendarLabel);
        observer.disconnect();
      }).observe(wrapper, { childList: true, subtree: true });
    });

  const enhanceTimes = () => {
    if (!touch) return;
    each("[data-time]", (input) => {
      const iso = isoTime(input.value);
      if (input.value && !iso) return;
      input.type = "time";
      input.value = iso;
      const companion = document.getElementsByName(`${input.name}_fmt`)[0];
      if (companion) companion.value = "24";
    });
  };

  const offerPrinting = () =>
    each("[data-print]", (button) => {
      button.hidden = false;
      button.addEventListener("click", () => window.print());
    });

  focusNews();
  followErrorLinks();
  revealFollowUps();
  addPasswordButtons();
  guardSubmits();
  countCharacters();
  enhanceDates();
  enhanceTimes();
  offerPrinting();
})();
