// Comes at the first sign of a reader's hand, before htmx. Every page of the guide is whole without both.
"use strict";

document.head.append(
  Object.assign(document.createElement("meta"), {
    name: "htmx-config",
    content: JSON.stringify({
      allowEval: false,
      allowScriptTags: false,
      historyCacheSize: 0, // it would keep private pages as well; offline.js keeps public ones
      refreshOnHistoryMiss: true, // Back loads the page: as fresh as any, at its place, also offline
      includeIndicatorStyles: false, // the content-security policy would refuse them
      selfRequestsOnly: true,
    }),
  }),
);

// From the second page on the browser keeps what is read, for when there is no network (offline.js).
const { serviceWorker } = navigator;
const isSecondPage = document.referrer.startsWith(`${location.origin}/`);
if (serviceWorker && isSecondPage && !document.getElementById("saved")) {
  // Looked for again once a day, not with every page. A browser may refuse; then nothing is kept.
  serviceWorker.register("/sw.js", { updateViaCache: "all" }).catch(() => {});
  const before = [document.referrer, location.href];
  if (!serviceWorker.controller) serviceWorker.ready.then(({ active }) => active.postMessage(before));
}

// What was ticked or typed before htmx came is taken up once it is there: each form listens to one
// of these two.
const isChanged = ({ checked, defaultChecked, value, defaultValue }) =>
  checked !== defaultChecked || (defaultValue !== undefined && value !== defaultValue);
function takeUp() {
  for (const form of document.querySelectorAll("form[hx-get]")) {
    if (![...form.elements].some(isChanged)) continue;
    for (const type of ["change", "submit"]) form.dispatchEvent(new Event(type, { cancelable: true }));
  }
}
document.addEventListener("htmx:load", takeUp, { once: true });

// With no network a link is followed as a page, which the browser may have kept.
document.addEventListener("htmx:sendError", ({ detail: { requestConfig, pathInfo } }) => {
  const isTyping = (requestConfig.triggeringEvent || {}).type === "input";
  if (requestConfig.verb === "get" && !isTyping) location.assign(pathInfo.finalRequestPath);
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
