// While a file is being checked: looks now and then whether it is done, and shows what the page says then.
(() => {
  "use strict";
  const WAITS = [1000, 1500, 2500, 4000, 6000, 10000, 15000, 30000]; // milliseconds
  const look = async (turn) => {
    const place = document.getElementById("paper");
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } }).catch(() => null);
    if (answer?.ok && !answer.redirected) {
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.getElementById("paper");
      if (!fresh) return;
      if (!("checking" in fresh.dataset)) {
        place.replaceChildren(...fresh.childNodes);
        const actions = page.querySelector(".portal-actions");
        if (actions) document.querySelector(".portal-actions")?.replaceWith(actions);
        return;
      }
    }
    if (turn < WAITS.length) setTimeout(() => look(turn + 1), WAITS[turn]);
  };
  setTimeout(() => look(0), 700);
})();
