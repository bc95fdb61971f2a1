// Comfort around a file input: what was chosen, that it is not sent yet, and that a file is too large before it is sent.
// The server decides; without this script the page works the same, only later.
(() => {
  "use strict";
  const PATIENCE = 300000; // milliseconds; a stopped upload can be begun again after that, or by choosing again
  const form = document.querySelector("[data-upload]");
  const input = form.querySelector("input[type='file']");
  const state = document.getElementById("upload-state");
  const most = Number(form.dataset.megabytes) * 1024 * 1024;
  const tooLarge = () => input.files.length > 0 && input.files[0].size > most;
  let sentAt = -Infinity;

  const say = () => {
    const file = input.files[0];
    sentAt = -Infinity;
    if (!file) state.textContent = "";
    else state.textContent = tooLarge() ? form.dataset.tooLarge : form.dataset.notSent.replace("{name}", () => file.name);
    state.classList.toggle("portal-problem", tooLarge());
  };

  input.addEventListener("change", say);
  form.addEventListener("submit", (event) => {
    if (!input.files.length) return; // the server says what is missing
    if (tooLarge()) {
      event.preventDefault(); // minutes on a telephone's connection, for an answer that is known
      event.stopImmediatePropagation(); // nor does it count as a first tap
      say();
      input.focus();
      return;
    }
    if (event.timeStamp - sentAt < PATIENCE) return event.preventDefault(); // a second tap would begin anew
    sentAt = event.timeStamp;
    state.textContent = form.dataset.uploading;
  }, true);
  window.addEventListener("pageshow", say);
})();
