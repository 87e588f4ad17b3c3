import { render } from 'preact'
import '../ui/tokens.css'

render(<main />, document.getElementById('app')!)
