// The customer card: who, what must be known before a word is said, and the parts that the role may see; the others are not there.
import type { z } from 'zod'
import * as api from '../../../chapters/customers/api.ts'
import { representations } from '../../../chapters/customers/representations/api.ts'
import { events } from '../../../chapters/contacts/events/api.ts'
import { contractsOfCustomer } from '../../../chapters/contracts/api.ts'
import { offersOfCustomer } from '../../../chapters/contracts/offers/api.ts'
import { listDuplicates } from '../../../chapters/customers/duplicates/api.ts'
import { permissions } from '../../../chapters/marketing/api.ts'
import { sitesOfCustomer } from '../../../chapters/sites/api.ts'
import { readBecause } from '../../../register/reasons.ts'
import type { Language } from '../../../register/vocabulary.ts'
import { Answer } from '../../kit/Answer.tsx'
import { asking, BecauseContext, useAsk } from '../../kit/ask.ts'
import { Badge } from '../../kit/Badge.tsx'
import { Banners } from '../../kit/Banner.tsx'
import { Button, ButtonLink } from '../../kit/Button.tsx'
import { EmptyState } from '../../kit/EmptyState.tsx'
import { useFormats } from '../../kit/format.ts'
import { useCommands } from '../../kit/Keys.tsx'
import { useNavigation } from '../../kit/navigation.tsx'
import { Columns, Page as Frame } from '../../kit/Page.tsx'
import { Panel } from '../../kit/Panel.tsx'
import { useWords } from '../../kit/words.ts'
import type { At, Loading } from '../page.ts'
import { paths } from '../paths.ts'
import { AskWhy } from '../shell/AskWhy.tsx'
import { useOpenCustomer } from '../shell/open-customers.ts'
import { forgetWhy, openBecause, useWhy, whyOf } from '../shell/why.ts'
import { Timeline } from '../contacts/Timeline.tsx'
import { Verification } from '../contacts/Verification.tsx'
import { Contracts } from '../contracts/Contracts.tsx'
import { Offers } from '../contracts/offers/Offers.tsx'
import { Permissions } from '../marketing/Permissions.tsx'
import { Sites } from '../sites/Sites.tsx'
import { useMay } from '../shell/session.ts'
import { ContactDetails } from './ContactDetails.tsx'
import { Addresses } from './addresses/Addresses.tsx'
import { Deeds } from './Deeds.tsx'
import { Names } from './names/Names.tsx'
import { Basics } from './party/Basics.tsx'
import { Representations } from './representations/Representations.tsx'
import { IdentityCode } from './Strict.tsx'
import { Protection } from './walls/Protection.tsx'
import { useWarnings } from './walls/warnings.tsx'
import { texts } from './words.ts'

type Here = At<typeof paths.customer>
type Head = z.output<typeof api.customerHead>

const idOf = (here: Here): api.CustomerId => api.customerId.parse(Number(here.params.customer))

export const title = (language: Language): string => texts[language].title

/** Without a reason nobody is read: the page asks for it first. */
export const loader = async (here: Here & Loading): Promise<unknown> => {
  const why = whyOf(here.params.customer)
  if (why === undefined) return undefined
  // What is refused is said on the page, where another reason may be given.
  return here.client
    .ensureQueryData(asking(api.openCustomer, { params: { customer_id: idOf(here) } }, why))
    .catch(() => undefined)
}

