import { parse } from 'csv-parse/sync'

export interface CsvTable {
  /** Where a column stands whose heading is one of these words, compared without case, spaces and signs; -1: nowhere. */
  placeOf: (headings: readonly string[]) => number
  /** `line`: where the row ends, as an editor counts. */
  rows: { cells: string[]; line: number }[]
}

/** CSV with a heading, separated by commas, semicolons or tabs, as whatever program wrote it. Null for what is none. */
export function readCsvTable(text: string): CsvTable | null {
  try {
    const rows = parse(text, {
      bom: true,
      delimiter: delimiterOf(text),
      info: true,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      trim: true,
      max_record_size: 20_000,
    }) as unknown as { record: string[]; info: { lines: number } }[] // what `info` makes of each row
    const [heading, ...rest] = rows
    const names = (heading?.record ?? []).map((one) => one.toLowerCase().replaceAll(/[^a-z]/g, ''))
    return {
      placeOf: (headings) => names.findIndex((one) => headings.includes(one)),
      rows: rest.map(({ record, info }) => ({ cells: record, line: info.lines })),
    }
  } catch {
    return null
  }
}

/** Whichever the heading is made of: in the lines below, a comma may stand in an amount. */
function delimiterOf(text: string): string {
  const [heading = ''] = text.split(/\r|\n/, 1)
  const count = (one: string): number => heading.split(one).length
  return [',', ';', '\t'].reduce((best, one) => (count(one) > count(best) ? one : best))
}
