// Everything the staff pages say, gathered from their rooms.
import { accountWords } from '../staff/accounts/words.ts'
import { caseWords } from '../staff/cases/words.ts'
import { classWords } from '../staff/classes/words.ts'
import { consentWords } from '../staff/consents/words.ts'
import { dutyWords } from '../staff/duty/words.ts'
import { homeWords } from '../staff/home/words.ts'
import { kitWords } from '../staff/kits/words.ts'
import { libraryWords } from '../staff/library/words.ts'
import { noticeWords } from '../staff/notices/words.ts'
import { rosterWords } from '../staff/participants/roster/words.ts'
import { participantWords } from '../staff/participants/words.ts'
import { openingWords } from '../staff/sessions/opening-words.ts'
import { paperWords } from '../staff/sessions/paper-words.ts'
import { sessionWords } from '../staff/sessions/words.ts'
import { shellWords } from '../staff/shell/words.ts'
import { studyWords } from '../staff/studies/words.ts'
import { unitWords } from '../staff/units/words.ts'
import { yearWords } from '../staff/units/year/words.ts'

export const staffWords = {
  ...shellWords,
  ...accountWords,
  ...unitWords,
  ...yearWords,
  ...classWords,
  ...participantWords,
  ...rosterWords,
  ...consentWords,
  ...noticeWords,
  ...paperWords,
  ...sessionWords,
  ...caseWords,
  ...studyWords,
  ...libraryWords,
  ...homeWords,
  ...dutyWords,
  ...openingWords,
  ...kitWords,
}

export type StaffKey = keyof typeof staffWords
