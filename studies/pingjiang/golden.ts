/** Renews report.golden.json, and the table in plan.md. A change of a number is read in the diff, explained in the changelog. */
import { readFile, writeFile } from 'node:fs/promises'
import { withBlock } from './marked-block.ts'
import { goldenNumbers } from './numbers.ts'
import { planTable } from './plan-words.ts'
import { settingOf } from './study.ts'

const planText = new URL('./plan.md', import.meta.url)
const { plan } = await settingOf()
await writeFile(planText, withBlock(await readFile(planText, 'utf8'), 'plan', planTable(plan)))
await writeFile(new URL('./report.golden.json', import.meta.url), await goldenNumbers())
