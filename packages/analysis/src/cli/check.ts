import { checkPlan } from '../plan/read-plan.ts'
import { BadInput, type Command } from './command.ts'
import { readDatasetFolder } from './dataset-folder.ts'
import { planIn, reportArguments } from './report-arguments.ts'

const datasetIn = async (folder: string) => {
  try {
    return await readDatasetFolder(folder)
  } catch (error) {
    throw new BadInput((error as Error).message) // the reader throws only Errors
  }
}

const run = async (args: readonly string[]): Promise<void> => {
  const asked = reportArguments('check', args)
  const frozen = asked.plan === null ? null : await planIn(asked.plan)
  if (frozen) console.log(`${frozen.plan.id}: plan of ${frozen.plan.frozenOn} for ${frozen.plan.study}, hash ${frozen.hash}`)
  if (asked.folder === null) return
  const dataset = await datasetIn(asked.folder)
  const { manifest, codebook } = dataset
  try {
    if (frozen) checkPlan(dataset, frozen.plan)
  } catch (error) {
    throw new BadInput((error as Error).message.replace(/^plan\.json/, asked.plan ?? 'plan.json')) // checkPlan throws only Errors
  }
  console.log(
    `${manifest.id}: ${manifest.rows} rows, ${manifest.participants} participants, ${manifest.schools} schools, ${codebook.columns.length} columns`,
  )
  console.log(`hashes agree: ${manifest.hash}`)
}

const usage = `check [<plan.json>] [<dataset-folder>]
  reads a plan and prints its hash; reads a dataset and verifies its hashes, columns and cells; with both, whether the plan can be answered`

export const check: Command = { name: 'check', usage, run }
