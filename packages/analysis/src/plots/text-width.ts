const wide = /[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]/

/** The width of a text in ems: a CJK character is one, any other a little over half. */
export const ems = (text: string): number => [...text].reduce((sum, character) => sum + (wide.test(character) ? 1 : 0.58), 0)
