import { options, render } from 'preact'
import { App } from './app.tsx'
import './guardian.css'

options.debounceRendering = (draw) => Promise.resolve().then(draw) // Preact's own choice, queueMicrotask, is missing in Chrome 70

// behind the # no server sees the token; it stays there, so that a reload and the same link later find it again
const token = location.hash.slice(1)
addEventListener('hashchange', () => location.reload())

render(<App token={/^[\w-]{43}$/.test(token) ? token : ''} />, document.getElementById('app')!)
