/* Offers reasons while someone types. Without this script the field is a plain text field; free text always counts. */
(function () {
  "use strict";

  function escaped(text) {
    const holder = document.createElement("span");
    holder.textContent = text;
    return holder.innerHTML;
  }

  /** Suggestions, then the person's own words unless they are a suggestion already. */
  function options(reasons, typed, wording) {
    const own = typed.trim();
    const names = window.reasonSearch.find(reasons, own);
    const same = names.some((name) => window.reasonSearch.fold(name) === window.reasonSearch.fold(own));
    const found = names.map((name) => ({ value: name, shown: name }));
    return own && !same ? [...found, { value: own, shown: wording.use.replace("{text}", () => own), own: true }] : found;
  }

  /** The library owns `aria-describedby`; the field's hint and error must stay in it. */
  function keepDescribed(input, ids) {
    const keep = () => {
      const now = (input.getAttribute("aria-describedby") || "").split(" ").filter(Boolean);
      const missing = ids.filter((id) => !now.includes(id));
      if (missing.length) input.setAttribute("aria-describedby", [...missing, ...now].join(" "));
    };
    new MutationObserver(keep).observe(input, { attributeFilter: ["aria-describedby"] });
    keep();
  }

  /** The library swallows Enter while its menu is open. With no suggestion chosen, Enter sends the person's own words. */
  function letEnterSend(wrapper, id) {
    wrapper.addEventListener(
      "keydown",
      (event) => {
        if (event.key === "Enter" && event.target.id === id) event.stopPropagation();
      },
      true,
    );
  }

  /** Leaving the box closes the list, and a button under it would move away between press and release: keep the box. */
  function holdStillForButtons(input) {
    input.form.addEventListener("mousedown", (event) => {
      if (document.activeElement === input && event.target.closest("button")) event.preventDefault();
    });
  }

  function enhance(box, rows) {
    const plain = box.querySelector("input[type=text]");
    const wording = box.dataset;
    const reasons = window.reasonSearch.prepare(rows);
    const wrapper = document.createElement("div");
    const focused = document.activeElement === plain;
    let found = 0;

    plain.replaceWith(wrapper);
    window.accessibleAutocomplete({
      element: wrapper,
      id: plain.id,
      name: plain.name,
      defaultValue: plain.value,
      confirmOnBlur: false,
      displayMenu: "inline",
      showNoOptionsFound: false,
      inputClasses: plain.className,
      menuAttributes: { "aria-labelledby": null, "aria-label": wording.list },
      source: (typed, show) => {
        const offered = options(reasons, typed, wording);
        found = offered.filter((option) => !option.own).length;
        show(offered);
      },
      templates: {
        inputValue: (option) => (typeof option === "string" ? option : option ? option.value : ""),
        suggestion: (option) => escaped(typeof option === "string" ? option : option.shown),
      },
      tAssistiveHint: () => wording.help,
      tStatusQueryTooShort: () => "",
      tStatusNoResults: () => "",
      tStatusSelectedOption: (option) => option,
      tStatusResults: (_length, chosen) => {
        const count = found === 0 ? wording.foundNone : found === 1 ? wording.foundOne : wording.foundOther;
        return `${count.replace("{n}", found)} ${chosen}`.trim();
      },
    });

    const input = document.getElementById(plain.id);
    if (plain.hasAttribute("aria-invalid")) input.setAttribute("aria-invalid", plain.getAttribute("aria-invalid"));
    keepDescribed(input, (plain.getAttribute("aria-describedby") || "").split(" ").filter(Boolean));
    letEnterSend(wrapper, plain.id);
    holdStillForButtons(input);
    if (focused) input.focus();
  }

  document.querySelectorAll("[data-reasons]").forEach((box) => {
    fetch(box.dataset.reasons)
      .then((answer) => answer.json())
      .then((rows) => enhance(box, rows));
  });
})();
