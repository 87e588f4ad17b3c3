import { options, render } from 'preact'
import { App } from './app.tsx'
import { indexedDbShelf } from './keep/indexed-db-shelf.ts'
import { keepOn } from './keep/keep.ts'
import { localStorageShelf } from './keep/local-storage-shelf.ts'
import { memoryShelf } from './keep/memory-shelf.ts'
import { readHash } from './typed.ts'
import './pupil.css'

options.debounceRendering = (draw) => Promise.resolve().then(draw) // Preact's own choice, queueMicrotask, is missing in Chrome 70

const keep = keepOn([indexedDbShelf(), localStorageShelf(() => localStorage), memoryShelf()])
const ticket = readHash(location.hash)
if (location.hash) history.replaceState(null, '', location.pathname)
addEventListener('hashchange', () => location.reload()) // the next card was scanned in the same tab

// with TLS or on this very computer the page also opens again without a network
if (navigator.serviceWorker) navigator.serviceWorker.register('/p/sw.js').catch(() => {})

keep.all().then((records) => render(<App start={{ keep, records, ticket }} />, document.getElementById('app')!))
