/** Skip logic by column: where an item was not asked, the value that stands for it. The rule itself is that of skip-logic.ts. */
import type { Definition } from '../definition.ts'
import { type AnswerColumn, type Block, blockRows, missingCode } from './columns.ts'

const notAskedCode = -129

type Item = Definition['items'][number]
type Decider = { readonly column: Int16Array; readonly from: number; readonly to: number }
type Step = {
  readonly position: number
  readonly column: Int16Array
  readonly values: ReadonlySet<number>
  readonly deciders: readonly Decider[]
  readonly otherwise: number
}

const asks = ({ column, from, to }: Decider, row: number) => {
  const code = column[row]!
  return code === missingCode || (code !== notAskedCode && code >= from && code <= to)
}

const fillStep = ({ position, column, values, deciders, otherwise }: Step, { columns, start, count }: Block) => {
  const codes = columns[position]!
  for (let row = 0; row < count; row += 1) {
    const code = codes[start + row]!
    if (values.has(code)) column[row] = code
    else {
      let asked = deciders.length === 0
      for (const decider of deciders) asked = asked || asks(decider, row)
      column[row] = asked ? missingCode : otherwise
    }
  }
}

export type AskedColumns = {
  /** Takes in the answers of a block. */
  readonly fill: (block: Block) => void
  /** The column that stands for an item in the block, from row 0; undefined where the caller's own column does. */
  readonly at: (position: number) => AnswerColumn | undefined
}

/** For the items that decide or depend. `valuesAt` gives the coded values of the item at a position. */
export const askedColumns = (items: readonly Item[], valuesAt: (position: number) => readonly number[]): AskedColumns => {
  const deciderIds = new Set(items.flatMap(({ askedIf }) => (askedIf ? [askedIf.item, ...(askedIf.orItems ?? [])] : [])))
  const steps = new Map<number, Step>()
  for (const [position, { id, askedIf, otherwise = notAskedCode }] of items.entries()) {
    if (!askedIf && !deciderIds.has(id)) continue
    const named = askedIf ? [askedIf.item, ...(askedIf.orItems ?? [])] : []
    const deciders = [...steps.values()]
      .filter((step) => named.includes(items[step.position]!.id))
      .map(({ column }) => ({ column, from: askedIf!.from, to: askedIf!.to })) // only askedIf names deciders
    steps.set(position, { position, column: new Int16Array(blockRows), values: new Set(valuesAt(position)), deciders, otherwise })
  }
  return {
    fill: (block) => {
      for (const step of steps.values()) fillStep(step, block)
    },
    at: (position) => steps.get(position)?.column,
  }
}
