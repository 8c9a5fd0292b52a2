// A text for a camera. Loaded when it is shown: the encoder is for few, and once.
import { encodeQR } from 'qr'
import './QrCode.css'

/** `label`: what it is, for those who do not see it. The text itself must stand beside it. */
export const QrCode = ({ text, label }: { readonly text: string; readonly label: string }) => (
  // Four modules of silence around it, without which cameras do not find it.
  <img className="qr-code" alt={label} src={encodeQR(text, 'data-url', { ecc: 'medium', border: 4 })} />
)
