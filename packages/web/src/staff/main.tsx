import { render } from 'preact'
import { App } from './app.tsx'
import './staff.css'

render(<App />, document.getElementById('app')!)
