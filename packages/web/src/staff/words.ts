// Every sentence of the staff pages stands once, Chinese and English side by side, so that neither can be forgotten.
export type Words = Readonly<Record<string, readonly [chinese: string, english: string]>>
