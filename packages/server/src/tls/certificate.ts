// The two certificates, as RFC 5280 writes them: an authority that may sign for a school's own network alone, and the server's.
import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'
import { isIP } from 'node:net'
import { AsnConvert, OctetString } from '@peculiar/asn1-schema'
import * as asn from '@peculiar/asn1-x509'

/** A certificate and its private key, both in PEM. */
export type Issued = { readonly certificate: string; readonly key: string }
export type Validity = { readonly from: Date; readonly until: Date }

const ecdsaWithSha256 = '1.2.840.10045.4.3.2'
const [commonName, organisation] = ['2.5.4.3', '2.5.4.10']

const nameOf = (common: string) =>
  new asn.Name(
    [
      [organisation, 'Tongxing'],
      [commonName, common],
    ].map(([type, utf8String]) => {
      const value = new asn.AttributeValue({ utf8String: utf8String! })
      return new asn.RelativeDistinguishedName([new asn.AttributeTypeAndValue({ type: type!, value })])
    }),
  )

const general = (name: string) => new asn.GeneralName(isIP(name.split('/')[0]!) ? { iPAddress: name } : { dNSName: name })

const extension = (extnID: string, value: unknown, critical = false) =>
  new asn.Extension({ extnID, critical, extnValue: new OctetString(AsnConvert.serialize(value)) })

const publicKeyOf = (key: KeyObject) =>
  AsnConvert.parse(createPublicKey(key).export({ type: 'spki', format: 'der' }), asn.SubjectPublicKeyInfo)

// RFC 5280, 4.2.1.2 (1)
const keyId = (key: KeyObject) =>
  createHash('sha1')
    .update(new Uint8Array(publicKeyOf(key).subjectPublicKey))
    .digest()

const serial = () => {
  const bytes = randomBytes(16)
  bytes[0] = (bytes[0]! & 0x3f) | 0x40 // positive, and never a leading zero
  return new Uint8Array(bytes).buffer
}

type Request = {
  readonly subject: asn.Name
  readonly issuer: asn.Name
  readonly key: KeyObject
  readonly signer: KeyObject
  readonly validity: Validity
  readonly extensions: readonly asn.Extension[]
}

const issue = ({ subject, issuer, key, signer, validity, extensions }: Request): Issued => {
  const signature = new asn.AlgorithmIdentifier({ algorithm: ecdsaWithSha256 })
  const common = [
    extension(asn.id_ce_subjectKeyIdentifier, new asn.SubjectKeyIdentifier(keyId(key))),
    extension(asn.id_ce_authorityKeyIdentifier, new asn.AuthorityKeyIdentifier({ keyIdentifier: new asn.KeyIdentifier(keyId(signer)) })),
    extension(asn.id_ce_extKeyUsage, new asn.ExtendedKeyUsage([asn.id_kp_serverAuth])),
  ]
  const tbsCertificate = new asn.TBSCertificate({
    version: asn.Version.v3,
    serialNumber: serial(),
    signature,
    issuer,
    validity: new asn.Validity({ notBefore: validity.from, notAfter: validity.until }),
    subject,
    subjectPublicKeyInfo: publicKeyOf(key),
    extensions: new asn.Extensions([...extensions, ...common]),
  })
  const signatureValue = new Uint8Array(sign('sha256', new Uint8Array(AsnConvert.serialize(tbsCertificate)), signer)).buffer
  const der = AsnConvert.serialize(new asn.Certificate({ tbsCertificate, signatureAlgorithm: signature, signatureValue }))
  return { certificate: pem(der), key: String(key.export({ type: 'pkcs8', format: 'pem' })) }
}

const pem = (der: ArrayBuffer) =>
  `-----BEGIN CERTIFICATE-----\n${Buffer.from(der)
    .toString('base64')
    .replace(/.{64}(?=.)/g, '$&\n')}\n-----END CERTIFICATE-----\n`

const newKey = () => generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey

/** @param bounds the addresses (with their bits) and domains below which it may sign */
export const issueAuthority = (name: string, bounds: readonly string[], validity: Validity): Issued => {
  const key = newKey()
  const permitted = bounds.map((bound) => new asn.GeneralSubtree({ base: general(bound) }))
  return issue({
    subject: nameOf(name),
    issuer: nameOf(name),
    key,
    signer: key,
    validity,
    extensions: [
      extension(asn.id_ce_basicConstraints, new asn.BasicConstraints({ cA: true, pathLenConstraint: 0 }), true),
      extension(asn.id_ce_keyUsage, new asn.KeyUsage(asn.KeyUsageFlags.keyCertSign), true),
      extension(asn.id_ce_nameConstraints, new asn.NameConstraints({ permittedSubtrees: new asn.GeneralSubtrees(permitted) }), true),
    ],
  })
}

export const issueServer = (authority: Issued, names: readonly string[], validity: Validity): Issued => {
  const der = Buffer.from(authority.certificate.replace(/-----[^-]+-----|\s/g, ''), 'base64')
  const { subject } = AsnConvert.parse(der, asn.Certificate).tbsCertificate
  return issue({
    subject: nameOf(names.find((name) => name.endsWith('.local')) ?? 'localhost'),
    issuer: subject,
    key: newKey(),
    signer: createPrivateKey(authority.key),
    validity,
    extensions: [
      extension(asn.id_ce_basicConstraints, new asn.BasicConstraints({ cA: false }), true),
      extension(asn.id_ce_keyUsage, new asn.KeyUsage(asn.KeyUsageFlags.digitalSignature), true),
      extension(asn.id_ce_subjectAltName, new asn.SubjectAlternativeName(names.map(general))),
    ],
  })
}

/** Below what an authority may sign, read from its certificate. */
export const boundsOf = (certificate: string): readonly string[] => {
  const der = Buffer.from(certificate.replace(/-----[^-]+-----|\s/g, ''), 'base64')
  const { extensions } = AsnConvert.parse(der, asn.Certificate).tbsCertificate
  const found = extensions?.find(({ extnID }) => extnID === asn.id_ce_nameConstraints)
  const { permittedSubtrees } = found ? AsnConvert.parse(found.extnValue.buffer, asn.NameConstraints) : new asn.NameConstraints()
  return (permittedSubtrees ?? []).map(({ base }) => base.iPAddress ?? base.dNSName ?? '')
}
