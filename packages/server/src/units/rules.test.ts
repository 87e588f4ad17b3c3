import { expect, test } from 'vitest'
import { parentsOf, schoolIdFor } from './rules.ts'

test('every kind of unit hangs below the county, and nothing hangs below itself', () => {
  for (const kind of Object.keys(parentsOf) as (keyof typeof parentsOf)[]) {
    const above = new Set<string>()
    const climb = (from: string): void =>
      (parentsOf[from as keyof typeof parentsOf] ?? []).forEach((parent) => {
        above.add(parent)
        climb(parent)
      })
    climb(kind)
    expect(above).toContain('county')
    expect(above).not.toContain(kind)
  }
})

test('a school marks itself and everything below it; what is above a school belongs to none', () => {
  expect(schoolIdFor('school', 'own', null)).toBe('own')
  for (const kind of ['grade', 'class'] as const) expect(schoolIdFor(kind, 'own', 'school')).toBe('school')
  for (const kind of ['township', 'village'] as const) expect(schoolIdFor(kind, 'own', null)).toBeNull()
})
