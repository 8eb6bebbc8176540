// Small comforts. Every page of the guide is whole without this file.
"use strict";

// After a part of the page was redrawn, move focus to it so that it is seen and spoken.
document.addEventListener("htmx:afterSwap", (event) => {
  const part = document.getElementById(event.detail.target.id);
  const heading = part && part.querySelector(".step__title");
  if (!heading) return;
  heading.tabIndex = -1;
  heading.focus();
});

// The button does what the browser's own menu does; without script the menu is enough.
document.addEventListener("DOMContentLoaded", () => {
  for (const button of document.querySelectorAll("[data-print]")) {
    button.parentElement.hidden = false;
    button.addEventListener("click", () => window.print());
  }
});
