// Two customers side by side: what is the same, what differs; which one stays, and why; or that they are two.
import { type ReactNode, useState } from 'react'
import type { z } from 'zod'
import * as customers from '../../../../chapters/customers/api.ts'
import * as api from '../../../../chapters/customers/duplicates/api.ts'
import { contractsOfCustomer } from '../../../../chapters/contracts/api.ts'
import { sitesOfCustomer } from '../../../../chapters/sites/api.ts'
import { typedReason } from '../../../../register/reasons.ts'
import type { Language } from '../../../../register/vocabulary.ts'
import { Answer } from '../../../kit/Answer.tsx'
import { BecauseContext, useAsk, useChange } from '../../../kit/ask.ts'
import { Badge } from '../../../kit/Badge.tsx'
import { Banner } from '../../../kit/Banner.tsx'
import { Button } from '../../../kit/Button.tsx'
import { TextField } from '../../../kit/Field.tsx'
import { FormDialog } from '../../../kit/FormDialog.tsx'
import { useFormats } from '../../../kit/format.ts'
import { useCommands } from '../../../kit/Keys.tsx'
import { Link } from '../../../kit/Link.tsx'
import { useNavigation } from '../../../kit/navigation.tsx'
import { Page as Frame } from '../../../kit/Page.tsx'
import { Panel } from '../../../kit/Panel.tsx'
import { useLanguage } from '../../../kit/preferences.ts'
import { useSay } from '../../../kit/refusals.ts'
import { useToast } from '../../../kit/Toast.tsx'
import { useWords } from '../../../kit/words.ts'
import type { At } from '../../page.ts'
import { paths } from '../../paths.ts'
import { useMay } from '../../shell/session.ts'
import { placeOf, streetOf } from '../../sites/address.ts'
import { sourceIn } from '../sources.ts'
import { texts as card } from '../words.ts'
import { leastReason, stale } from './Parting.tsx'
import { texts } from './words.ts'
import '../../../kit/Table.css'
import './Compare.css'

export const title = (language: Language): string => texts[language].compareTitle

type Head = z.output<typeof customers.customerHead>
const titled = ({ name, number }: Head): string => `${name} ${number ?? ''}`.trim()

/** What is known of one of them, line by line; undefined while it comes, and what the role may not see is not there. */
const useKnown = (head: Head): Readonly<Record<string, readonly string[] | undefined>> => {
  const c = useWords(card)
  const may = useMay()
  const language = useLanguage()
  const { day } = useFormats()
  const params = { customer_id: head.id }
  const asks = <E extends Parameters<typeof may>[0]>(endpoint: E) => ({ when: may(endpoint) })
  const names = useAsk(customers.names, { params }, asks(customers.names)).data
  const details = useAsk(customers.contactDetails, { params }, asks(customers.contactDetails)).data
  const addresses = useAsk(customers.addresses, { params }, asks(customers.addresses)).data
  const sites = useAsk(sitesOfCustomer, { params }, asks(sitesOfCustomer)).data
  const contracts = useAsk(contractsOfCustomer, { params }, asks(contractsOfCustomer)).data
  return {
    name: [head.name],
    kind: [c[head.kind]],
    stage: [c[head.stage]],
    birth: head.birth_date === null ? [] : [day(head.birth_date)],
    business: head.business_id === null ? [] : [head.business_id],
    language: [c[head.language]],
    names: names?.map((each) => each.organisation ?? [each.given, each.family].filter(Boolean).join(' ')),
    details: details?.filter(({ during }) => during.to === null).map(({ value }) => value),
    addresses: addresses
      ?.filter(({ during }) => during.to === null)
      .map(({ street, postcode, post_office }) => `${street}, ${postcode} ${post_office}`),
    sites: sites?.map(({ site }) => `${streetOf(site, language)}, ${placeOf(site, language)}`),
    contracts: contracts?.map(({ number }) => number),
    recorded: [`${day(new Date(head.recorded_at))}, ${sourceIn(language)(head.source)}`],
  }
}

