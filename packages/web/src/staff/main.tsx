import { options, render } from 'preact'
import { App } from './app.tsx'
import './staff.css'

options.debounceRendering = (draw) => Promise.resolve().then(draw) // Preact's own choice, queueMicrotask, is missing in Chrome 70

render(<App />, document.getElementById('app')!)
