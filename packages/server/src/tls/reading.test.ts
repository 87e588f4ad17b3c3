import { expect, test } from 'vitest'
import { terminalWords } from '../terminal.ts'
import { issueAuthority, issueServer } from './certificate.ts'
import { boundsFor } from './names.ts'
import { complaintsAbout } from './reading.ts'

const names = ['localhost', '127.0.0.1', '192.168.1.20', '::1']
const validity = { from: new Date('2026-03-01T00:00:00Z'), until: new Date('2027-03-31T00:00:00Z') }
const { certificate } = issueServer(issueAuthority('a', boundsFor(names), validity), names, validity)
const addresses = ['https://127.0.0.1:3000', 'https://192.168.1.20:3000', 'https://[::1]:3000', 'https://localhost']
const on = (day: string, used = addresses) =>
  complaintsAbout(certificate, used, new Date(`${day}T12:00:00Z`), terminalWords('en')).map((line) => line.trim())

test('of a certificate that holds and names what people type, nothing is said', () => expect(on('2026-09-01')).toEqual([]))

test('one that ends soon, has ended or has not begun is said with the day, and with the command that mends it', () => {
  expect(on('2027-03-02')).toEqual(['the certificate ends on 2027-03-31: stop the server, run npm run server -- tls, start again'])
  expect(on('2027-03-31')).toEqual([expect.stringMatching(/ended on 2027-03-31 and browsers refuse it.*npm run server -- tls/)])
  expect(on('2026-02-28')).toEqual([expect.stringContaining('begins only on 2026-03-01: is the clock of this computer right?')])
})

test('an address that it does not name is said once, with the command that adds it', () => {
  const used = [...addresses, 'https://192.168.1.30:3000', 'https://192.168.1.30', 'https://screening.school.example']
  expect(on('2026-09-01', used)).toEqual([
    'the certificate does not name 192.168.1.30, screening.school.example: stop the server, ' +
      'run npm run server -- tls --name 192.168.1.30 --name screening.school.example, start again',
  ])
})
