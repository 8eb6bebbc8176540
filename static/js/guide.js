// Small comforts. Every page of the guide is whole without this file.
"use strict";

// htmx only redraws parts of a page, so it is fetched after everything a reader waits for, and only
// where a part can be redrawn.
const { htmx: source } = document.currentScript.dataset;
window.addEventListener("load", () => {
  if (!document.querySelector("[hx-get], [hx-post]")) return;
  const script = document.createElement("script");
  script.src = source;
  document.head.append(script);
});

// After a part of the page was redrawn, say what it shows now; where the reader pressed a link
// inside the part itself, that link is gone, so focus goes to the part's heading.
document.addEventListener("htmx:afterSwap", (event) => {
  const part = document.getElementById(event.detail.target.id);
  if (!part) return;
  document.getElementById("status").textContent = part.dataset.status || "";
  if (document.activeElement !== document.body) return;
  const heading = part.querySelector("h2, h3");
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
