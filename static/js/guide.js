// Comes at the first sign of a reader's hand, before htmx. Every page of the guide is whole without both.
"use strict";

document.head.append(
  Object.assign(document.createElement("meta"), {
    name: "htmx-config",
    content: JSON.stringify({
      allowEval: false,
      allowScriptTags: false,
      historyCacheSize: 0, // a reader's pages stay out of the phone's storage
      includeIndicatorStyles: false, // the content-security policy would refuse them
      selfRequestsOnly: true,
    }),
  }),
);

// From the second page on the browser keeps what is read, for when there is no network (offline.js).
const { serviceWorker } = navigator;
if (serviceWorker && document.referrer.startsWith(`${location.origin}/`)) {
  serviceWorker.register("/sw.js").catch(() => {}); // a browser may refuse; then nothing is kept
  const emergency = document.querySelector('.site-nav a[href$="/first-ten-minutes/"]').href;
  const before = [emergency, document.referrer, location.href];
  if (!serviceWorker.controller) serviceWorker.ready.then(({ active }) => active.postMessage(before));
}

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
