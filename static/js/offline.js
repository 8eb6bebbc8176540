// The service worker: keeps the pages a reader opened, for when there is no network. It is served
// as /sw.js (views/offline.py), with MOST, how many pages are kept, and WORDS, the sentences by
// language, before it.

const PATIENCE = 8000; // ms after which a kept page is shown while a slow network still thinks
const LANGUAGES = Object.keys(WORDS);
const DOORS = ["/", "/10"]; // addresses that lead on to a page in the reader's language
const EMERGENCY = "/first-ten-minutes/"; // stands in for what is not kept, and is never dropped

const opened = () => caches.open("pages");
const pathOf = (address) => new URL(address, location.origin).pathname;
const languageOf = (address) => pathOf(address).split("/")[1];
const found = async (address) => (await opened()).match(address, { ignoreVary: true });

// What the server calls public is the same for every reader; nothing else is kept, nor the page
// that lists what is kept.
const isKept = (address, response) =>
  WORDS[languageOf(address)] &&
  !pathOf(address).endsWith("/saved/") &&
  response.ok &&
  /\bpublic\b/.test(response.headers.get("Cache-Control")) &&
  /^text\/html/.test(response.headers.get("Content-Type"));

// The oldest pages go first; a page that is gone from the guide goes at once.
async function keep(address, response) {
  const pages = await opened();
  const [place] = address.split("#");
  if ([404, 410].includes(response.status)) await pages.delete(place, { ignoreVary: true });
  if (!isKept(place, response)) return;
  await pages.put(place, response);
  const urgent = `/${languageOf(place)}${EMERGENCY}`;
  if (!(await found(urgent))) await pages.add(urgent);
  const others = (await pages.keys()).filter(({ url }) => !pathOf(url).endsWith(EMERGENCY));
  for (const request of others.slice(0, -MOST)) await pages.delete(request, { ignoreVary: true });
}

async function fetched(event) {
  const response = (await event.preloadResponse) || (await fetch(event.request));
  event.waitUntil(keep(event.request.url, response.clone()));
  return response;
}

// The page with a note above its content. Its texts are put in by functions: "$" means itself.
async function noted(page, text, more = "") {
  const headers = new Headers(page.headers);
  headers.delete("Content-Encoding");
  headers.delete("Content-Length");
  const title = `<p class="warning__title">${WORDS[languageOf(page.url)].none}</p>`;
  const note = `<div class="warning" role="note">${title}<p>${text}</p>${more}</div>`;
  const html = (await page.text()).replace(/<main[^>]*>/, (main) => main + note);
  return new Response(html, { headers });
}

function copy(page) {
  const words = WORDS[languageOf(page.url)];
  const day = new Date(page.headers.get("Date"));
  const when = day.toLocaleString(words.locale, { dateStyle: "long", timeStyle: "short" });
  return noted(page, words.copy.replace("{when}", () => when));
}

async function link({ url }) {
  const [, title] = (await (await found(url)).text()).match(/<title>([^<]*)/) || ["", url];
  // Without the guide's own name, in which each title ends.
  return `<li><a href="${url}">${title.replace(/ – [^–]*$/, "")}</a></li>`;
}

// In the reader's language if it is there, else in the other one.
async function emergency(language) {
  const languages = [language, ...LANGUAGES].filter((one) => WORDS[one]);
  const pages = await Promise.all(languages.map((one) => found(`/${one}${EMERGENCY}`)));
  const page = pages.find(Boolean);
  if (!page) return Response.error();
  const own = languageOf(page.url);
  const requests = (await (await opened()).keys()).filter(({ url }) => languageOf(url) === own);
  const links = await Promise.all(requests.map(link));
  const { missing, these } = WORDS[own];
  const list = `<details><summary>${these} ${links.length}</summary><ul>${links.join("")}</ul></details>`;
  return noted(page, missing, list);
}

async function answered(event) {
  const { url } = event.request;
  const fresh = fetched(event);
  // A step by itself is a part of its page, which is whole without it.
  const kept = (await found(url)) || (await found(url.split("?step=")[0]));
  if (!kept) return fresh.catch(() => emergency(languageOf(url)));
  event.waitUntil(fresh.catch(() => {})); // what comes late is kept for the next time
  const usable = fresh.then((response) => (response.status < 500 ? response : Promise.reject()));
  const late = new Promise((_, reject) => setTimeout(reject, PATIENCE));
  return Promise.race([usable, late]).catch(() => copy(kept));
}

addEventListener("install", () => skipWaiting());

addEventListener("activate", (event) => {
  const ready = [clients.claim(), registration.navigationPreload?.enable()];
  event.waitUntil(Promise.all(ready));
});

// The pages that were opened before there was anybody to keep them. They have just been read: the
// browser's own store has them, and the server need not count them once more.
addEventListener("message", (event) => {
  const kept = event.data
    .filter((address) => WORDS[languageOf(address)])
    .map(async (address) => keep(address, await fetch(address, { cache: "force-cache" })));
  event.waitUntil(Promise.all(kept));
});

addEventListener("fetch", (event) => {
  const { method, mode, url } = event.request;
  const isOurs = WORDS[languageOf(url)] || DOORS.includes(pathOf(url));
  if (method === "GET" && mode === "navigate" && isOurs) event.respondWith(answered(event));
});
