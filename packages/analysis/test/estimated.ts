import type { NotEstimable } from '../src/result.ts'

/** The estimate, or a failed test that says why there is none. */
export const estimated = <T extends { readonly kind: 'estimated' }>(result: T | NotEstimable): T => {
  if (result.kind === 'not-estimable') throw new Error(`not estimable: ${result.reason}`)
  return result
}
