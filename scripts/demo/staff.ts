// The staff of the fictional county, each with an account made the way a real one is: link, password, one-time code.
import { randomBytes } from 'node:crypto'
import { Secret, TOTP } from 'otpauth'
import { type Client, client } from './client.ts'

const confirm = async (browser: Client, token: string, who: { username: string; displayName: string; countyName?: string }) => {
  const password = randomBytes(18).toString('base64url')
  const { totpSecret } = await browser.post<{ totpSecret: string }>('/invitations/accept', { token, ...who, password })
  const totp = new TOTP({ secret: Secret.fromBase32(totpSecret) }).generate()
  await browser.post('/invitations/confirm', { token, totp })
}

export const firstAdministrator = async (address: string, setUpToken: string, countyName: string): Promise<Client> => {
  const browser = client(address)
  await confirm(browser, setUpToken, { username: 'admin', displayName: '演示管理员', countyName })
  return browser
}

export type Person = { readonly id: string; readonly displayName: string }
type Colleague = Person & { readonly browser: Client }

export const invite = async (
  address: string,
  administrator: Client,
  who: { username: string; displayName: string; role: string; unitId: string },
): Promise<Colleague> => {
  const { username, displayName, role, unitId } = who
  const { account, invitationUrl } = await administrator.post<{ account: { id: string }; invitationUrl: string }>('/accounts', {
    username,
    displayName,
    roles: [{ role, unitId }],
  })
  const browser = client(address)
  await confirm(browser, invitationUrl.split('#')[1] ?? '', { username, displayName })
  return { id: account.id, displayName, browser }
}

export type Cast = {
  readonly counsellor: Colleague
  readonly deputy: Colleague
  readonly proctor: Colleague
  readonly researcher: Colleague
}

export const castOf = async (address: string, administrator: Client, countyId: string): Promise<Cast> => {
  const join = (username: string, displayName: string, role: string) =>
    invite(address, administrator, { username, displayName, role, unitId: countyId })
  return {
    counsellor: await join('lin', '林老师（演示）', 'counsellor'),
    deputy: await join('zhou', '周老师（演示）', 'counsellor'),
    proctor: await join('proctor', '演示主试', 'proctor'),
    researcher: await join('researcher', '演示研究员', 'researcher'),
  }
}

export type Link = { readonly displayName: string; readonly url: string }

/** Links that sign in once without a password; only a demonstration server makes them. */
export const signInLinks = async (address: string, administrator: Client, people: readonly Person[]): Promise<readonly Link[]> => {
  const links: Link[] = []
  for (const { id, displayName } of people) {
    const { url } = await administrator.post<{ url: string }>(`/accounts/${id}/sign-in-links`)
    links.push({ displayName, url: new URL(url, address).href })
  }
  return links
}
