// Rewrites the goldens that come from this package's own code: the specs of the plots and the tables beside them. Its test is src/plots/figures.test.ts.
import { writeFile } from 'node:fs/promises'
import { plotSpecs } from './test/plot-specs.ts'

const onePerLine = (json: string) => json.replaceAll(/\{[^{}[\]]*\}|\[[^{}[\]]*\]/g, (leaf) => leaf.replaceAll(/\n\s*/g, ' '))
await writeFile(new URL('./test/plots.golden.json', import.meta.url), `${onePerLine(JSON.stringify(plotSpecs(), null, 1))}\n`)
