// The pupil's page opens again without a network, where the browser allows it: with TLS or on the server's own computer. On a plain-http network
// there is no service worker; there the page that is open stays good to the end.
const shelf = 'tongxing-pupil'

const patience = 4000 // milliseconds for a network that gives no answer, where a kept page could

/** A network's log-in page also answers 200, and a broken server has a page of its own: only ours counts. */
const isOurPage = async (response) => {
  if (!response.ok || response.redirected) return false
  const text = await response.clone().text()
  return text.includes('id="app"') && text.includes('/assets/pupil-')
}

/** The files that the page names. */
const namesIn = (text) => [...new Set(text.match(/\/assets\/[\w.-]+/g))]

const keep = async (path, cache) => {
  if (await cache.match(path)) return
  const response = await fetch(path)
  const kind = response.headers.get('content-type') || ''
  if (!response.ok || !(path.endsWith('.js') ? /javascript/ : /css/).test(kind)) throw new Error(path)
  await cache.put(path, response)
}

/** The page is put away last, once everything it needs is there; then what it does not name is of an older build and goes. */
const keepPage = async (response) => {
  const names = namesIn(await response.clone().text())
  const cache = await caches.open(shelf)
  for (const name of names) await keep(name, cache)
  await cache.put('/p/', response)
  for (const request of await cache.keys()) {
    const { pathname } = new URL(request.url)
    if (pathname !== '/p/' && !names.includes(pathname)) await cache.delete(request)
  }
}

/** Puts the answer away where it is our page; null where it is not. */
const ours = async (response) => {
  if (!(await isOurPage(response))) return null
  await keepPage(response.clone()).catch(() => {})
  return response
}

const openPage = async (request, event) => {
  const asked = fetch(request)
  const fresh = asked.then(ours).catch(() => null)
  event.waitUntil(fresh)
  const kept = await caches.match('/p/')
  if (kept) return (await Promise.race([fresh, new Promise((give) => setTimeout(give, patience, null))])) || kept
  await fresh
  return asked
}

self.addEventListener('install', (event) => {
  self.skipWaiting()
  event.waitUntil(fetch('/p/').then(ours))
})
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()))
self.addEventListener('fetch', (event) => {
  const { request } = event
  const { origin, pathname } = new URL(request.url)
  if (request.method !== 'GET' || origin !== self.location.origin || pathname.startsWith('/api/')) return
  if (request.mode === 'navigate') event.respondWith(openPage(request, event))
  else event.respondWith(caches.match(request).then((kept) => kept || fetch(request)))
})
