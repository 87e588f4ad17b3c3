import nacl from 'tweetnacl'
import { expect, test } from 'vitest'
import { bytesOf } from './bytes.ts'
import type { OpenSheet } from './keep/record.ts'
import { canSeal, declineOf, seatOfOpen, sheetOf, soFarOf, wishOf } from './sealed.ts'

const pair = nacl.box.keyPair()
const open = (sealTo: string): OpenSheet => ({
  state: 'open',
  seat: '9WZBH/7',
  ticket: { locator: '9WZBH', code: '4F7K2Q' },
  revision: 5,
  seated: {
    ...{
      token: 't',
      turn: 3,
      soFar: null,
      anew: false,
      seat: { number: 7, initial: '安＊' },
      className: '',
      schoolName: '',
      languages: ['zh-CN'],
    },
    ...{ demo: false, help: { contact: null }, sealTo },
    battery: [
      {
        ...{ id: 'mood', version: '1.0.0', acronym: 'M', estimatedMinutes: 1, itemsPerPage: 1, texts: {} },
        items: [{ id: 'mood_1', options: 'set' }],
        optionSets: { set: [{ id: 'o2', value: 2 }] },
        risks: [{ item: 'mood_1', from: 2, to: 2 }],
      },
    ],
  },
  sheet: { key: 'k', startedAt: '2026-03-02T00:50:00.000Z', at: 2, revisiting: false, given: [2], times: [1234] },
})
const now = '2026-03-02T00:59:00.000Z'
const here = open(Buffer.from(pair.publicKey).toString('base64'))

/** As the session's private key opens it. */
const opened = (body: string) => {
  const bytes = bytesOf(body)
  const text = nacl.box.open(bytes.subarray(56), bytes.subarray(32, 56), bytes.subarray(0, 32), pair.secretKey)
  return JSON.parse(new TextDecoder().decode(text ?? new Uint8Array()))
}

test('PRIV-12: answers so far leave sealed like a finished sheet, with the sign-in and the change they belong to', () => {
  const [soFar, sheet] = [soFarOf(here, { language: 'zh-CN', now }), sheetOf(here, { ended: 'finished', language: 'zh-CN', now })]
  const sheets = [{ instrument: 'mood', version: '1.0.0', answers: { mood_1: 2 }, times: { mood_1: 1234 } }]
  const both = { language: 'zh-CN', startedAt: here.sheet.startedAt, finishedAt: now, sheets }
  expect(opened(soFar.body)).toEqual({ ...both, turn: 3, revision: 5 })
  expect(opened(sheet.body)).toEqual({ ...both, ended: 'finished' })
  expect(sheet.turn).toBe(3)
  expect([soFar.seat, soFar.to, sheet.seat, sheet.to]).toEqual(['9WZBH/7/so-far', 'so-far', '9WZBH/7', 'submissions'])
})

test('SAF-12: what waits on the device tells nothing of risk: two sheets differ in their sealed bytes alone', () => {
  const quiet = { ...here, seated: { ...here.seated, battery: here.seated.battery.map((form) => ({ ...form, risks: [] })) } }
  const { body: one, ...risky } = soFarOf(here, { language: 'zh-CN', now })
  const { body: other, ...calm } = soFarOf(quiet, { language: 'zh-CN', now })
  expect(risky).toEqual(calm)
  expect(one.length).toBe(other.length)
})

test('PRIV-12: where the page cannot seal, no sitting begins, and no finished sheet lies open', () => {
  expect([canSeal(here), canSeal(open('')), canSeal(open('bm8ga2V5'))]).toEqual([true, false, false])
  expect(() => sheetOf(open(''), { ended: 'finished', language: 'zh-CN', now })).toThrow()
})

test('a wish to talk and a decline have places of their own beside the sheet', () => {
  expect(wishOf(seatOfOpen(here), now)).toMatchObject({
    to: 'talk',
    seat: '9WZBH/7/talk',
    body: JSON.stringify({ askedAt: now }),
    sealed: false,
  })
  expect(declineOf(here)).toMatchObject({ to: 'decline', seat: '9WZBH/7/decline', body: '{"turn":3}', sealed: false })
})
