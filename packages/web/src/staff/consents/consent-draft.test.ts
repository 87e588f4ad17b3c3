import { expect, test } from 'vitest'
import type { Participant } from '../wire.ts'
import { type ConsentDraft, consentFault, consentOf, replaced } from './consent-draft.ts'
import { noticeHash } from './notice-hash.ts'

const whole: ConsentDraft = {
  purpose: 'screening',
  givenBy: 'guardian',
  decision: 'refused',
  notice: { id: ' guardian-notice ', version: '2026-1', text: '告家长书' },
  chosen: new Set(['p1', 'p2']),
}

test('a whole consent names the notice by its hash and does not send its text', () => {
  expect(consentFault(whole)).toBeNull()
  expect(consentOf(whole)).toEqual({
    purpose: 'screening',
    givenBy: 'guardian',
    decision: 'refused',
    notice: { id: 'guardian-notice', version: '2026-1', hash: noticeHash('告家长书') },
    participantIds: ['p1', 'p2'],
  })
})

test('each missing part is named and nothing is sent', () => {
  const lacking: readonly (readonly [Partial<ConsentDraft>, string])[] = [
    [{ purpose: null }, 'consent.needsPurpose'],
    [{ givenBy: null }, 'consent.needsGiver'],
    [{ decision: null }, 'consent.needsDecision'],
    [{ notice: { ...whole.notice, id: ' ' } }, 'consent.needsNotice'],
    [{ notice: { ...whole.notice, version: '' } }, 'consent.needsNotice'],
    [{ notice: { ...whole.notice, text: '\n' } }, 'consent.needsText'],
    [{ chosen: new Set<string>() }, 'consent.needsPupil'],
    [{ chosen: new Set(Array.from({ length: 201 }, (_, n) => `p${n}`)) }, 'consent.tooMany'],
  ]
  for (const [part, fault] of lacking) {
    expect(consentFault({ ...whole, ...part })).toBe(fault)
    expect(consentOf({ ...whole, ...part })).toBeNull()
  }
})

test('says how many earlier decisions of the same kind it would replace', () => {
  const pupil = (participantId: string, screening: 'given' | 'refused' | null): Participant => ({
    participantId,
    name: '学生',
    studentNumber: null,
    sex: 'female',
    birthDate: '2013-05-09',
    leftBehind: null,
    consent: { screening, research: 'withdrawn' },
  })
  const pupils = [pupil('p1', 'given'), pupil('p2', null), pupil('p3', 'given'), pupil('p4', 'refused')]
  const consent = { ...consentOf(whole)!, participantIds: ['p1', 'p2', 'p4'] }
  expect(replaced(consent, pupils)).toBe(1)
  expect(replaced({ ...consent, decision: 'given' }, pupils)).toBe(1)
  expect(replaced({ ...consent, purpose: 'research' }, pupils)).toBe(3)
  expect(replaced({ ...consent, purpose: 'follow-up' }, pupils)).toBe(0)
  expect(replaced({ ...consent, givenBy: 'pupil' }, pupils)).toBe(0)
})
