/** 32 hexadecimal digits. crypto.randomUUID is missing on a plain-http school network and in old browsers. */
export const newKey = (random: (bytes: Uint8Array<ArrayBuffer>) => Uint8Array = (bytes) => crypto.getRandomValues(bytes)): string =>
  Array.from(random(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('')
