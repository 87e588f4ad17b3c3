/** The receipt as the pupil's page shows it: the end of the id tells sheets apart, its beginning is a time. */
export const shortReceipt = (submissionId: string) => submissionId.slice(-8).toUpperCase()
