// Saved views of a page: kept under a name, for oneself or for all of the role; opened from the menu, the palette or the start page.
import { useEffect, useState } from 'react'
import type { z } from 'zod'
import * as api from '../../../chapters/access/views/api.ts'
import { useAsk, useChange } from '../../kit/ask.ts'
import { Badge } from '../../kit/Badge.tsx'
import { Button, IconButton } from '../../kit/Button.tsx'
import { Dialog } from '../../kit/Dialog.tsx'
import { CheckboxField, TextField } from '../../kit/Field.tsx'
import { FormDialog } from '../../kit/FormDialog.tsx'
import { useCommands } from '../../kit/Keys.tsx'
import { Link } from '../../kit/Link.tsx'
import { Menu } from '../../kit/Menu.tsx'
import { useNavigation } from '../../kit/navigation.tsx'
import { useSay } from '../../kit/refusals.ts'
import { useToast } from '../../kit/Toast.tsx'
import { useWords } from '../../kit/words.ts'
import { texts } from './view-words.ts'
import './Views.css'

type View = z.output<typeof api.view>
const stale = [api.listViews]

/** The same page with the same query, in whatever order it is written. */
const same = (one: string, other: string): boolean => {
  const [a, b] = [one, other].map((address) => {
    const { pathname, searchParams } = new URL(address, 'http://desk')
    searchParams.sort()
    return `${pathname}?${searchParams}`
  })
  return a === b
}

const Save = ({ address, onClose }: { readonly address: string; readonly onClose: () => void }) => {
  const w = useWords(texts)
  const tell = useToast()
  const [name, setName] = useState('')
  const [shared, setShared] = useState(false)
  const save = useChange(api.saveView, { stale })
  const remove = useChange(api.removeView, { stale })
  return (
    <FormDialog
      title={w.saveThis}
      act={w.save}
      size="small"
      ready={name.trim() !== ''}
      onAct={async () => {
        const { id } = await save.mutateAsync({ body: { name, address, shared } })
        tell({ text: w.saved(name.trim()), undo: () => remove.mutateAsync({ params: { view_id: id } }) })
      }}
      onClose={onClose}
    >
      {() => (
        <>
          <TextField label={w.name} value={name} onChange={setName} maxLength={60} takesFocus required />
          <CheckboxField value={shared} onChange={setShared}>
            {w.share}
          </CheckboxField>
        </>
      )}
    </FormDialog>
  )
}

const Rename = ({ view, onClose }: { readonly view: View; readonly onClose: () => void }) => {
  const w = useWords(texts)
  const [name, setName] = useState(view.name)
  const [shared, setShared] = useState(view.shared)
  const change = useChange(api.changeView, { stale })
  return (
    <FormDialog
      title={w.rename(view.name)}
      act={w.save}
      size="small"
      ready={name.trim() !== ''}
      onAct={() => change.mutateAsync({ params: { view_id: view.id }, body: { name, shared } })}
      onClose={onClose}
    >
      {() => (
        <>
          <TextField label={w.name} value={name} onChange={setName} maxLength={60} takesFocus required />
          <CheckboxField value={shared} onChange={setShared}>
            {w.share}
          </CheckboxField>
        </>
      )}
    </FormDialog>
  )
}

const Manage = ({ views, onClose }: { readonly views: readonly View[]; readonly onClose: () => void }) => {
  const w = useWords(texts)
  const say = useSay()
  const tell = useToast()
  const [renaming, setRenaming] = useState<View>()
  const remove = useChange(api.removeView, { stale })
  const restore = useChange(api.restoreView, { stale })
  const take = ({ id, name }: View): void =>
    remove.mutate(
      { params: { view_id: id } },
      {
        onSuccess: () => tell({ text: w.removed(name), undo: () => restore.mutateAsync({ params: { view_id: id } }) }),
        onError: (error) => tell({ text: say(error).what }),
      },
    )
  return (
    <>
      <Dialog title={w.manage} open={renaming === undefined} onClose={onClose}>
        {views.length === 0 && <p className="quiet">{w.none}</p>}
        <ul className="views-own">
          {views.map((view) => (
            <li key={view.id}>
              <Link to={view.address}>{view.name}</Link> {view.shared && <Badge>{w.shared}</Badge>}
              <span className="views-acts">
                <IconButton label={w.rename(view.name)} icon="edit" onPress={() => setRenaming(view)} />
                <IconButton label={w.remove(view.name)} icon="close" onPress={() => take(view)} />
              </span>
            </li>
          ))}
        </ul>
      </Dialog>
      {renaming && <Rename view={renaming} onClose={() => setRenaming(undefined)} />}
    </>
  )
}

/** `here`: the address of the page as it is narrowed now. */
export const Views = ({ here }: { readonly here: string }) => {
  const w = useWords(texts)
  const { go } = useNavigation()
  const [open, setOpen] = useState<'save' | 'manage'>()
  const views = useAsk(api.listViews, {}).data ?? []
  const now = views.find(({ address }) => same(address, here))
  const { mutate: use } = useChange(api.useView, { stale: [] })
  const used = now?.id
  useEffect(() => {
    if (used !== undefined) use({ params: { view_id: used } })
  }, [used, use])
  const item = (view: View) => ({
    id: String(view.id),
    label: view.name,
    to: view.address,
    ...(view === now && { icon: 'check' as const }),
    ...(!view.own && { hint: view.by }),
  })
  const own = views.filter((view) => view.own)
  const others = views.filter((view) => !view.own)
  useCommands([
    { id: 'views.save', label: w.saveThis, group: w.views, icon: 'plus', keys: 'V', run: () => setOpen('save') },
    ...views.map(({ id, name, address }) => ({
      id: `views.${id}`,
      label: name,
      group: w.views,
      icon: 'filter' as const,
      run: () => go(address),
    })),
  ])
  return (
    <>
      <Menu
        label={w.views}
        sections={[
          ...(own.length > 0 ? [{ title: w.own, items: own.map(item) }] : []),
          ...(others.length > 0 ? [{ title: w.ofRole, items: others.map(item) }] : []),
          {
            items: [
              { id: 'save', label: w.saveThis, icon: 'plus', keys: 'V', run: () => setOpen('save') },
              ...(own.length > 0
                ? [{ id: 'manage', label: w.manage, icon: 'settings' as const, run: () => setOpen('manage') }]
                : []),
            ],
          },
        ]}
      >
        <Button icon="filter">{now?.name ?? w.views}</Button>
      </Menu>
      {open === 'save' && <Save address={here} onClose={() => setOpen(undefined)} />}
      {open === 'manage' && <Manage views={own} onClose={() => setOpen(undefined)} />}
    </>
  )
}
