// Which declarations the register has worked by, and since when: read from what each opening of the register wrote down.
import { dayOf } from '../../platform/clock.ts'
import { type Login, openPool } from '../../platform/database.ts'
import { Unavailable } from '../../platform/errors.ts'
import { readRegister } from '../../register/read.ts'
import type { Language } from '../../register/vocabulary.ts'
import { noticeChanges } from './changes.ts'
import { type Block, type Document, list, type Section, strong, text } from './document.ts'
import { instantIn } from './phrases.ts'
import { footOf, type Notice, speaker, type Version } from './speaker.ts'
import { noticeWords } from './words.ts'

type Applied = {
  readonly version: string
  readonly notice_hash: Buffer
  readonly register_yaml: string
  readonly law_yaml: string
  readonly applied_at: string
}

/** Versions from the earliest on. One that only changed how the same declaration is compiled is not told again. */
export const readVersions = async (owner: Login): Promise<readonly Version[]> => {
  const pool = openPool(owner, 1, 'asiakasrekisteri notice')
  try {
    const { rows } = await pool.query<Applied>(
      'select version, notice_hash, register_yaml, law_yaml, applied_at from register_version order by id',
    )
    return rows
      .filter((row, i) => rows[i - 1]?.notice_hash.equals(row.notice_hash) !== true)
      .map(({ version, notice_hash, register_yaml, law_yaml, applied_at }) => {
        const appliedAt = new Date(applied_at)
        const reading = readRegister(register_yaml, law_yaml, undefined, dayOf(appliedAt))
        return {
          version,
          noticeHash: notice_hash.toString('hex'),
          appliedAt,
          ...('faults' in reading ? {} : { register: reading }),
        }
      })
  } finally {
    await pool.end()
  }
}

/** What is in force: a register that has been opened has written at least its own version down. */
export const publishedNotice = (
  { description, laws, noticeHash }: Omit<Notice, 'appliedAt' | 'versions'>,
  versions: readonly Version[],
): Notice => {
  const present = versions.at(-1)
  if (present?.noticeHash !== noticeHash)
    throw new Unavailable('notice.not-applied', {
      detail: `register_version does not end with ${noticeHash}; open the register before its notice is published`,
    })
  return { description, laws, noticeHash, appliedAt: present.appliedAt, versions }
}

/** The versions as a page, the present one first. */
export const versionsDocument = (notice: Notice, language: Language): Document => {
  const { description, laws, noticeHash, versions } = notice
  const { w, say } = speaker(description, laws, language)
  const sections = versions.map((version, i): Section => {
    const blocks = [
      text([w.versions.from(instantIn(version.appliedAt, language)), ' ', { text: version.noticeHash, as: 'code' }]),
      ...changesSince(versions[i - 1], version, language),
    ]
    return { id: `version-${i + 1}`, title: `${version.version} (${i + 1})`, blocks }
  })
  return {
    language,
    title: w.versions.page,
    lead: [[say(description.name)], [w.versions.lead]],
    sections: sections.toReversed(),
    foot: footOf(notice, language),
    digest: noticeHash,
  }
}

const changesSince = (earlier: Version | undefined, later: Version, language: Language): readonly Block[] => {
  const { versions, changes } = noticeWords[language]
  if (earlier === undefined) return [text(versions.first)]
  if (earlier.register === undefined || later.register === undefined) return [text(versions.unreadable)]
  const found = noticeChanges(earlier.register, later.register, language)
  if (found.length === 0) return [text(versions.same)]
  return [list(found.map(({ is, section, words }) => ({ line: [strong(`${section}, ${changes[is]}.`), ` ${words}`] })))]
}
