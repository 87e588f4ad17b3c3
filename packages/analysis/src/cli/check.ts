import type { Command } from './command.ts'
import { datasetArguments } from './dataset-arguments.ts'
import { readDatasetFolder } from './dataset-folder.ts'

const run = async (args: readonly string[]): Promise<void> => {
  const { manifest, codebook } = await readDatasetFolder(datasetArguments('check', args).folder)
  console.log(
    `${manifest.id}: ${manifest.rows} rows, ${manifest.participants} participants, ${manifest.schools} schools, ${codebook.columns.length} columns`,
  )
  console.log(`hashes agree: ${manifest.hash}`)
}

const usage = `check <dataset-folder>
  reads the dataset and verifies its hashes, columns and cells`

export const check: Command = { name: 'check', usage, run }
