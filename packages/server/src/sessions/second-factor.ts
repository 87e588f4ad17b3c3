// What a pupil is asked besides her code, if the school wants it: her birthday, or the end of her student number. Compared by a keyed hash.
import type { SecondFactor } from '../db/tables.ts'
import { readTyped } from './codes.ts'

export const secondFactors = ['none', 'birth-day', 'student-number-tail'] as const satisfies readonly SecondFactor[]

const tail = 4
const endOf = (text: string) =>
  readTyped(text.normalize('NFKC'))
    .replace(/[^0-9A-Z]/g, '')
    .slice(-tail)

/** Month and day, each of two digits: 0509, 5-9, 5月9日 and 20130509 are one day. */
const dayOf = (typed: string) => {
  const parts = typed.normalize('NFKC').match(/\d+/g) ?? []
  return parts.length === 1
    ? parts[0]!.padStart(4, '0').slice(-4)
    : parts
        .slice(-2)
        .map((part) => part.padStart(2, '0'))
        .join('')
}

type Known = { readonly birthDate: string; readonly studentNumber: string | null }

/** What the roster knows, in the form that is compared; null where it does not know enough to ask. */
export const knownFactor = (factor: SecondFactor, { birthDate, studentNumber }: Known): string | null => {
  if (factor === 'birth-day') return dayOf(birthDate.slice(5))
  const end = factor === 'student-number-tail' ? endOf(studentNumber ?? '') : ''
  return end.length === tail ? end : null
}

export const typedFactor = (factor: SecondFactor, typed: string) => (factor === 'birth-day' ? dayOf(typed) : endOf(typed))
