// Passkeys: hands what the server asks to the browser, and what the browser signed to the page's form. Without this
// script, or in a browser without passkeys, the page says so and shows the other ways.
(() => {
  "use strict";
  if (!window.PublicKeyCredential) return;
  const all = (selector) => [...document.querySelectorAll(selector)];
  all("[data-needs-passkeys]").forEach((element) => { element.hidden = false; });
  all("[data-without-passkeys]").forEach((element) => { element.hidden = true; });

  const asked = document.querySelector("[data-passkey]");
  if (!asked) return;
  const form = asked.closest("form");

  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (char) => char.charCodeAt(0));
  const text = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=/g, "");
  const known = (credentials) => (credentials || []).map((one) => ({ ...one, id: bytes(one.id) }));

  const read = (options) => ({
    ...options,
    challenge: bytes(options.challenge),
    ...(options.user && { user: { ...options.user, id: bytes(options.user.id) } }),
    ...(options.excludeCredentials && { excludeCredentials: known(options.excludeCredentials) }),
    ...(options.allowCredentials && { allowCredentials: known(options.allowCredentials) }),
  });

  const PARTS = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"];
  const written = (credential) => {
    const response = {};
    for (const part of PARTS) if (credential.response[part]) response[part] = text(credential.response[part]);
    if (credential.response.getTransports) response.transports = credential.response.getTransports();
    return JSON.stringify({
      id: credential.id,
      rawId: text(credential.rawId),
      type: credential.type,
      response,
      clientExtensionResults: credential.getClientExtensionResults(),
    });
  };

  const say = (name) =>
    ["failed", "known"].forEach((one) => {
      const alert = document.querySelector(`[data-passkey-${one}]`);
      if (alert) alert.hidden = one !== name;
    });

  // The server checks the rest of the form, and asks anew when it is not right.
  form.addEventListener("submit", async (event) => {
    if (event.submitter?.name) return; // another button: the language
    event.preventDefault();
    say();
    try {
      const publicKey = read(JSON.parse(asked.dataset.options));
      form.elements.credential.value = written(await navigator.credentials[asked.dataset.passkey]({ publicKey }));
      form.submit();
    } catch (error) {
      say(error.name === "InvalidStateError" ? "known" : "failed");
    }
  });
})();
