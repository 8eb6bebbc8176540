// The service worker: keeps the pages a reader opened, for when there is no network. It is served
// as /sw.js (views/offline.py), with MOST, how many pages are kept, and WORDS, the sentences by
// language, before it, and in one line: comments stand on lines of their own.

// Milliseconds after which a kept page is shown while a slow network still thinks.
const PATIENCE = 8000;
// The page that stands in for what is not kept, and is never dropped.
const EMERGENCY = "/first-ten-minutes/";

const opened = () => caches.open("pages");
const languageOf = (address) => new URL(address, location.origin).pathname.split("/")[1];

// Without the guide's own name, which each title ends in.
const titleOf = (html) => html.match(/<title>([^<]*) – /)[1];

// What the server calls public is the same for every reader; nothing else is kept.
const isPublic = (response) =>
  response.ok &&
  /\bpublic\b/.test(response.headers.get("Cache-Control")) &&
  /^text\/html/.test(response.headers.get("Content-Type"));

// The oldest pages go first.
async function keep(address, response) {
  if (!WORDS[languageOf(address)] || !isPublic(response)) return;
  const pages = await opened();
  await pages.put(address, response);
  const others = (await pages.keys()).filter(({ url }) => !url.endsWith(EMERGENCY));
  for (const request of others.slice(0, -MOST)) await pages.delete(request);
}

async function fetched(event) {
  const response = (await event.preloadResponse) || (await fetch(event.request));
  event.waitUntil(keep(event.request.url, response.clone()));
  return response;
}

async function noted(page, note) {
  const headers = new Headers(page.headers);
  headers.delete("Content-Encoding");
  headers.delete("Content-Length");
  const html = (await page.text()).replace(/<main[^>]*>/, `$&<div class="warning" role="note">${note}</div>`);
  return new Response(html, { headers });
}

function copy(page, language) {
  const words = WORDS[language];
  const day = new Date(page.headers.get("Date"));
  const when = day.toLocaleString(words.locale, { dateStyle: "long", timeStyle: "short" });
  return noted(page, `<p class="warning__title">${words.none}</p><p>${words.copy.replace("{when}", when)}</p>`);
}

async function emergency(language) {
  const pages = await opened();
  const page = await pages.match(`/${language}${EMERGENCY}`, { ignoreVary: true });
  if (!page) return Response.error();
  const links = [];
  for (const request of await pages.keys()) {
    if (languageOf(request.url) !== language) continue;
    const html = await (await pages.match(request, { ignoreVary: true })).text();
    links.push(`<li><a href="${request.url}">${titleOf(html)}</a></li>`);
  }
  const words = WORDS[language];
  return noted(
    page,
    `<p class="warning__title">${words.none}</p><p>${words.missing}</p><ul>${links.join("")}</ul>`,
  );
}

async function answered(event) {
  const language = languageOf(event.request.url);
  const kept = await (await opened()).match(event.request.url, { ignoreVary: true });
  const fresh = fetched(event);
  if (!kept) return fresh.catch(() => emergency(language));
  // What comes late is kept for the next time.
  event.waitUntil(fresh.catch(() => {}));
  const late = new Promise((_, reject) => setTimeout(reject, PATIENCE));
  return Promise.race([fresh, late]).catch(() => copy(kept, language));
}

addEventListener("install", () => skipWaiting());

addEventListener("activate", (event) => {
  const ready = [clients.claim(), registration.navigationPreload?.enable()];
  event.waitUntil(Promise.all(ready));
});

// The pages that were opened before there was anybody to keep them.
addEventListener("message", (event) => {
  const kept = event.data.map(async (address) => keep(address, await fetch(address)));
  event.waitUntil(Promise.all(kept));
});

addEventListener("fetch", (event) => {
  const { method, mode, url } = event.request;
  if (method === "GET" && mode === "navigate" && WORDS[languageOf(url)]) event.respondWith(answered(event));
});
