// What the one box finds, as a list: narrowed, kept as a view, taken out as a file. The palette is for opening one; this is for looking at many.
import { useState } from 'react'
import type { z } from 'zod'
import { partyKinds, stages } from '../../../chapters/customers/api.ts'
import * as api from '../../../chapters/customers/search/api.ts'
import type { Language } from '../../../register/vocabulary.ts'
import { Answer } from '../../kit/Answer.tsx'
import { useAsk } from '../../kit/ask.ts'
import { Badge } from '../../kit/Badge.tsx'
import { Button } from '../../kit/Button.tsx'
import { EmptyState } from '../../kit/EmptyState.tsx'
import { TextField } from '../../kit/Field.tsx'
import { useNavigation } from '../../kit/navigation.tsx'
import { Page as Frame } from '../../kit/Page.tsx'
import { Panel } from '../../kit/Panel.tsx'
import { Table } from '../../kit/Table.tsx'
import { useLanguage } from '../../kit/preferences.ts'
import { useWords, words } from '../../kit/words.ts'
import { Views } from '../access/Views.tsx'
import type { At } from '../page.ts'
import { paths } from '../paths.ts'
import { Filters } from '../shell/Filters.tsx'
import { TakeOut } from '../shell/TakeOut.tsx'
import { isLikeIdentityCode, whyFound } from './search.ts'
import { texts as card } from './words.ts'

const texts = words({
  fi: {
    title: 'Haku',
    lead: 'Kaikki, jotka haku löytää; varmimmat ensin, enintään sata.',
    ask: 'Hae',
    what: 'Nimi, puhelin, osoite, asiakasnumero…',
    kind: 'Muoto',
    stage: 'Asiakkuus',
    name: 'Nimi',
    why: 'Löytyi',
    people: 'Löydetyt',
    born: 'Syntynyt',
    city: 'Paikkakunta',
    state: 'Huomio',
    protected: 'suojattu',
    deceased: 'kuollut',
    begin: 'Kirjoita, ketä haet.',
    notListed: 'Henkilötunnusta ei kirjoiteta luettelon osoitteeseen. Etsi sillä ylhäältä hakulaatikosta.',
    nobody: 'Ketään ei löytynyt.',
    nobodyHow: 'Kokeile osaa nimestä, puhelinnumeroa tai asiakasnumeroa, tai poista rajauksia.',
  },
  sv: {
    title: 'Sökning',
    lead: 'Alla som sökningen hittar; de säkraste först, högst hundra.',
    ask: 'Sök',
    what: 'Namn, telefon, adress, kundnummer…',
    kind: 'Form',
    stage: 'Kundförhållande',
    name: 'Namn',
    why: 'Hittad',
    people: 'Hittade',
    born: 'Född',
    city: 'Ort',
    state: 'Observera',
    protected: 'skyddad',
    deceased: 'avliden',
    begin: 'Skriv vem du söker.',
    notListed: 'En personbeteckning skrivs inte i listans adress. Sök med den i sökrutan ovan.',
    nobody: 'Ingen hittades.',
    nobodyHow: 'Pröva en del av namnet, telefonnumret eller kundnumret, eller rensa avgränsningar.',
  },
  en: {
    title: 'Search',
    lead: 'All that the search finds; the surest first, a hundred at most.',
    ask: 'Search',
    what: 'Name, phone, address, customer number…',
    kind: 'Form',
    stage: 'Relation',
    name: 'Name',
    why: 'Found by',
    people: 'Found',
    born: 'Born',
    city: 'Place',
    state: 'Mind',
    protected: 'protected',
    deceased: 'deceased',
    begin: 'Write whom you look for.',
    notListed: 'An identity code is not written into the address of a list. Search by it in the box above.',
    nobody: 'Nobody was found.',
    nobodyHow: 'Try a part of the name, the phone number or the customer number, or clear filters.',
  },
})

export const title = (language: Language): string => texts[language].title

type Query = z.input<typeof api.findPeople.takes.query>

const Found = ({ query }: { readonly query: Query }) => {
  const w = useWords(texts)
  const c = useWords(card)
  const language = useLanguage()
  return (
    <Answer of={useAsk(api.findPeople, { query: { ...query, limit: 100 } })} lines={8}>
      {(people) => (
        <Table
          label={w.people}
          rows={people}
          keyOf={({ customer_id }) => String(customer_id)}
          to={({ customer_id }) => paths.customer({ customer: String(customer_id) })}
          empty={
            <EmptyState icon="search" title={w.nobody}>
              {w.nobodyHow}
            </EmptyState>
          }
          columns={[
            { id: 'name', label: w.name, cell: ({ name }) => name, by: ({ name }) => name },
            {
              id: 'why',
              label: w.why,
              cell: (one) => <span className="quiet">{whyFound(one, language)}</span>,
            },
            { id: 'number', label: c.number, cell: ({ number }) => number, by: ({ number }) => number },
            { id: 'born', label: w.born, cell: (one) => one.birth_year, by: (one) => one.birth_year ?? 0 },
            { id: 'city', label: w.city, cell: ({ city }) => city, by: ({ city }) => city ?? '' },
            { id: 'kind', label: w.kind, cell: ({ kind }) => c[kind], by: ({ kind }) => kind },
            { id: 'stage', label: w.stage, cell: ({ stage }) => c[stage], by: ({ stage }) => stage },
            {
              id: 'state',
              label: w.state,
              cell: (one) => (
                <>
                  {one.protected && <Badge tone="stop">{w.protected}</Badge>}
                  {one.deceased && <Badge tone="stop">{w.deceased}</Badge>}
                </>
              ),
            },
          ]}
        />
      )}
    </Answer>
  )
}

export const Page = ({ query: asked }: At<typeof paths.search>) => {
  const w = useWords(texts)
  const c = useWords(card)
  const { go } = useNavigation()
  const text = asked['text']?.trim() ?? ''
  const [typed, setTyped] = useState(text)
  const query = {
    text,
    stage: stages.find((each) => each === asked['stage']),
    kind: partyKinds.find((each) => each === asked['kind']),
  }
  const strict = isLikeIdentityCode(typed)
  const asks = text.length > 1 && !isLikeIdentityCode(text)
  return (
    <Frame
      title={w.title}
      lead={w.lead}
      actions={
        asks && (
          <>
            <Views here={paths.search({}, query)} />
            <TakeOut of={api.findPeople} asked={{ query: { ...query, limit: 100 } }} keys="D" />
          </>
        )
      }
    >
      <Filters
        filters={[
          { id: 'stage', label: w.stage, options: stages.map((id) => [id, c[id]]) },
          { id: 'kind', label: w.kind, options: partyKinds.map((id) => [id, c[id]]) },
        ]}
        chosen={query}
        onChoose={(chosen) => go(paths.search({}, { ...chosen, text }))}
      >
        <form
          className="filters-wide search-form"
          onSubmit={(event) => {
            event.preventDefault()
            if (typed.trim().length > 1 && !strict) go(paths.search({}, { ...query, text: typed.trim() }))
          }}
        >
          <TextField
            label={w.what}
            value={typed}
            onChange={setTyped}
            maxLength={120}
            takesFocus={!asks}
            fault={strict ? w.notListed : undefined}
          />
          <Button type="submit" icon="search">
            {w.ask}
          </Button>
        </form>
      </Filters>
      {asks ? (
        <Panel title={w.people} flush>
          <Found key={JSON.stringify(query)} query={query} />
        </Panel>
      ) : (
        <EmptyState icon="search" title={w.begin} />
      )}
    </Frame>
  )
}
