// What a password must be, told while it is typed. The server has the last word.
export type PasswordFault = { readonly kind: 'short'; readonly missing: number } | { readonly kind: 'same-as-name' }

const shortest = 12

export const passwordFault = (password: string, username: string): PasswordFault | null => {
  const missing = shortest - [...password].length
  if (missing > 0) return { kind: 'short', missing }
  if (password.toLowerCase() === username.trim().toLowerCase()) return { kind: 'same-as-name' }
  return null
}

/** A key in groups of four is read and typed without losing one's place. */
export const inGroups = (secret: string): readonly string[] => secret.match(/.{1,4}/g) ?? []
