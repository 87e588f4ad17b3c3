import type { Protocol } from '../wire.ts'

type Wave = Pick<Protocol['waves'][number], 'id' | 'label'>

/** The waves that the list of studies names. A server that lists only how many there are names none. */
export const wavesListed = ({ waves }: { readonly waves: unknown }): readonly Wave[] => (Array.isArray(waves) ? waves : [])
