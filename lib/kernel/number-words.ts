/** What a spoken word does inside a number read aloud. `weight` is the digits it stands for. */
export interface NumberWord {
  kind: 'digits' | 'unit' | 'teen' | 'tens' | 'hundred' | 'scale' | 'multiplier' | 'filler' | 'homophone'
  weight: number
}

const words = new Map<string, NumberWord>()

function learn(kind: NumberWord['kind'], weight: number, list: string): void {
  for (const word of list.trim().split(/\s+/)) words.set(word, { kind, weight })
}

// Said between digits and never a reason to believe that a number has ended. Learnt first, so that a number word wins.
learn(
  'filler',
  0,
  `um umm uh uhh uhm er err erm ah ahh eh hm hmm mm mhm then and so ok okay yes yeah yep right well
  now next again followed by sorry wait please sir ma madam plus dash hyphen minus dot point comma space slash star hash underscore
  bracket oya abeg sha abi ehn ehen et euh alors puis na halafu kisha sai da ati`,
)
// Speech recognition hears digits as these; they count only between two spoken digits.
learn('homophone', 1, 'to too tu for fo won ate ait tree sex nein')

learn(
  'unit',
  1,
  `zero oh o nought naught aught nil one two three four five six seven eight nine niner fife
  zeroes zeros`,
)
learn('teen', 2, 'ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen')
learn('tens', 2, 'twenty thirty forty fourty fifty sixty seventy eighty ninety ninty')
learn('hundred', 2, 'hundred')
learn('scale', 0, 'thousand million billion')
learn('multiplier', 1, 'double')
learn('multiplier', 2, 'triple treble')
learn('multiplier', 3, 'quadruple')

/** English words also found run together, longest first so that "sixteen" is not "six". */
const joined = [...words]
  .filter(
    ([word, { kind }]) => word !== 'o' && (kind === 'unit' || kind === 'teen' || kind === 'tens' || kind === 'hundred'),
  )
  .map(([word]) => word)
  .toSorted((a, b) => b.length - a.length)
  .join('|')
const JOINED = new RegExp(`^(?:${joined})+$`)
const EACH_JOINED = new RegExp(joined, 'g')

// The languages of our callers, without their accents. Phone numbers are mostly read in English, but not always.
learn('unit', 1, 'une un deux trois quatre cinq sept huit neuf')
learn('teen', 2, 'dix onze douze treize quatorze quinze seize')
learn('tens', 2, 'vingt vingts trente quarante cinquante soixante')
learn('hundred', 2, 'cent')
learn('unit', 1, 'sifili sifiri daya biyu uku hudu biyar shida bakwai takwas tara')
learn(
  'unit',
  1,
  `odo ofo okan ookan eni ookan eji eeji meji eta eeta meta erin eerin merin arun aarun marun efa eefa mefa
  eje eeje meje ejo eejo mejo esan eesan mesan`,
)
learn('unit', 1, 'efu otu abuo abua ato ano ise isii asaa asato itoolu iteghete')
learn('unit', 1, 'sifuri moja mbili tatu nne tano sita saba nane tisa')
learn('teen', 2, 'goma kumi iri mewa')

const HOOKED: Record<string, string> = { ɗ: 'd', ɓ: 'b', ƙ: 'k', ƴ: 'y' }

/** Lower case without accents, hooks or invisible characters. Marks go first: normalising a long pile of them is quadratic. */
function fold(word: string): string {
  const bare = word.replace(/[\p{M}\p{Cf}\p{DI}]/gu, '')
  if (/^[a-z]*$/.test(bare)) return bare
  return bare
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[ɗɓƙƴ]/g, (letter) => HOOKED[letter] ?? letter)
}

/** The part a whole word plays in a spoken number, or null when it has none. Run-together words ("zeroeight") are understood. */
export function numberWord(word: string): NumberWord | null {
  const folded = fold(word)
  const known = words.get(folded)
  if (known) return known
  if (folded.length < 5 || !JOINED.test(folded)) return null
  let weight = 0
  for (const [part] of folded.matchAll(EACH_JOINED)) weight += words.get(part)?.weight ?? 0
  return { kind: 'digits', weight }
}
