import type { OpeningHours } from './opening-hours.ts'

/** What an organisation starts with in a country; everything can be changed later. */
export interface CountryPreset {
  country: string
  currency: string
  timeZone: string
  /** As our agents speak them, the first one answers. */
  languages: readonly string[]
  /** The data protection law that binds it, by its own name. */
  law: string
}

/** Countries we know by heart; ISO 3166-1, ISO 4217, tz database and BCP 47. */
export const countryPresets: readonly CountryPreset[] = [
  {
    country: 'NG',
    currency: 'NGN',
    timeZone: 'Africa/Lagos',
    languages: ['en', 'pcm', 'yo', 'ha', 'ig'],
    law: 'NDPA 2023',
  },
  {
    country: 'KE',
    currency: 'KES',
    timeZone: 'Africa/Nairobi',
    languages: ['en', 'sw'],
    law: 'Data Protection Act 2019',
  },
  { country: 'GH', currency: 'GHS', timeZone: 'Africa/Accra', languages: ['en'], law: 'Data Protection Act 2012' },
  { country: 'ZA', currency: 'ZAR', timeZone: 'Africa/Johannesburg', languages: ['en'], law: 'POPIA' },
  {
    country: 'TZ',
    currency: 'TZS',
    timeZone: 'Africa/Dar_es_Salaam',
    languages: ['sw', 'en'],
    law: 'Personal Data Protection Act 2022',
  },
  {
    country: 'UG',
    currency: 'UGX',
    timeZone: 'Africa/Kampala',
    languages: ['en', 'sw'],
    law: 'Data Protection and Privacy Act 2019',
  },
  { country: 'RW', currency: 'RWF', timeZone: 'Africa/Kigali', languages: ['en', 'fr', 'sw'], law: 'Law 058/2021' },
  { country: 'EG', currency: 'EGP', timeZone: 'Africa/Cairo', languages: ['ar', 'en'], law: 'Law 151 of 2020' },
  { country: 'SN', currency: 'XOF', timeZone: 'Africa/Dakar', languages: ['fr'], law: 'Loi 2008-12' },
  { country: 'CI', currency: 'XOF', timeZone: 'Africa/Abidjan', languages: ['fr'], law: 'Loi 2013-450' },
  { country: 'ZM', currency: 'ZMW', timeZone: 'Africa/Lusaka', languages: ['en'], law: 'Data Protection Act 2021' },
]

const weekday = { from: '08:00', to: '18:00' }

/** Open on working days from eight to six, as long as nobody says otherwise. */
export const presetHours: OpeningHours = { mon: weekday, tue: weekday, wed: weekday, thu: weekday, fri: weekday }

/** Null for a country we have no preset for. */
export function presetOf(country: string): CountryPreset | null {
  return countryPresets.find((one) => one.country === country) ?? null
}
