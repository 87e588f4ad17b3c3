import { Problem } from '../problem.ts'

export const staffSessionHours = 12
export const linkHours = { 'set-up': 24, invitation: 7 * 24, 'sign-in-link': 24 } as const

export const requirePassword = (password: string, username: string) => {
  if ([...password].length < 12 || password.toLowerCase() === username) throw new Problem('account.password-weak')
}

export const hoursAfter = (now: Date, hours: number) => new Date(now.getTime() + hours * 3_600_000)
