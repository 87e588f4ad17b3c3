import type { NotEstimable } from '../result.ts'
import { type Cell, equivalenceClasses, type Rows } from './equivalence-classes.ts'
import { type IndividualRisk, individualRisk } from './individual-risk.ts'
import { type KAnonymity, kAnonymity } from './k-anonymity.ts'
import { type LDiversity, lDiversity } from './l-diversity.ts'
import { type ReidentificationRisk, reidentificationRisk } from './reidentification-risk.ts'
import { type TCloseness, tCloseness } from './t-closeness.ts'

export type DisclosureQuestion = {
  /** One row a record, one cell a quasi-identifier, null where missing. */
  readonly rows: Rows
  readonly weights?: readonly number[] | null
  /** One sensitive value a record, the c of recursive diversity (2 where left out), and the values from first to last where they have an order. */
  readonly sensitive?: { readonly values: readonly Cell[]; readonly c?: number; readonly order?: readonly string[] | null } | null
}

export type DisclosureRisk = {
  readonly method: 'disclosure-risk'
  readonly kAnonymity: KAnonymity | NotEstimable
  readonly reidentification: ReidentificationRisk | NotEstimable
  /** Null without weights: the risk of a record is then one over its class. */
  readonly individual: IndividualRisk | NotEstimable | null
  readonly lDiversity: LDiversity | NotEstimable | null
  readonly tCloseness: TCloseness | NotEstimable | null
  /** For each record: how many records match it, and how many people they stand for. */
  readonly sizes: readonly number[]
  readonly populations: readonly number[]
}

/**
 * All that a disclosure report states of one table, from one pass over its classes: k and uniques, the attackers' risks, diversity and closeness.
 * Not for a table whose direct identifiers were not taken out first. Example: disclosureRisk({ rows: [['f'], ['f']] }).kAnonymity has k 2
 */
export const disclosureRisk = ({ rows, weights = null, sensitive = null }: DisclosureQuestion): DisclosureRisk => {
  const classes = equivalenceClasses(rows, weights)
  return {
    method: 'disclosure-risk',
    kAnonymity: kAnonymity(classes),
    reidentification: reidentificationRisk(classes),
    individual: weights && individualRisk(classes),
    lDiversity: sensitive && lDiversity(classes, sensitive.values, sensitive.c),
    tCloseness: sensitive && tCloseness(classes, sensitive.values, sensitive.order),
    sizes: classes.sizes,
    populations: classes.populations,
  }
}
