// The boxes that search while one types stand in for a select; give them that select's label.
function nameSearchBoxes() {
  for (const select of document.querySelectorAll("select.admin-autocomplete")) {
    const [label] = select.labels;
    const parts = select.parentElement.querySelectorAll(
      ".select2-selection, .select2-selection__rendered",
    );
    if (!label) continue;
    label.id ||= `label-${select.id}`;
    for (const part of parts) {
      const own = part.getAttribute("aria-labelledby") || "";
      part.setAttribute("aria-labelledby", `${label.id} ${own}`.trim());
    }
  }
}

// On a slow machine jQuery makes those boxes after the page has loaded; it calls in turn, so after them.
window.addEventListener("load", () => window.django.jQuery(nameSearchBoxes));
