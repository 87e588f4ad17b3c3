import { expect, test } from 'vitest'
import { callingOf, namesakesByClass } from './namesakes.ts'

const pupil = (participantId: string, name: string, studentNumber: string | null) => ({
  participantId,
  name,
  studentNumber,
  birthDate: '2013-05-09',
})

test('pupils of the same name are called by their student number too, or by the birth date without one, and nobody else is', () => {
  const call = callingOf([pupil('a', '李伟', 'G031'), pupil('b', '王芳', 'G032'), pupil('c', '李伟', null)])
  expect(['a', 'b', 'c', 'd'].map(call)).toEqual(['李伟 · G031', '王芳', '李伟 · 2013-05-09', ''])
})

test('a name that stands twice in one class is told once, one in two classes or two schools is not', () => {
  const row = (schoolName: string, className: string, name: string) => ({ schoolName, className, name })
  const rows = [row('一小', '三1班', '李伟'), row('一小', '三1班', '李伟'), row('一小', '三1班', '李伟')]
  const apart = [row('一小', '三2班', '李伟'), row('二小', '三2班', '李伟'), row('一小', '三2班', '王芳')]
  expect(namesakesByClass([...rows, ...apart])).toEqual(['三1班 李伟'])
})
