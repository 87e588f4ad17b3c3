// Which notice a consent answered, as proof against later changes. Computed here in plain JavaScript: a school's plain-http network has no WebCrypto.
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'

/** SHA-256 of the text as UTF-8, with single line feeds and without blank edges, so that it does not hang on how the text was copied. */
export const noticeHash = (text: string): string => bytesToHex(sha256(utf8ToBytes(text.replace(/\r\n?/g, '\n').trim())))
