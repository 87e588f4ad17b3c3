import { expect, test } from 'vitest'
import { accountWords } from '../staff/accounts/words.ts'
import { caseWords } from '../staff/cases/words.ts'
import { classWords } from '../staff/classes/words.ts'
import { consentWords } from '../staff/consents/words.ts'
import { dutyWords } from '../staff/duty/words.ts'
import { homeWords } from '../staff/home/words.ts'
import { kitWords } from '../staff/kits/words.ts'
import { libraryWords } from '../staff/library/words.ts'
import { noticeWords } from '../staff/notices/words.ts'
import { rosterWords } from '../staff/participants/roster/words.ts'
import { participantWords } from '../staff/participants/words.ts'
import { openingWords } from '../staff/sessions/opening-words.ts'
import { paperWords } from '../staff/sessions/paper-words.ts'
import { sessionWords } from '../staff/sessions/words.ts'
import { shellWords } from '../staff/shell/words.ts'
import { studyWords } from '../staff/studies/words.ts'
import { unitWords } from '../staff/units/words.ts'
import { yearWords } from '../staff/units/year/words.ts'
import { staffWords } from './staff.ts'

const rooms = [
  accountWords,
  caseWords,
  classWords,
  consentWords,
  dutyWords,
  homeWords,
  kitWords,
  libraryWords,
  noticeWords,
  participantWords,
  openingWords,
  paperWords,
  rosterWords,
  sessionWords,
  shellWords,
  studyWords,
  unitWords,
  yearWords,
]
const sentences = Object.entries(staffWords)
const parameters = (sentence: string) => (sentence.match(/\{\w+\}/g) ?? []).sort()

test('every sentence has both languages', () => {
  expect(sentences.filter(([, [chinese, english]]) => chinese.trim() === '' || english.trim() === '')).toEqual([])
})

test('both languages of a sentence take the same parameters', () => {
  for (const [key, [chinese, english]] of sentences) expect(parameters(english), key).toEqual(parameters(chinese))
})

test('no two rooms say different things under one key', () => {
  const keys = rooms.flatMap((room) => Object.keys(room))
  expect(keys.filter((key, position) => keys.indexOf(key) !== position)).toEqual([])
  expect(keys).toHaveLength(sentences.length)
})

test('SAF-15: no sentence speaks of a diagnosis, of "normal" or of "no risk"', () => {
  const forbidden = /诊断|正常|无风险|没有风险|diagnos|normal|no risk/i
  expect(sentences.filter(([, both]) => both.some((sentence) => forbidden.test(sentence)))).toEqual([])
})
