// A file made in the browser of what is on screen already: nothing new is read for it.
export const download = (name: string, type: string, text: string): void => {
  const address = URL.createObjectURL(new Blob([text], { type }))
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  // Some browsers read it only after the click has been answered.
  setTimeout(() => URL.revokeObjectURL(address), 10_000)
}
