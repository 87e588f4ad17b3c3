import { expect, test } from 'vitest'
import type { Notice, Participant } from '../wire.ts'
import { type ConsentDraft, consentFault, consentOf, replaced } from './consent-draft.ts'
import { noticeHash } from './notice-hash.ts'

const whole: ConsentDraft = {
  purpose: 'screening',
  givenBy: 'guardian',
  relationship: 'parent',
  decision: 'refused',
  form: 'paper',
  place: ' 档案柜 3 ',
  noticeId: null,
  outside: { id: ' guardian-notice ', version: '2026-1', text: '告家长书' },
  chosen: new Set(['p1', 'p2']),
}
const published = (id: string, purpose: Notice['purpose'], party: string | null = null): Notice => ({
  id,
  schoolId: null,
  schoolName: null,
  purpose,
  party,
  texts: { 'zh-CN': { title: '告知书', fields: {} as Notice['texts']['zh-CN']['fields'] }, en: null },
  state: 'published',
  version: 1,
  renews: false,
  hash: '',
  publishedAt: null,
  current: true,
  first: false,
})

test('a whole consent names the notice by its hash and does not send its text while none is published', () => {
  expect(consentFault(whole, [])).toBeNull()
  expect(consentOf(whole, [])).toEqual({
    purpose: 'screening',
    givenBy: 'guardian',
    decision: 'refused',
    notice: { id: 'guardian-notice', version: '2026-1', hash: noticeHash('告家长书') },
    evidence: { form: 'paper', place: '档案柜 3' },
    relationship: 'parent',
    participantIds: ['p1', 'p2'],
  })
})

test('once notices are published one of them is answered: the only one of its purpose, or the one that was chosen', () => {
  const one = [published('n1', 'screening'), published('n9', 'research')]
  expect(consentOf(whole, one)?.notice).toEqual({ noticeId: 'n1' })
  const two = [published('n2', 'screening'), ...one]
  expect(consentFault(whole, two)).toBe('consent.needsChoice')
  expect(consentOf({ ...whole, noticeId: 'n2' }, two)?.notice).toEqual({ noticeId: 'n2' })
  expect(consentFault({ ...whole, noticeId: 'n9' }, two)).toBe('consent.needsChoice')
  expect(consentFault({ ...whole, purpose: 'sharing' }, two)).toBe('consent.needsPublished')
})

test('each missing part is named and nothing is sent', () => {
  const lacking: readonly (readonly [Partial<ConsentDraft>, string])[] = [
    [{ purpose: null }, 'consent.needsPurpose'],
    [{ outside: { ...whole.outside, id: ' ' } }, 'consent.needsNotice'],
    [{ outside: { ...whole.outside, version: '' } }, 'consent.needsNotice'],
    [{ outside: { ...whole.outside, text: '\n' } }, 'consent.needsText'],
    [{ givenBy: null }, 'consent.needsGiver'],
    [{ decision: null }, 'consent.needsDecision'],
    [{ relationship: null }, 'consent.needsRelationship'],
    [{ relationship: 'caregiver' }, 'consent.caregiverCannot'],
    [{ form: null }, 'consent.needsForm'],
    [{ form: 'spoken', decision: 'given' }, 'consent.paperNeeded'],
    [{ chosen: new Set<string>() }, 'consent.needsPupil'],
    [{ chosen: new Set(Array.from({ length: 201 }, (_, n) => `p${n}`)) }, 'consent.tooMany'],
  ]
  for (const [part, fault] of lacking) {
    expect(consentFault({ ...whole, ...part }, [])).toBe(fault)
    expect(consentOf({ ...whole, ...part }, [])).toBeNull()
  }
})

test('a withdrawal may be spoken, and a pupil says nothing of how she is related to herself', () => {
  expect(consentFault({ ...whole, decision: 'withdrawn', form: 'spoken' }, [])).toBeNull()
  const own = consentOf({ ...whole, givenBy: 'pupil', form: null, relationship: null }, [])
  expect(own).not.toHaveProperty('relationship')
  expect(own).not.toHaveProperty('evidence')
})

test('says how many earlier decisions of the same kind it would replace', () => {
  const pupil = (participantId: string, screening: 'given' | 'refused' | null): Participant => ({
    participantId,
    name: '学生',
    studentNumber: null,
    sex: 'female',
    birthDate: '2013-05-09',
    leftBehind: null,
    consent: {
      screening,
      'follow-up': null,
      research: 'withdrawn',
      sharing: [{ party: '县医院', decision: 'given' }],
      older: [],
      anew: [],
    },
  })
  const pupils = [pupil('p1', 'given'), pupil('p2', null), pupil('p3', 'given'), pupil('p4', 'refused')]
  const consent = { ...consentOf(whole, [])!, participantIds: ['p1', 'p2', 'p4'] }
  expect(replaced(consent, pupils)).toBe(1)
  expect(replaced({ ...consent, decision: 'given' }, pupils)).toBe(1)
  expect(replaced({ ...consent, purpose: 'research' }, pupils)).toBe(3)
  expect(replaced({ ...consent, purpose: 'follow-up' }, pupils)).toBe(0)
  expect(replaced({ ...consent, purpose: 'sharing' }, pupils, '县医院')).toBe(3)
  expect(replaced({ ...consent, purpose: 'sharing' }, pupils, '另一家')).toBe(0)
  expect(replaced({ ...consent, givenBy: 'pupil' }, pupils)).toBe(0)
})
