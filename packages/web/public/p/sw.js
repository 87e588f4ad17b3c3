// The pupil's page opens again without a network, where the browser allows it: with TLS or on the server's own computer. On a plain-http network
// there is no service worker; there the page that is open stays good to the end.
const shelf = 'tongxing-pupil'

// A network's log-in page also answers 200: only our own page is put away.
const isOurPage = (text) => text.includes('id="app"') && text.includes('/assets/pupil-')

/** Files that a text of ours names: from the page the linked ones, from a script those it imports, now or later. */
const namesIn = (text) => {
  const names = (text.match(/\/assets\/[\w.-]+|\.\/[\w-]+\.(?:js|css)/g) || []).map((name) => name.replace(/^\.\//, '/assets/'))
  return names.filter((name) => !/\/staff-/.test(name))
}

const keep = async (path, cache, known) => {
  if (known.has(path)) return
  known.add(path)
  const response = (await cache.match(path)) || (await fetch(path))
  if (!response.ok) throw new Error(path)
  const text = await response.clone().text()
  await cache.put(path, response)
  if (path.endsWith('.js')) for (const name of namesIn(text)) await keep(name, cache, known)
}

/** The page is put away last, once everything it needs is there. */
const keepPage = async (response) => {
  const text = await response.clone().text()
  if (!response.ok || !isOurPage(text)) return
  const cache = await caches.open(shelf)
  const known = new Set()
  for (const name of namesIn(text)) await keep(name, cache, known)
  await cache.put('/p/', response)
}

const openPage = async (request, event) => {
  try {
    const response = await fetch(request)
    event.waitUntil(keepPage(response.clone()).catch(() => {}))
    return response
  } catch (error) {
    const kept = await caches.match('/p/')
    if (kept) return kept
    throw error
  }
}

self.addEventListener('install', (event) => {
  self.skipWaiting()
  event.waitUntil(fetch('/p/').then(keepPage))
})
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()))
self.addEventListener('fetch', (event) => {
  const { request } = event
  const { origin, pathname } = new URL(request.url)
  if (request.method !== 'GET' || origin !== self.location.origin || pathname.startsWith('/api/')) return
  if (request.mode === 'navigate') event.respondWith(openPage(request, event))
  else event.respondWith(caches.match(request).then((kept) => kept || fetch(request)))
})
