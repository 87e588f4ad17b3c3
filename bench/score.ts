// Scoring by column: 100,000 respondents with missing answers, beside R's psych on the same answers where Rscript and psych are there.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type AnswerColumn, compileScorer, type Definition, missingCode, seededRandom, valuesOf } from '@tongxing/instruments'
import { loadLibrary } from '@tongxing/instruments/library'
import { milliseconds, type Say, timed, times } from './timing.ts'

const respondents = 100_000
const missingRate = 0.03

const randomColumns = (definition: Definition, columns: readonly AnswerColumn[]) => {
  const random = seededRandom(3)
  for (const [position, { id }] of definition.items.entries()) {
    const values = valuesOf(definition, id)
    const column = columns[position]!
    for (let row = 0; row < column.length; row += 1)
      column[row] = random() < missingRate ? missingCode : values[Math.floor(random() * values.length)]!
  }
}

const million = (answers: number, time: number) => `${(answers / time / 1000).toFixed(0)} million item answers a second`

/** The key as psych writes it: item numbers, negative where reversed. Composites are left to the engine alone. */
const psychKeys = ({ scales, items }: Definition) =>
  scales
    .filter(({ of }) => !of)
    .map(({ id, items: keyed }) => {
      const numbers = keyed.map(({ item, reversed }) => (reversed ? -1 : 1) * (items.findIndex((one) => one.id === item) + 1))
      return `${id} = c(${numbers.join(', ')})`
    })

const script = (definition: Definition, file: string) => {
  const values = definition.items.flatMap(({ id }) => [...valuesOf(definition, id)])
  return `suppressPackageStartupMessages(library(psych))
answers <- matrix(readBin('${file}', 'integer', ${respondents * definition.items.length}, size = 1), nrow = ${respondents})
answers[answers == ${missingCode}] <- NA
colnames(answers) <- paste0('V', seq_len(ncol(answers)))
keys <- list(${psychKeys(definition).join(', ')})
keys <- lapply(keys, function(key) paste0(ifelse(key < 0, '-', ''), 'V', abs(key)))
limits <- list(min = ${Math.min(...values)}, max = ${Math.max(...values)})
score <- function(with) with(keys, answers, totals = TRUE, missing = TRUE, impute = 'none', min = limits$min, max = limits$max)
took <- function(with) median(sapply(1:5, function(run) system.time(score(with))[['elapsed']])) * 1000
whole <- complete.cases(answers)
cat(took(scoreItems), took(scoreFast), sum(score(scoreFast)[whole, 1]))
`
}

type PsychTimes = { readonly scoreItems: number; readonly scoreFast: number; readonly wholeSum: number }
const inR = (definition: Definition, columns: readonly AnswerColumn[]): PsychTimes | null => {
  const folder = mkdtempSync(join(tmpdir(), 'tongxing-bench-'))
  try {
    const file = join(folder, 'answers.bin')
    writeFileSync(file, Buffer.concat(columns.map((column) => Buffer.from(column.buffer, column.byteOffset, column.byteLength))))
    const { status, stdout } = spawnSync('Rscript', ['--vanilla', '-e', script(definition, file)], { encoding: 'utf8' })
    const [scoreItems, scoreFast, wholeSum] = (stdout ?? '').trim().split(' ').map(Number)
    return status === 0 ? { scoreItems: scoreItems!, scoreFast: scoreFast!, wholeSum: wholeSum! } : null
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const beside = (say: Say, ours: number, wholeSum: number, psych: PsychTimes | null) => {
  if (!psych) return say('  Rscript with the package psych is not there: no comparison')
  say(`  psych::scoreItems ${milliseconds(psych.scoreItems)}: ${times(psych.scoreItems, ours)} ours`)
  say(`  psych::scoreFast ${milliseconds(psych.scoreFast)}: ${times(psych.scoreFast, ours)} ours`)
  say(`  the first scale of complete sheets adds up to ${wholeSum} here and to ${psych.wholeSum} in R`)
}

export const score = async (say: Say) => {
  const library = await loadLibrary()
  for (const [id, version] of [
    ['phq-9', '1.0.0'],
    ['sdq-self', '1.0.0'],
  ] as const) {
    const definition = library.get(id, version)
    if (!definition) throw new Error(`the library has no ${id}@${version}`)
    const scorer = compileScorer(definition)
    const [columns, scores] = [scorer.answerColumns(respondents), scorer.scoreColumns(respondents)]
    randomColumns(definition, columns)
    const time = timed(() => scorer.score(columns, scores, respondents))
    const isWhole = (row: number) => columns.every((column) => column[row] !== missingCode)
    const wholeSum = scores[0]!.value.reduce((sum, value, row) => (isWhole(row) ? sum + value : sum), 0)
    say(
      `${definition.acronym} x ${respondents}, ${missingRate * 100}% missing: ${milliseconds(time)}, ${million(respondents * definition.items.length, time)}`,
    )
    beside(say, time, wholeSum, inR(definition, columns))
  }
}
