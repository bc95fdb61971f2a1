// Keeps the list of messages fresh. Without it the page has a link that loads it again.
(() => {
  "use strict";
  const list = document.getElementById("messages");
  let shown = "";
  async function refresh() {
    try {
      const answer = await fetch(list.dataset.address, { headers: { Accept: "text/html" } });
      const text = await answer.text();
      if (answer.ok && text !== shown) {
        list.innerHTML = text; // our own server's, escaped there
        shown = text;
      }
    } finally {
      setTimeout(refresh, 1000);
    }
  }
  refresh();
})();
