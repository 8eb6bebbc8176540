// Inside every page: what a page can do before anything more is fetched, and when that is.
{
  const { printStyles, scripts } = document.currentScript.dataset;
  const waiting = scripts.split(" ");
  const add = (name, about) => document.head.append(Object.assign(document.createElement(name), about));
  const fetchScripts = () => {
    for (const src of waiting.splice(0)) add("script", { src, async: false });
  };

  addEventListener("load", () => {
    // After the page is painted; where there is no script the page names its print styles itself.
    setTimeout(add, 1000, "link", { rel: "stylesheet", media: "print", href: printStyles });
    // Nobody waits or pays for what comes at the first sign of a hand; htmx only if it can redraw a part.
    if (!document.querySelector("[hx-get], [hx-post]")) waiting.pop();
    for (const sign of ["keydown", "pointerover", "scroll"]) addEventListener(sign, fetchScripts, { once: true });
  });

  // The button does what the browser's own menu does.
  addEventListener("click", ({ target }) => target.closest("[data-print]") && print());
}
