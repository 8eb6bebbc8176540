// Small comforts. Every page of the guide is whole without this file.
"use strict";

// What no reader waits for is fetched after the page is there: the styles for paper (without script
// the page names them itself), and htmx, only where it can redraw a part.
const { htmx: source, printStyles } = document.currentScript.dataset;
window.addEventListener("load", () => {
  const styles = Object.assign(document.createElement("link"), { rel: "stylesheet", media: "print" });
  styles.href = printStyles;
  document.head.append(styles);
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
