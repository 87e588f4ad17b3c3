// Which names and addresses a certificate holds, and below which ones its authority may ever sign. Pure.
import { BlockList, isIP } from 'node:net'
import type { networkInterfaces } from 'node:os'

/** What only a school's own network uses: an authority that is stolen can stand for nothing else. */
const privateRanges = [
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '::1/128',
  'fc00::/7',
  'fe80::/10',
]
const privateDomains = ['localhost', 'local', 'lan', 'internal', 'home.arpa']

const privateList = new BlockList()
for (const range of privateRanges) {
  const [address = '', bits] = range.split('/')
  privateList.addSubnet(address, Number(bits), isIP(address) === 6 ? 'ipv6' : 'ipv4')
}
const isPrivateAddress = (address: string) => privateList.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4')

const isBelow = (name: string, domain: string) => name === domain || name.endsWith(`.${domain}`)
const isPrivateName = (name: string) => privateDomains.some((domain) => isBelow(name, domain))

const label = /^(?!-)[a-z0-9-]{1,63}(?<!-)$/
/** A name of letters alone may be a top-level domain; an authority that may sign it may sign all below it. */
const couldBeTopLevel = (name: string) => /^([a-z]+|xn--.*)$/.test(name) && name !== 'localhost'
const isName = (name: string) => name.length <= 253 && name.split('.').every((part) => label.test(part)) && !couldBeTopLevel(name)

export type Machine = { readonly hostname: string; readonly interfaces: ReturnType<typeof networkInterfaces> }

/** A given name as a certificate writes it, or one sentence why it cannot. */
export const nameFrom = (given: string): string => {
  const name = given.trim().toLowerCase().replace(/\.$/, '')
  if (isIP(name) > 0 && !name.includes('%')) return name
  if (couldBeTopLevel(name))
    throw new Error(`--name ${given}: a name of letters alone could be a top-level domain; use ${name}.local or the whole name`)
  if (!isName(name)) throw new Error(`--name ${given} is neither the name of a host, such as screening.school.example, nor an address`)
  return name
}

/** How this computer is called on its own network. */
export const ownNames = ({ hostname, interfaces }: Machine): readonly string[] => {
  const host = hostname.toLowerCase().replace(/\.$/, '')
  const hosts = host.endsWith('.local') ? [host] : [host, `${host.split('.')[0]}.local`]
  const addresses = Object.values(interfaces)
    .flatMap((list) => list ?? [])
    .filter(({ address, internal }) => !internal && !/^fe80:/i.test(address) && isPrivateAddress(address))
    .map(({ address }) => address)
  return [...new Set(['localhost', '127.0.0.1', '::1', ...addresses, ...hosts.filter(isName)])]
}

/** The ranges and domains to which an authority made for these names is held. */
export const boundsFor = (names: readonly string[]): readonly string[] => [
  ...privateRanges,
  ...privateDomains,
  ...names
    .filter((name) => !(isIP(name) ? isPrivateAddress(name) : isPrivateName(name)))
    .map((name) => (isIP(name) ? `${name}/${isIP(name) === 6 ? 128 : 32}` : name)),
]

export const isWithin = (name: string, bounds: readonly string[]): boolean => {
  if (!isIP(name)) return bounds.some((bound) => !bound.includes('/') && isBelow(name, bound))
  const list = new BlockList()
  for (const [address = '', bits] of bounds.filter((bound) => bound.includes('/')).map((bound) => bound.split('/')))
    list.addSubnet(address, Number(bits), isIP(address) === 6 ? 'ipv6' : 'ipv4')
  return list.check(name, isIP(name) === 6 ? 'ipv6' : 'ipv4')
}
