// Rewrites the goldens that come from this package's own code: the specs of the plots on a simulated trial. Its test is src/plots/plots.test.ts.
import { writeFile } from 'node:fs/promises'
import { plotSpecs } from './test/plot-specs.ts'

const onePerLine = (json: string) => json.replaceAll(/\{[^{}[\]]*\}|\[[^{}[\]]*\]/g, (leaf) => leaf.replaceAll(/\n\s*/g, ' '))
await writeFile(new URL('./test/plots.golden.json', import.meta.url), `${onePerLine(JSON.stringify(plotSpecs(), null, 1))}\n`)
