// Everything works without this file; it only saves a step here and there. No page has a script of its own.
(() => {
  "use strict";
  const all = (what, within = document) => within.querySelectorAll(what);

  // What went wrong, or what was just done, is where a reader should begin.
  const first = document.querySelector("[data-focus]");
  if (first) {
    first.tabIndex = -1;
    first.focus();
    first.addEventListener("blur", () => first.removeAttribute("tabindex"), { once: true });
  }

  // A link in the error summary leads to the field and shows its question too.
  for (const link of all(".govuk-error-summary a[href^='#']")) {
    link.addEventListener("click", (event) => {
      const field = document.getElementById(link.hash.slice(1));
      if (!field) return;
      event.preventDefault();
      (field.closest("fieldset") || field.closest(".govuk-form-group") || field).scrollIntoView();
      field.focus({ preventScroll: true });
    });
  }

  // Leaving quickly also takes this page out of the way back.
  for (const link of all("[data-leave]")) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      document.title = "";
      document.body.replaceChildren();
      location.replace(link.href);
    });
  }

  // A form is sent once, however often its button is pressed; it can be sent again after coming back to the page.
  for (const form of all("form")) {
    let sent = false;
    form.addEventListener("submit", (event) => {
      if (sent && form.querySelector("[data-once]")) event.preventDefault();
      sent = true;
      setTimeout(() => { sent = false; }, 5000);
    });
  }

  // What only one answer needs is shown with that answer.
  for (const input of all("[data-reveals]")) {
    const needed = document.getElementById(input.dataset.reveals);
    if (!needed) continue;
    const show = () => {
      const group = all(`[name="${CSS.escape(input.name)}"][data-reveals="${CSS.escape(input.dataset.reveals)}"]`, input.form || document);
      needed.hidden = ![...group].some((one) => one.checked);
    };
    for (const one of all(`[name="${CSS.escape(input.name)}"]`, input.form || document)) one.addEventListener("change", show);
    show();
  }

  // A password can be looked at before it is sent.
  for (const input of all("[data-password]")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "govuk-button govuk-button--secondary f-password__show";
    const say = () => {
      const hidden = input.type === "password";
      button.textContent = hidden ? "Show" : "Hide";
      button.setAttribute("aria-label", hidden ? "Show password" : "Hide password");
    };
    button.addEventListener("click", () => {
      input.type = input.type === "password" ? "text" : "password";
      say();
    });
    input.form?.addEventListener("submit", () => { input.type = "password"; });
    input.after(button);
    say();
  }

  // Folded parts are printed open.
  addEventListener("beforeprint", () => {
    for (const folded of all("details:not([open])")) {
      folded.open = true;
      addEventListener("afterprint", () => { folded.open = false; }, { once: true });
    }
  });
})();
