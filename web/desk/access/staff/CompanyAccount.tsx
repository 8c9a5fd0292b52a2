// The tie between a person and what the provider of company accounts calls them: made, seen, and undone.
import { useState } from 'react'
import * as api from '../../../../chapters/access/single-sign-on/api.ts'
import { useAsk } from '../../../kit/ask.ts'
import { Button } from '../../../kit/Button.tsx'
import { Confirm } from '../../../kit/Dialog.tsx'
import { TextField } from '../../../kit/Field.tsx'
import { FormDialog } from '../../../kit/FormDialog.tsx'
import { Facts } from '../../../kit/Panel.tsx'
import { useFaults } from '../../../kit/refusals.ts'
import { useToast } from '../../../kit/Toast.tsx'
import { useWords } from '../../../kit/words.ts'
import { useMay } from '../../shell/session.ts'
import { type Person, useStaffChanges } from './staff.ts'
import { texts } from './words.ts'

type Provider = { readonly issuer: string; readonly claim: string }

/** Ties, and says so with what takes it back. */
const useTie = (person: Person): ((subject: string | null) => Promise<void>) => {
  const w = useWords(texts)
  const tell = useToast()
  const { tie } = useStaffChanges()
  const params = { staff_id: person.id }
  return async (subject) => {
    const { version } = await tie.mutateAsync({ params, body: { version: person.version, subject } })
    tell({
      text: subject === null ? w.untied(person.name) : w.tied(person.name, subject),
      undo: () => tie.mutateAsync({ params, body: { version, subject: person.single_sign_on } }),
    })
  }
}

const Tie = ({
  person,
  provider: { issuer, claim },
  onClose,
}: {
  readonly person: Person
  readonly provider: Provider
  readonly onClose: () => void
}) => {
  const w = useWords(texts)
  const faultAt = useFaults()
  const tie = useTie(person)
  const [subject, setSubject] = useState(person.single_sign_on ?? '')
  const typed = subject.trim()
  return (
    <FormDialog
      title={`${w.tie}: ${person.name}`}
      act={w.tie}
      ready={typed !== '' && typed !== person.single_sign_on}
      onAct={() => tie(typed)}
      onClose={onClose}
    >
      {(refused) => (
        <>
          <Facts facts={[[w.provider, issuer]]} />
          <TextField
            label={w.subject}
            hint={w.subjectHint(claim)}
            value={subject}
            onChange={setSubject}
            fault={faultAt(refused, 'body.subject')}
            maxLength={255}
            takesFocus
            required
          />
          <p className="quiet">{w.tieText}</p>
        </>
      )}
    </FormDialog>
  )
}

export const CompanyAccount = ({ person, self }: { readonly person: Person; readonly self: boolean }) => {
  const w = useWords(texts)
  const may = useMay()
  const untie = useTie(person)
  const [asked, setAsked] = useState<'tie' | 'untie'>()
  const { data } = useAsk(api.readProvider, {}, { when: may(api.readProvider) })
  const provider = data?.provider
  const { single_sign_on: subject } = person
  // Where nobody can have one, it is nothing to speak of.
  if (data === undefined || (provider === null && subject === null)) return null
  const changes = may(api.tieStaff) && !self
  return (
    <section>
      <div className="line-head">
        <h3>{w.account}</h3>
        <div className="page-actions">
          {changes && subject !== null && (
            <Button tone="quiet" onPress={() => setAsked('untie')}>
              {w.untie}
            </Button>
          )}
          {changes && provider && (
            <Button icon={subject === null ? 'plus' : 'edit'} onPress={() => setAsked('tie')}>
              {subject === null ? w.tie : w.tieOther}
            </Button>
          )}
        </div>
      </div>
      {subject === null ? (
        <p className="quiet">{w.noTie}</p>
      ) : (
        <Facts
          facts={[
            [w.provider, provider?.issuer ?? w.noProvider],
            [w.subject, subject],
          ]}
        />
      )}
      {asked === 'tie' && provider && <Tie person={person} provider={provider} onClose={() => setAsked(undefined)} />}
      <Confirm
        title={`${w.untie}: ${person.name}`}
        act={w.untie}
        open={asked === 'untie'}
        onAct={() => untie(null)}
        onClose={() => setAsked(undefined)}
      >
        <p>{w.untieText}</p>
      </Confirm>
    </section>
  )
}
