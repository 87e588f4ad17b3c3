// The register on its way from the database to the thread: text that the server passes on without reading it.
import type { Registered } from './compare.ts'

/** JSON lists of lists, in the order of the two types below. */
export type RegisterText = { readonly pseudonyms: string; readonly people: string }

type Pseudonym = readonly [
  participantId: string,
  schoolId: string,
  classId: string,
  sex: 'female' | 'male',
  leftBehind: boolean | null,
  left: boolean,
]
type Person = readonly [participantId: string, name: string, studentNumber: string | null, birthDate: string]

/** Thousands of pupils are in a few schools and classes and born on a few hundred days: each is kept once. */
const sharing = () => {
  const texts = new Map<string, string>()
  return (text: string): string => {
    const known = texts.get(text)
    if (known === undefined) texts.set(text, text)
    return known ?? text
  }
}

export const joined = ({ pseudonyms, people }: RegisterText): readonly Registered[] => {
  const one = sharing()
  const byId = new Map((JSON.parse(people) as readonly Person[]).map((person) => [person[0], person]))
  return (JSON.parse(pseudonyms) as readonly Pseudonym[]).flatMap(([participantId, schoolId, classId, sex, leftBehind, left]) => {
    const person = byId.get(participantId)
    if (!person) return []
    const [, name, studentNumber, birthDate] = person
    return [
      {
        participantId,
        schoolId: one(schoolId),
        classId: one(classId),
        sex: one(sex) as Registered['sex'],
        leftBehind,
        left,
        name,
        studentNumber,
        birthDate: one(birthDate),
      },
    ]
  })
}
