// Text as it is compared: what people hear alike or leave out when they type is made alike.

/** Letters that do not come apart into a base and a mark. */
const letters: Readonly<Record<string, string>> = { ø: 'o', æ: 'a', ß: 'ss', đ: 'd', ð: 'd', ł: 'l', þ: 'th', ı: 'i' }

/** Lower case, å ä → a, ö → o, every other mark off, anything but letters and digits one space: `Mäki-Öhman, Åke` → `maki ohman ake`. */
export const fold = (text: string): string =>
  text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}/gu, '')
    .replace(/[øæßđðłþı]/g, (letter) => letters[letter] ?? letter)
    .replace(/['’´`]/g, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
