/**
 * The abbreviations of zones with letters (others have numbers, such as `-03`). Each line: abbreviation=hours east of
 * UTC, then the zones. From the public domain tz database, 2025.
 */
const GROUPS: readonly (readonly [abbreviations: string, zones: string])[] = [
  [
    'GMT=0',
    `Africa/Abidjan Africa/Accra Africa/Bamako Africa/Banjul Africa/Bissau Africa/Conakry
    Africa/Dakar Africa/Freetown Africa/Lome Africa/Nouakchott Africa/Ouagadougou
    America/Danmarkshavn Atlantic/Reykjavik Atlantic/St_Helena Etc/GMT Etc/GMT+0 Etc/GMT-0
    Etc/GMT0 Etc/Greenwich GMT GMT+0 GMT-0 GMT0 Greenwich`,
  ],
  [
    'EAT=3',
    `Africa/Addis_Ababa Africa/Asmera Africa/Dar_es_Salaam Africa/Djibouti Africa/Kampala
    Africa/Mogadishu Africa/Nairobi Indian/Antananarivo Indian/Comoro Indian/Mayotte`,
  ],
  ['WET=0 CET=1 CEST=2', 'Africa/Algiers Africa/Ceuta'],
  [
    'WAT=1',
    `Africa/Bangui Africa/Brazzaville Africa/Douala Africa/Kinshasa Africa/Lagos
    Africa/Libreville Africa/Luanda Africa/Malabo Africa/Niamey Africa/Porto-Novo`,
  ],
  [
    'CAT=2',
    `Africa/Blantyre Africa/Bujumbura Africa/Gaborone Africa/Harare Africa/Kigali
    Africa/Lubumbashi Africa/Lusaka Africa/Maputo`,
  ],
  [
    'EET=2 EEST=3',
    `Africa/Cairo Asia/Amman Asia/Beirut Asia/Damascus Asia/Famagusta Asia/Gaza Asia/Hebron
    Asia/Nicosia Europe/Athens Europe/Bucharest Europe/Helsinki Europe/Istanbul
    Europe/Mariehamn Europe/Sofia`,
  ],
  ['SAST=2', 'Africa/Johannesburg Africa/Maseru Africa/Mbabane'],
  ['CAT=2 CAST=3', 'Africa/Juba Africa/Khartoum'],
  ['MMT=-0.7416666666666667 GMT=0', 'Africa/Monrovia'],
  ['WAT=1 WAST=2', 'Africa/Ndjamena'],
  ['GMT=0 WAT=1', 'Africa/Sao_Tome'],
  ['CET=1 EET=2', 'Africa/Tripoli'],
  [
    'CET=1 CEST=2',
    `Africa/Tunis Arctic/Longyearbyen Europe/Amsterdam Europe/Andorra Europe/Belgrade
    Europe/Berlin Europe/Bratislava Europe/Brussels Europe/Budapest Europe/Busingen
    Europe/Copenhagen Europe/Gibraltar Europe/Ljubljana Europe/Luxembourg Europe/Madrid
    Europe/Malta Europe/Monaco Europe/Oslo Europe/Paris Europe/Podgorica Europe/Prague
    Europe/Rome Europe/San_Marino Europe/Sarajevo Europe/Skopje Europe/Stockholm Europe/Tirane
    Europe/Vaduz Europe/Vatican Europe/Vienna Europe/Warsaw Europe/Zagreb Europe/Zurich`,
  ],
  ['WAT=1 CAT=2', 'Africa/Windhoek'],
  ['BST=-11 HST=-10 HDT=-9', 'America/Adak'],
  ['AHST=-10 AKST=-9 AKDT=-8', 'America/Anchorage'],
  [
    'AST=-4',
    `America/Anguilla America/Antigua America/Aruba America/Blanc-Sablon America/Curacao
    America/Dominica America/Grenada America/Guadeloupe America/Kralendijk
    America/Lower_Princes America/Marigot America/Miquelon America/Montserrat
    America/Port_of_Spain America/Puerto_Rico America/St_Barthelemy America/St_Kitts
    America/St_Lucia America/St_Thomas America/St_Vincent America/Tortola`,
  ],
  [
    'MST=-7 CST=-6 CDT=-5',
    `America/Bahia_Banderas America/Chihuahua America/North_Dakota/Beulah
    America/North_Dakota/Center America/North_Dakota/New_Salem America/Ojinaga`,
  ],
  [
    'AST=-4 ADT=-3',
    `America/Barbados America/Glace_Bay America/Halifax America/Martinique America/Moncton
    America/Thule Atlantic/Bermuda`,
  ],
  [
    'CST=-6 CDT=-5',
    `America/Belize America/Chicago America/Costa_Rica America/El_Salvador America/Guatemala
    America/Indiana/Knox America/Matamoros America/Menominee America/Mexico_City
    America/Monterrey America/Rankin_Inlet America/Resolute America/Tegucigalpa
    America/Winnipeg`,
  ],
  ['MST=-7 MDT=-6', 'America/Boise America/Denver America/Edmonton America/Hermosillo America/Mazatlan'],
  ['MST=-7 MDT=-6 CDT=-5', 'America/Cambridge_Bay America/Ciudad_Juarez'],
  [
    'CST=-6 EST=-5 EDT=-4',
    `America/Cancun America/Indiana/Petersburg America/Indiana/Vincennes
    America/Indiana/Winamac America/Iqaluit America/Kentucky/Monticello`,
  ],
  ['EST=-5', 'America/Cayman America/Coral_Harbour America/Panama'],
  ['MST=-7', 'America/Creston America/Phoenix'],
  ['YST=-9 PST=-8 MST=-7', 'America/Dawson'],
  ['PST=-8 MST=-7', 'America/Dawson_Creek America/Fort_Nelson America/Whitehorse'],
  [
    'EST=-5 EDT=-4',
    `America/Detroit America/Grand_Turk America/Indiana/Marengo America/Indiana/Vevay
    America/Indianapolis America/Jamaica America/Louisville America/Nassau America/New_York
    America/Port-au-Prince America/Toronto`,
  ],
  ['AST=-4 ADT=-3 ADDT=-2', 'America/Goose_Bay'],
  ['CST=-5 CDT=-4', 'America/Havana'],
  ['CST=-6 CDT=-5 EDT=-4', 'America/Indiana/Tell_City'],
  ['PST=-8 MST=-7 MDT=-6', 'America/Inuvik'],
  ['AKST=-9 AKDT=-8 PDT=-7', 'America/Juneau America/Metlakatla America/Sitka'],
  ['PST=-8 PDT=-7', 'America/Los_Angeles America/Tijuana America/Vancouver'],
  ['CST=-6 EST=-5', 'America/Managua America/Merida'],
  ['BST=-11 BDT=-10 AKST=-9 AKDT=-8', 'America/Nome'],
  ['CST=-6', 'America/Regina'],
  ['EST=-5 AST=-4', 'America/Santo_Domingo'],
  ['NST=-3.5 NDT=-2.5 NDDT=-1.5', 'America/St_Johns'],
  ['MST=-7 CST=-6', 'America/Swift_Current'],
  ['AKST=-9 AKDT=-8', 'America/Yakutat'],
  [
    'AEST=10 AEDT=11',
    `Antarctica/Macquarie Australia/Brisbane Australia/Hobart Australia/Lindeman
    Australia/Melbourne Australia/Sydney`,
  ],
  ['NZST=12 NZDT=13', 'Antarctica/McMurdo Pacific/Auckland'],
  ['IST=5.5', 'Asia/Calcutta'],
  ['HKT=8 HKST=9', 'Asia/Hong_Kong'],
  ['WIB=7', 'Asia/Jakarta'],
  ['WIT=9', 'Asia/Jayapura'],
  ['IST=2 IDT=3', 'Asia/Jerusalem'],
  ['PKT=5 PKST=6', 'Asia/Karachi'],
  ['CST=8 CDT=9', 'Asia/Macau Asia/Shanghai Asia/Taipei'],
  ['WITA=8', 'Asia/Makassar'],
  ['PST=8 PDT=9', 'Asia/Manila'],
  ['WIB=7 WITA=8', 'Asia/Pontianak'],
  ['KST=8.5 KST=9', 'Asia/Pyongyang'],
  ['KST=9 KDT=10', 'Asia/Seoul'],
  ['JST=9', 'Asia/Tokyo'],
  ['WET=0 WEST=1', 'Atlantic/Azores Atlantic/Canary Atlantic/Faeroe Atlantic/Madeira WET'],
  ['ACST=9.5 ACDT=10.5', 'Australia/Adelaide Australia/Broken_Hill'],
  ['ACST=9.5', 'Australia/Darwin'],
  ['AEST=10', 'Australia/Lord_Howe'],
  ['AWST=8 AWDT=9', 'Australia/Perth'],
  ['EET=2 EEST=3 MSD=4', 'Europe/Chisinau Europe/Kiev Europe/Riga Europe/Tallinn'],
  ['GMT=0 IST=1', 'Europe/Dublin'],
  ['GMT=0 BST=1', 'Europe/Guernsey Europe/Isle_of_Man Europe/Jersey Europe/London'],
  ['EET=2 MSK=3 MSD=4', 'Europe/Kaliningrad Europe/Minsk Europe/Moscow Europe/Simferopol'],
  ['MSK=3 MSD=4', 'Europe/Kirov Europe/Volgograd'],
  ['WET=0 WEST=1 CEST=2', 'Europe/Lisbon'],
  ['CET=1 EET=2 EEST=3 MSD=4', 'Europe/Vilnius'],
  ['MET=1 MEST=2', 'MET'],
  ['ChST=10 GDT=11', 'Pacific/Guam Pacific/Saipan'],
  ['HST=-10', 'Pacific/Honolulu'],
  ['SST=-11', 'Pacific/Midway Pacific/Pago_Pago'],
]

/** The abbreviation for each offset of a zone, in seconds east of UTC; undefined if it has only numbers. */
export function zoneAbbreviations(zone: string): ReadonlyMap<number, string> | undefined {
  const group = GROUPS.find(([, zones]) => zones.split(/\s+/).includes(zone))
  if (group === undefined) return undefined
  const pairs = group[0].split(' ').map((pair): [offset: number, abbreviation: string] => {
    const [abbreviation = '', hours = '0'] = pair.split('=')
    return [Math.round(Number(hours) * 3600), abbreviation]
  })
  return new Map(pairs)
}
