// The list of what this browser keeps; the page says without script that nothing is kept.
"use strict";

const list = document.getElementById("saved");
const { lang } = document.documentElement;

async function row(pages, request) {
  const page = await pages.match(request, { ignoreVary: true });
  const { title } = new DOMParser().parseFromString(await page.text(), "text/html");
  const day = new Date(page.headers.get("Date"));
  // Without the guide's own name, which each title ends in.
  const name = title.slice(0, title.lastIndexOf(" – "));
  const when = day.toLocaleString(lang, { dateStyle: "long", timeStyle: "short" });
  const item = document.createElement("li");
  item.append(
    Object.assign(document.createElement("a"), { href: request.url, textContent: name }),
    Object.assign(document.createElement("time"), { dateTime: day.toISOString(), textContent: when }),
  );
  return item;
}

async function show() {
  const pages = await caches.open("pages");
  const requests = await pages.keys();
  list.replaceChildren(...(await Promise.all(requests.map((request) => row(pages, request)))));
  document.getElementById("saved-some").hidden = !requests.length;
  document.getElementById("saved-none").hidden = requests.length > 0;
}

document.getElementById("saved-delete").addEventListener("click", async () => {
  await caches.delete("pages");
  await show();
});

// Without TLS there is no such store, and in a private window it may be refused.
if ("caches" in window) show().catch(() => {});
