import type { StudyListed } from '../wire.ts'

/** The waves that the list of studies names. A server that lists only how many there are names none. */
export const wavesListed = ({ waves }: Pick<StudyListed, 'waves'>): StudyListed['waves'] => (Array.isArray(waves) ? waves : [])
