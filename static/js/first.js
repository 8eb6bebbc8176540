// Inside every page: what a page can do before anything more is fetched, and when that is.
{
  const { head } = document;
  const waiting = document.currentScript.dataset.scripts.split(" ");
  const fetchScripts = () => {
    for (const src of waiting.splice(0)) {
      head.append(Object.assign(document.createElement("script"), { src, async: false }));
    }
  };

  addEventListener("load", () => {
    // The styles for paper, which the page names for readers without script, once it is painted.
    const styles = head.querySelector("noscript");
    if (styles) setTimeout(() => (styles.outerHTML = styles.textContent), 300);
    // Nobody waits or pays for what comes at the first sign of a hand; htmx only if it can redraw a part.
    if (!document.querySelector("[hx-get], [hx-post]")) waiting.pop();
    for (const sign of ["keydown", "pointerover"]) addEventListener(sign, fetchScripts, { once: true });
  });

  // Back, after a reload, to what htmx had redrawn: without it the address alone would change.
  addEventListener("popstate", ({ state }) => {
    if (state && state.htmx && !window.htmx) location.reload();
  });

  // The button does what the browser's own menu does.
  addEventListener("click", ({ target }) => target.closest("[data-print]") && print());
}
