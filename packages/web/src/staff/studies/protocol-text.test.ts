import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readProtocolText } from './protocol-text.ts'

const protocol = {
  id: 'county-2026',
  title: { 'zh-CN': '县域研究', en: 'County study' },
  simulated: false,
  arms: [{ id: 'control', label: { 'zh-CN': '对照组', en: 'Control' }, control: true }],
  waves: [{ id: 'baseline', label: { 'zh-CN': '基线', en: 'Baseline' }, battery: [{ instrument: 'phq-9', version: '1.0.0' }] }],
  primary: { scale: 'phq9_total', wave: 'post', baselineWave: 'baseline' },
  secondary: [{ scale: 'gad7_total' }],
}

test('a protocol is shown in the words of the reader before it is sent', () => {
  const read = readProtocolText(`\ufeff${JSON.stringify(protocol, null, 2)}\n`, 'zh-CN')
  expect(read).toEqual({
    kind: 'protocol',
    value: protocol,
    preview: {
      id: 'county-2026',
      title: '县域研究',
      simulated: false,
      arms: ['对照组'],
      waves: [{ name: '基线', battery: ['phq-9 1.0.0'] }],
      outcomes: ['phq9_total', 'gad7_total'],
    },
  })
})

test('what lacks a label is shown by its id', () => {
  const read = readProtocolText('{"id":"x","arms":[{"id":"control"}]}', 'en')
  expect(read).toMatchObject({ preview: { title: 'x', arms: ['control'], waves: [], outcomes: [] } })
})

test('a text that is not JSON is told by line and column', () => {
  expect(readProtocolText('{\n  "id": oops\n}', 'en')).toEqual({ kind: 'not-json', line: 2, column: 9 })
  expect(readProtocolText('{\n  "id": "x",', 'en')).toMatchObject({ kind: 'not-json', line: 2 })
  expect(readProtocolText('  \n', 'en').kind).toBe('empty')
  for (const text of ['[]', '7', 'null', '"x"']) expect(readProtocolText(text, 'en').kind).toBe('not-object')
})

test('any JSON object can be looked at, and what is sent is what was given', () => {
  fc.assert(
    fc.property(fc.object({ key: fc.constantFrom('id', 'title', 'arms', 'waves', 'label', 'battery', 'zh-CN', 'a') }), (given) => {
      const text = JSON.stringify(given)
      expect(readProtocolText(text, 'en')).toMatchObject({ kind: 'protocol', value: JSON.parse(text) })
    }),
  )
})
