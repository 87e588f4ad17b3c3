/** The cluster bootstrap of a random-intercept model, as lmm --bootstrap cluster asks for it. */
import { clusterBootstrap } from '../bootstrap/cluster-bootstrap.ts'
import { BadInput, numberIn, oneOf } from './command.ts'
import type { ModelSums } from './model-sums.ts'
import type { Table } from './print.ts'
import { unanswered } from './sentences.ts'

const text = { type: 'string' } as const
export const bootstrapOptions = {
  bootstrap: text,
  coefficient: text,
  resamples: { ...text, default: '2000' },
  seed: { ...text, default: '1' },
} as const
type Options = {
  readonly bootstrap?: string | undefined
  readonly coefficient?: string | undefined
  readonly resamples: string
  readonly seed: string
}

export const bootstrapUsage = `  --bootstrap cluster       an interval by resampling whole clusters within arms; --resamples 2000, --seed 1
  --coefficient <name>      of this coefficient; unless it is named, of the arms, or of all where no arm is of whole clusters`

const wholeIn = (option: string, given: string, from: number, to: number): number => {
  const value = numberIn(option, given)
  if (!Number.isInteger(value) || value < from || value > to)
    throw new BadInput(`--${option} takes a whole number from ${from} to ${to}, got ${given}`)
  return value
}

/** Columns of 0 and 1 that are the same for all of a cluster: the arms, within which clusters are resampled. */
const armsIn = ({ columns, sums }: ModelSums): readonly string[] =>
  columns.flatMap(({ name }, place) =>
    sums.every(({ means, centred }) => centred[place]![place] === 0 && (means[place] === 0 || means[place] === 1)) ? [name] : [],
  )

/** Null where it was not asked for. Throws BadInput where it cannot be answered. */
export const bootstrapsOf = (model: ModelSums, { bootstrap, coefficient, resamples, seed }: Options) => {
  if (bootstrap === undefined) {
    if (coefficient !== undefined) throw new BadInput('--coefficient needs --bootstrap beside it')
    return null
  }
  oneOf('bootstrap', bootstrap, ['cluster'])
  const names = ['(Intercept)', ...model.columns.map(({ name }) => name)]
  const within = armsIn(model)
  const asked = coefficient === undefined ? (within.length > 0 ? within : names) : [oneOf('coefficient', coefficient, names)]
  const how = { within, resamples: wholeIn('resamples', resamples, 100, 1_000_000), seed: wholeIn('seed', seed, 0, 4_294_967_295) }
  return asked.map((name) => {
    const found = clusterBootstrap(model.sums, names.slice(1), { coefficient: name, ...how })
    if (found.kind === 'not-estimable') throw new BadInput(`${model.file}: the bootstrap of ${name}: ${unanswered(found.reason)}`)
    return { within, ...found }
  })
}

export const bootstrapTables = (found: ReturnType<typeof bootstrapsOf>): readonly Table[] =>
  found === null || !found[0]
    ? []
    : [
        {
          title: `bootstrap of ${found[0].clusters} clusters${found[0].within.length > 0 ? `, within ${found[0].within.join(' and ')}` : ''}, ${found[0].resamples} resamples`,
          columns: ['', 'estimate', 'SE', 'lower BCa', 'upper BCa', 'lower percentile', 'upper percentile'],
          rows: found.map(({ coefficient, estimate, standardError, interval, percentileInterval: percentile }) => [
            coefficient,
            estimate,
            standardError,
            interval.lower,
            interval.upper,
            percentile.lower,
            percentile.upper,
          ]),
        },
      ]
