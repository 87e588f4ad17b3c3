/** What is said where clusters are so few that asymptotic p-values are not to be trusted: for each arm of whole clusters, a permutation p. */
import { type SchoolPermutation, sumsPermutation } from '../effects/school-permutation.ts'
import type { Warning } from '../result.ts'
import type { ModelSums } from './model-sums.ts'

export type Dealt = { readonly name: string } & SchoolPermutation

/** Of terms of one column with two values, each the same for all of a cluster; none where clusters are many. */
export const permutationsOf = ({ columns, sums }: Pick<ModelSums, 'columns' | 'sums'>, warnings: readonly Warning[]): readonly Dealt[] =>
  !warnings.includes('few-schools')
    ? []
    : columns.flatMap(({ name, term }, place) => {
        if (columns.filter((column) => column.term === term).length > 1) return []
        const found = sumsPermutation(sums, place)
        return found?.kind === 'estimated' ? [{ name, ...found }] : []
      })

export const permutationNotes = (dealt: readonly Dealt[]): readonly string[] =>
  dealt.map(
    ({ name, p, allocations, method }) =>
      `${name} dealt out to the clusters anew gives a difference this large with p ${p.toPrecision(3)} (${method.endsWith('exact') ? 'all ' : ''}${allocations} allocations): the p to quote where clusters are few and were allocated at random.`,
  )