const rowNames = [
  'name',
  'names',
  'kind',
  'stage',
  'birth',
  'business',
  'language',
  'details',
  'addresses',
  'sites',
  'contracts',
  'recorded',
] as const

const folded = (lines: readonly string[]): string =>
  [...new Set(lines.map((line) => line.toLowerCase()))].toSorted((a, b) => a.localeCompare(b)).join('\n')

const Lines = ({ lines }: { readonly lines: readonly string[] | undefined }): ReactNode => {
  const w = useWords(texts)
  if (lines === undefined || lines.length === 0) return <span className="quiet">{w.nothing}</span>
  return [...new Set(lines)].map((line) => <span key={line}>{line}</span>)
}

const Join = ({
  golden,
  merged,
  evidence,
  onClose,
}: {
  readonly golden: Head
  readonly merged: Head
  readonly evidence: readonly (typeof api.evidenceKinds)[number][]
  readonly onClose: () => void
}) => {
  const w = useWords(texts)
  const tell = useToast()
  const { go } = useNavigation()
  const [reason, setReason] = useState('')
  const join = useChange(api.proposeMerge, { stale })
  const part = useChange(api.undoMerge, { stale })
  return (
    <FormDialog
      title={w.joinTitle}
      act={w.joinAct}
      size="small"
      ready={reason.trim().length >= leastReason}
      onAct={async () => {
        const made = await join.mutateAsync({
          params: { customer_id: golden.id },
          body: { merged_id: merged.id, reason: reason.trim(), evidence: [...evidence] },
        })
        if (made.merged_at === null) tell({ text: w.proposed })
        else
          tell({
            text: w.joinedNow(titled(golden)),
            undo: () => part.mutateAsync({ params: { merge_id: made.id }, body: { reason: w.atOnce } }),
          })
        go(paths.duplicates())
      }}
      onClose={onClose}
    >
      {() => (
        <>
          <p>{w.joinHow(titled(merged), titled(golden))}</p>
          <TextField
            label={w.reason}
            hint={w.reasonHow}
            lines={2}
            value={reason}
            onChange={setReason}
            maxLength={500}
            takesFocus
            required
          />
        </>
      )}
    </FormDialog>
  )
}

