// Warns before a session ends for lack of activity. The server alone decides when it does; without this script it only
// does so unannounced, and keeps what a late page brings.
(() => {
  "use strict";
  const template = document.getElementById("session-limit");
  if (!template) return;
  document.body.append(template.content.cloneNode(true));

  const wording = template.dataset;
  const warnSeconds = Number(wording.warnSeconds);
  const dialog = document.getElementById("session-warning");
  const [text, spoken, failed] = ["#session-warning-text", "[data-spoken]", "[data-failed]"].map((part) => dialog.querySelector(part));
  const title = document.title;
  const SHARED = "session-ends"; // milliseconds since 1970, for all tabs of this browser
  const SPOKEN_AT = [5, 2, 1]; // minutes

  let own; // when the session ends, as this tab last heard; counts where the tabs have no storage to share
  let refused = false; // more time was asked for, and the longest session leaves none
  let spokenMinutes;
  let over = false;

  const endsIn = (seconds) => {
    own = Date.now() + seconds * 1000;
    try { localStorage.setItem(SHARED, own); } catch { /* storage is switched off */ }
  };
  const ends = () => {
    try { return Number(localStorage.getItem(SHARED)) || own; } catch { return own; }
  };
  const inWords = (name, minutes) => (minutes === 1 ? wording[`${name}One`] : wording[name]).replace("{m}", minutes);

  const show = (minutes) => {
    text.textContent = inWords("text", minutes);
    document.title = inWords("title", minutes);
    if (!dialog.open) {
      spokenMinutes = minutes; // the dialog's own text is read when it opens
      dialog.showModal();
    } else if (minutes !== spokenMinutes && SPOKEN_AT.includes(minutes)) {
      spokenMinutes = minutes;
      spoken.textContent = inWords("spoken", minutes);
    }
  };

  const hide = () => {
    if (!dialog.open) return;
    dialog.close(); // gives the focus back
    document.title = title;
    spoken.textContent = "";
    failed.hidden = true;
  };

  // A page whose words the server keeps (a question's has `_made`) is sent as it stands: it keeps what was typed and asks
  // to log in. Any other is reloaded.
  const leave = () => {
    over = true;
    const form = document.getElementById("page-form");
    if (!form?.elements._made && !form?.elements._kept) return location.replace(location.pathname + location.search);
    const button = document.createElement("input");
    Object.assign(button, { type: "hidden", name: "_save_later", value: "1" });
    form.append(button);
    form.submit();
  };

  const tick = () => {
    if (over) return;
    const seconds = Math.ceil((ends() - Date.now()) / 1000);
    if (seconds <= 0) return leave();
    if (seconds > warnSeconds) {
      refused = false;
      return hide();
    }
    if (!refused || seconds <= 60) show(Math.ceil(seconds / 60));
  };

  const stay = async () => {
    const form = dialog.querySelector("[data-stay]");
    const answer = await fetch(form.action, { method: "POST", body: new FormData(form) }).catch(() => null);
    if (answer?.status === 401) return leave();
    if (answer?.status !== 204) {
      failed.textContent = wording.failed;
      failed.hidden = false;
      return;
    }
    endsIn(Number(answer.headers.get("Session-Seconds")));
    refused = true;
    hide();
    tick();
  };

  dialog.querySelector("[data-stay]").addEventListener("submit", (event) => {
    event.preventDefault();
    stay();
  });
  dialog.addEventListener("cancel", (event) => { // Escape
    event.preventDefault();
    stay();
  });
  endsIn(Number(wording.seconds));
  window.addEventListener("storage", tick);
  window.addEventListener("pageshow", tick);
  document.addEventListener("visibilitychange", tick);
  setInterval(tick, 1000);
  tick();
})();
