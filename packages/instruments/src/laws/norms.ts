import type { Norm } from '../definition.ts'
import { found, type Law } from './law.ts'

type Cell = Norm['cells'][number]
type Span = NonNullable<Cell['ages']>

const spansMeet = (left: Span | undefined, right: Span | undefined) =>
  left === undefined ? right === undefined : right !== undefined && left.from <= right.to && right.from <= left.to

/** Whether two cells that tell the same things apart could hold the same child. A cell that tells less apart is a fallback, not a rival. */
const overlap = (left: Cell, right: Cell) =>
  left.sex === right.sex && left.region === right.region && spansMeet(left.ages, right.ages) && spansMeet(left.grades, right.grades)

const cellFindings = ({ id, cells }: Norm): ReturnType<Law['findings']> =>
  cells.flatMap((cell, position) => [
    ...[cell.ages, cell.grades]
      .filter((span) => span !== undefined && span.from > span.to)
      .map(() => found(`norms.${id}.cells.${position}`, 'ends before it begins')),
    ...(cells.slice(0, position).some((earlier) => overlap(earlier, cell))
      ? [found(`norms.${id}.cells.${position}`, 'overlaps one before it')]
      : []),
  ])

export const normCellsAreApart: Law = {
  law: 'the cells of a norm do not overlap',
  findings: ({ norms = [] }) => norms.flatMap(cellFindings),
}