const Compared = ({ one, other }: { readonly one: Head; readonly other: Head }) => {
  const w = useWords(texts)
  const say = useSay()
  const tell = useToast()
  const may = useMay()
  const { go } = useNavigation()
  const [golden, setGolden] = useState(one.id)
  const [joining, setJoining] = useState(false)
  const known = [useKnown(one), useKnown(other)] as const
  const suggested = useAsk(api.listDuplicates, { query: { customer_id: one.id } }, { when: may(api.listDuplicates) })
  const pair = suggested.data?.find(({ customer_id, other_id }) => customer_id === other.id || other_id === other.id)
  const apart = useChange(api.tellApart, { stale })
  const reopen = useChange(api.reopenDuplicate, { stale })
  const joined = one.merged_into !== null || other.merged_into !== null
  const joins = may(api.proposeMerge) && !joined
  const parts = pair !== undefined && may(api.tellApart)

  const tellApart = (): void => {
    if (pair === undefined) return
    const params = { duplicate_id: pair.id }
    apart.mutate(
      { params },
      {
        onSuccess: () => {
          tell({ text: w.toldApart, undo: () => reopen.mutateAsync({ params }) })
          go(paths.duplicates())
        },
        onError: (error) => tell({ text: say(error).what }),
      },
    )
  }
  useCommands(
    [
      ...(joins
        ? ([
            {
              id: 'duplicates.keep-one',
              label: w.keep(one.name, one.number ?? ''),
              keys: '1',
              run: () => setGolden(one.id),
            },
            {
              id: 'duplicates.keep-other',
              label: w.keep(other.name, other.number ?? ''),
              keys: '2',
              run: () => setGolden(other.id),
            },
            { id: 'duplicates.join', label: w.join, keys: 'Y', run: () => setJoining(true) },
          ] as const)
        : []),
      ...(parts ? [{ id: 'duplicates.apart', label: w.notSame, keys: 'E', run: tellApart }] : []),
    ].map((command) => ({ ...command, group: w.title, icon: 'copy' as const })),
  )

  const sides = [one, other] as const
  return (
    <Frame
      title={w.compareTitle}
      lead={w.compareLead}
      actions={
        <>
          {parts && (
            <Button icon="close" busy={apart.isPending} onPress={tellApart}>
              {w.notSame}
            </Button>
          )}
          {joins && (
            <Button tone="strong" icon="copy" onPress={() => setJoining(true)}>
              {w.join}
            </Button>
          )}
        </>
      }
    >
      {joined && <Banner consequence="care" title={w.already} />}
      {pair && (
        <p className="evidence">
          {pair.evidence.map((each) => (
            <Badge key={each} tone="note">
              {w[each]}
            </Badge>
          ))}{' '}
          {pair.weight} %
        </p>
      )}
      <Panel title={w.compareTitle} flush>
        {/* Only a box that takes the focus can be scrolled by keys. */}
        <div className="table-box" {...{ role: 'group', 'aria-label': w.compareTitle, tabIndex: 0 }}>
          <table className="table compare" aria-label={w.compareTitle}>
            <thead>
              <tr>
                <th scope="col">{w.what}</th>
                {sides.map((head) => (
                  <th scope="col" key={head.id}>
                    <Link to={paths.customer({ customer: String(head.id) })}>{titled(head)}</Link>
                    {joins && (
                      <label className="compare-keep">
                        <input
                          type="radio"
                          name="golden"
                          checked={golden === head.id}
                          onChange={() => setGolden(head.id)}
                        />
                        {w.golden}
                        <span className="unseen">: {titled(head)}</span>
                      </label>
                    )}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rowNames.map((name) => {
                const [a, b] = [known[0][name] ?? [], known[1][name] ?? []]
                if (a.length === 0 && b.length === 0) return null
                const alike = folded(a) === folded(b)
                return (
                  <tr key={name} data-alike={alike}>
                    <th scope="row">
                      {w[name]}{' '}
                      {name !== 'recorded' && (
                        <Badge tone={alike ? 'well' : 'care'}>{alike ? w.same : w.differs}</Badge>
                      )}
                    </th>
                    <td>
                      <Lines lines={a} />
                    </td>
                    <td>
                      <Lines lines={b} />
                    </td>
                  </tr>
                )
              })}
            </tbody>
          </table>
        </div>
      </Panel>
      {joining && (
        <Join
          golden={golden === one.id ? one : other}
          merged={golden === one.id ? other : one}
          evidence={pair?.evidence ?? []}
          onClose={() => setJoining(false)}
        />
      )}
    </Frame>
  )
}

const idOf = (text: string): customers.CustomerId => customers.customerId.parse(Number(text))

const Both = ({ params }: { readonly params: At<typeof paths.compare>['params'] }) => {
  const one = useAsk(customers.openCustomer, { params: { customer_id: idOf(params.one) } })
  const other = useAsk(customers.openCustomer, { params: { customer_id: idOf(params.other) } })
  return (
    <Answer of={one} lines={10}>
      {(left) => (
        <Answer of={other} lines={10}>
          {(right) => <Compared one={left} other={right} />}
        </Answer>
      )}
    </Answer>
  )
}

/** To compare is the reason for opening both, and it is the same each time. */
export const Page = ({ params }: At<typeof paths.compare>) => {
  const w = useWords(texts)
  return (
    <BecauseContext value={typedReason('other', w.opening)}>
      <Both params={params} />
    </BecauseContext>
  )
}