const Card = ({ head, why }: { readonly head: Head; readonly why: string }) => {
  const w = useWords(texts)
  const { day } = useFormats()
  const may = useMay()
  const { go } = useNavigation()
  const warnings = useWarnings(head)
  useOpenCustomer(String(head.id))
  const duplicates = paths.duplicates({}, { customer: String(head.id) })
  // Named by its action alone, so that nobody else loads what it is asked by.
  const looks = may({ action: 'search the access log' })
  const looked = paths.accessLog({}, { person: String(head.id), name: head.name })
  useCommands([
    ...(may(listDuplicates)
      ? [
          {
            id: 'customer.duplicates',
            label: w.duplicates,
            group: w.title,
            icon: 'copy' as const,
            run: () => go(duplicates),
          },
        ]
      : []),
    ...(looks
      ? [{ id: 'customer.looked', label: w.looked, group: w.title, icon: 'history' as const, run: () => go(looked) }]
      : []),
  ])
  const because = readBecause(why)
  const facts = [
    w[head.kind],
    ...(head.number === null ? [] : [`${w.number} ${head.number}`]),
    ...(head.birth_date ? [`${w.born} ${day(head.birth_date)}`] : []),
    ...(head.business_id ? [`${w.businessId} ${head.business_id}`] : []),
    `${w.language}: ${w[head.language]}`,
  ]
  return (
    <Frame
      title={head.deceased_on === null ? head.name : w.late(head.name)}
      mark={<Badge tone={head.stage === 'customer' ? 'well' : 'plain'}>{w[head.stage]}</Badge>}
      lead={facts.join(' · ')}
      actions={
        <>
          {may(listDuplicates) && (
            <ButtonLink to={duplicates} tone="quiet" icon="copy">
              {w.duplicates}
            </ButtonLink>
          )}
          {looks && (
            <ButtonLink to={looked} tone="quiet" icon="history">
              {w.looked}
            </ButtonLink>
          )}
          <Button tone="quiet" onPress={() => forgetWhy(String(head.id))}>
            {w.otherWhy}
          </Button>
          <Deeds head={head} />
        </>
      }
    >
      <Banners banners={warnings.banners} />
      {warnings.dialog}
      {because?.is === 'call' && <Verification contact_id={because.id} />}
      <Columns>
        <div>
          {may(api.contactDetails) && <ContactDetails customer_id={head.id} isProtected={head.protected} />}
          {may(api.addresses) && <Addresses customer_id={head.id} isProtected={head.protected} />}
          {head.protected && <Protection customer_id={head.id} />}
          {may(api.names) && <Names customer_id={head.id} party={head.kind} />}
          <Basics head={head} />
          {may(representations) && <Representations customer_id={head.id} party={head.kind} />}
          <IdentityCode customer_id={head.id} />
        </div>
        <div>{may(events) && <Timeline customer_id={head.id} />}</div>
        <div>
          {may(sitesOfCustomer) && <Sites customer_id={head.id} isProtected={head.protected} />}
          {may(contractsOfCustomer) && <Contracts customer_id={head.id} isProtected={head.protected} />}
          {may(offersOfCustomer) && <Offers customer_id={head.id} isProtected={head.protected} />}
          {may(permissions) && <Permissions customer_id={head.id} />}
        </div>
      </Columns>
    </Frame>
  )
}

/** Before anything of the person is read: why. */
const Closed = ({ customer }: { readonly customer: string }) => {
  const w = useWords(texts)
  return (
    <Frame title={w.opening}>
      <Panel title={w.title}>
        <AskWhy onWhy={(because) => openBecause(customer, because)} />
      </Panel>
    </Frame>
  )
}

const Opened = ({ id, why }: { readonly id: api.CustomerId; readonly why: string }) => {
  const customer = useAsk(api.openCustomer, { params: { customer_id: id } }, { because: why })
  const outdated = customer.error?.problem.code.startsWith('reason.')
  if (outdated) return <Closed customer={String(id)} />
  return (
    <BecauseContext value={why}>
      <Answer of={customer}>{(head) => <Card head={head} why={why} />}</Answer>
    </BecauseContext>
  )
}

export const Page = (here: Here) => {
  const { customer } = here.params
  const w = useWords(texts)
  const may = useMay()
  const why = useWhy(customer)
  if (!may(api.openCustomer))
    return (
      <Frame title={w.title}>
        <EmptyState icon="lock" title={w.notYours} />
      </Frame>
    )
  return why === undefined ? <Closed customer={customer} /> : <Opened key={why} id={idOf(here)} why={why} />
}
