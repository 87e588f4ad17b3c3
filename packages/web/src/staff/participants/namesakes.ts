// Pupils of one list who have the same name are told apart by the student number or, without one, by the birth date.
type Named = {
  readonly participantId: string
  readonly name: string
  readonly studentNumber: string | null
  readonly birthDate: string
}

/** What stands more than once, each of it once. */
export const repeated = (names: readonly string[]): readonly string[] => {
  const seen = new Set<string>()
  return [...new Set(names.filter((name) => seen.has(name) || !seen.add(name)))]
}

/** How each pupil of a list is called. */
export const callingOf = (pupils: readonly Named[]): ((participantId: string) => string) => {
  const alike = new Set(repeated(pupils.map(({ name }) => name)))
  const called = ({ name, studentNumber, birthDate }: Named) => (alike.has(name) ? `${name} · ${studentNumber ?? birthDate}` : name)
  const names = new Map(pupils.map((pupil) => [pupil.participantId, called(pupil)]))
  return (participantId) => names.get(participantId) ?? ''
}

type Planned = { readonly name: string; readonly schoolName: string; readonly className: string }

/** The names that two pupils of one class have, each with the class. */
export const namesakesByClass = (pupils: readonly Planned[]): readonly string[] =>
  repeated(pupils.map(({ schoolName, className, name }) => `${schoolName}\n${className}\n${name}`)).map((key) => {
    const [, className = '', name = ''] = key.split('\n')
    return className === '' ? name : `${className} ${name}`
  })
