import { expect, test } from 'vitest'
import { type ConsentDraft, consentFault, consentOf } from './consent-draft.ts'
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
