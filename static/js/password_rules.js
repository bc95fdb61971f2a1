// Says beside each rule for a new password whether what is typed meets it. The server decides: nothing is held back here.
(() => {
  "use strict";
  const list = document.querySelector("[data-password-rules]");
  const box = list?.closest("form")?.elements.password;
  if (!box) return;
  const { met, notMet } = list.dataset;

  const rules = [...list.children].map((line) => {
    const state = document.createElement("strong");
    state.className = "portal-rule-state";
    line.append(" ", state);
    return { line, state, text: line.firstChild.textContent.trim(), pattern: new RegExp(line.dataset.pattern, "u") };
  });
  const spoken = document.createElement("div");
  spoken.className = "usa-sr-only";
  spoken.setAttribute("role", "status");
  list.after(spoken);

  const show = () => {
    const typed = box.value.normalize("NFKC"); // what the server counts
    for (const { line, state, pattern } of rules) {
      const fits = pattern.test(typed);
      line.classList.toggle("portal-rule-met", fits);
      state.textContent = fits ? met : notMet;
    }
  };
  const say = () => {
    spoken.textContent = rules.map(({ text, state }) => `${text}: ${state.textContent}`).join(". ");
  };
  let pause;
  box.addEventListener("input", () => {
    show();
    clearTimeout(pause);
    pause = setTimeout(say, 1000);
  });
  show();
})();
