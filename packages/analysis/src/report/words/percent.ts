/** A level as it is said: 0.95 is 95. */
export const percent = (level: number) => Number((level * 100).toPrecision(6))
