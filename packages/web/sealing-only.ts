// The library that seals, without what the pupil's page never calls: 2.5 kB of it, gzipped, instead of 7.

/** Signatures, hashes, opening a box, the inner parts, and Node's randomness. */
const unused = [
  /^nacl\.lowlevel = \{[\s\S]*?^\};$/m,
  /^nacl\.(?:sign|hash|verify|scalarMult|secretbox\.open|box\.open|box\.after|box\.keyPair\.from)[\w.]* = (?:function[\s\S]*?^\};$|.*$)/gm,
  / else if \(typeof require !== 'undefined'\) \{[\s\S]*?^ {2}\}$/m,
]

/** tweetnacl is one object with everything in it. Made a module, without the entries that the page does not call, and with its tables marked
    as nothing but tables, it loses to the minifier what only those need. No line of what remains is touched. */
export const sealingOnly = {
  name: 'sealing-only',
  transform: (code: string, id: string) => {
    if (!/\/tweetnacl\//.test(id)) return null
    const kept = unused.reduce((text, part) => text.replace(part, ''), code)
    const module = kept.replace('(function(nacl) {', 'const nacl = {};').replace(/^\}\)\(typeof module.*/m, 'export default nacl;')
    return module.replace(/\b(?:new u64(?=\()|(?:new \w+Array|gf)(?=\(\[))/g, '/*@__PURE__*/ $&')
  },
}
