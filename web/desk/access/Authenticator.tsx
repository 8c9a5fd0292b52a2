// The key of an authenticator: for its camera, for this device's own app, and as text for whoever can do neither.
import { lazy, Suspense } from 'react'
import { useWords, words } from '../../kit/words.ts'
import '../../kit/Link.css'
import './Authenticator.css'

const texts = words({
  fi: {
    scan: 'QR-koodi todennussovelluksen kameralle; sama avain on tekstinä vieressä',
    key: 'Avain, jos et voi lukea koodia kameralla',
    open: 'Avaa tämän laitteen todennussovelluksessa',
  },
  sv: {
    scan: 'QR-kod för autentiseringsappens kamera; samma nyckel står som text bredvid',
    key: 'Nyckeln, om du inte kan läsa koden med kameran',
    open: 'Öppna i den här enhetens autentiseringsapp',
  },
  en: {
    scan: 'QR code for the camera of your authenticator; the same key stands beside it as text',
    key: 'The key, if you cannot scan the code',
    open: 'Open in this device’s authenticator',
  },
})

const QrCode = lazy(() => import('../../kit/QrCode.tsx').then((file) => ({ default: file.QrCode })))

export const Authenticator = ({ secret, uri }: { readonly secret: string; readonly uri: string }) => {
  const w = useWords(texts)
  return (
    <div className="authenticator">
      <Suspense fallback={<span className="authenticator-code" />}>
        <QrCode text={uri} label={w.scan} />
      </Suspense>
      <div>
        <p className="quiet">{w.key}</p>
        <p className="secret">
          <code>{secret.replaceAll(/(.{4})/g, '$1 ').trim()}</code>
        </p>
        <p>
          <a className="link" href={uri}>
            {w.open}
          </a>
        </p>
      </div>
    </div>
  )
}
