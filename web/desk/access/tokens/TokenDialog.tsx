// One token with all that is known of it; what it did, for those who may read the log; and its end.
import { useState } from 'react'
import type { z } from 'zod'
import { searchAccessLog } from '../../../../chapters/access/log/api.ts'
import { listStaff } from '../../../../chapters/access/staff/api.ts'
import * as api from '../../../../chapters/access/tokens/api.ts'
import { useChange } from '../../../kit/ask.ts'
import { Banner } from '../../../kit/Banner.tsx'
import { Button, ButtonLink } from '../../../kit/Button.tsx'
import { Confirm, Dialog } from '../../../kit/Dialog.tsx'
import { useFormats } from '../../../kit/format.ts'
import { Link } from '../../../kit/Link.tsx'
import { Facts } from '../../../kit/Panel.tsx'
import { useToast } from '../../../kit/Toast.tsx'
import { useWords } from '../../../kit/words.ts'
import { paths } from '../../paths.ts'
import { useMay } from '../../shell/session.ts'
import { useLabels } from '../log/say.ts'
import { texts } from './words.ts'

export type Token = z.output<typeof api.listTokens.gives>['tokens'][number]

const consequences = { open: 'well', unanswered: 'care', over: 'note', revoked: 'note' } as const

export const TokenDialog = ({ token, onClose }: { readonly token: Token; readonly onClose: () => void }) => {
  const w = useWords(texts)
  const may = useMay()
  const tell = useToast()
  const { day, instant } = useFormats()
  const { labelOf, companiesOf } = useLabels()
  const revoke = useChange(api.revokeToken, { stale: [api.listTokens] })
  const [asked, setAsked] = useState(false)
  const { id, name, handle, standing, role, purpose, hat, staff_id, staff_name, revoked_at, last_used_at } = token
  const ends = standing === 'open' || standing === 'unanswered'
  return (
    <Dialog title={name} open size="large" onClose={onClose}>
      <Banner consequence={consequences[standing]} title={w[standing]}>
        {standing === 'unanswered' && w.unansweredHow}
      </Banner>
      <Facts
        facts={[
          [w.handle, <code key="handle">{handle}</code>],
          [w.role, labelOf(role)],
          [w.purpose, labelOf(purpose)],
          [w.company, companiesOf(role, hat)],
          [
            w.owner,
            may(listStaff) ? (
              <Link key="owner" to={paths.staff({}, { person: String(staff_id) })}>
                {staff_name}
              </Link>
            ) : (
              staff_name
            ),
          ],
          [w.given, day(new Date(token.recorded_at))],
          [w.until, day(new Date(token.expires_at))],
          ...(revoked_at === null ? [] : ([[w.revoked, instant(new Date(revoked_at))]] as const)),
          [w.used, last_used_at === null ? w.never : instant(new Date(last_used_at))],
        ]}
      />
      <div className="page-actions">
        {may(searchAccessLog) && (
          <ButtonLink icon="history" to={paths.accessLog({}, { actor: handle })}>
            {w.log}
          </ButtonLink>
        )}
        {ends && may(api.revokeToken) && (
          <Button tone="stop" onPress={() => setAsked(true)}>
            {w.revoke}
          </Button>
        )}
      </div>
      <Confirm
        title={`${w.revoke}: ${name}`}
        act={w.revoke}
        open={asked}
        onAct={async () => {
          await revoke.mutateAsync({ params: { token_id: id } })
          tell({ text: w.revokedDone(name) })
        }}
        onClose={() => setAsked(false)}
      >
        <p>{w.revokeText(name)}</p>
      </Confirm>
    </Dialog>
  )
}
