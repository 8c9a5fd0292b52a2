// What happened, what to do, and the code that support asks for.
import { Button } from './Button.tsx'
import { Icon } from './Icon.tsx'
import { useSay } from './refusals.ts'
import { useWords, words } from './words.ts'
import './ErrorView.css'

const texts = words({
  fi: { retry: 'Yritä uudelleen', reload: 'Lataa sivu uudelleen', code: 'Tunnus' },
  sv: { retry: 'Försök igen', reload: 'Ladda om sidan', code: 'Kod' },
  en: { retry: 'Try again', reload: 'Reload the page', code: 'Code' },
})

export const ErrorView = ({ error, onRetry }: { readonly error: unknown; readonly onRetry?: () => void }) => {
  const w = useWords(texts)
  const { what, todo, code, cure } = useSay()(error)
  return (
    <div className="error-view" role="alert">
      <Icon name="warning" />
      <div>
        <p className="error-what">{what}</p>
        <p>{todo}</p>
        <p className="error-code">
          {w.code} <code>{code}</code>
        </p>
        {cure === 'retry' && onRetry && (
          <Button icon="undo" onPress={onRetry}>
            {w.retry}
          </Button>
        )}
        {cure === 'reload' && <Button onPress={() => window.location.reload()}>{w.reload}</Button>}
      </div>
    </div>
  )
}
