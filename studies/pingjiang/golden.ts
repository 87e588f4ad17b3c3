/** Renews report.golden.json. A change of a number is read in the diff, explained in the changelog. */
import { writeFile } from 'node:fs/promises'
import { goldenNumbers } from './numbers.ts'

await writeFile(new URL('./report.golden.json', import.meta.url), await goldenNumbers())
