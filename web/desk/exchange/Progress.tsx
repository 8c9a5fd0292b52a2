// How far something has come.
import { Label, ProgressBar } from 'react-aria-components'

export const Progress = ({ label, share }: { readonly label: string; readonly share: number }) => (
  <ProgressBar className="progress" value={Math.round(share * 100)}>
    {({ valueText }) => (
      <>
        <span className="progress-head">
          <Label>{label}</Label>
          <span>{valueText}</span>
        </span>
        <span className="progress-track">
          <span className="progress-fill" style={{ inlineSize: `${Math.round(share * 100)}%` }} />
        </span>
      </>
    )}
  </ProgressBar>
)
