// Every word of the page, English and German; Swiss German is the German without ß. `{name}` is
// filled in, `{*name}` stands out.
import { data } from './data';

export type Pair = readonly [english: string, german: string];

export const words = {
  // ---- numbers, names and periods
  quoted: ['“{name}”', '„{name}“'],
  million: ['M', 'Mio.'],
  thousand: ['k', 'Tsd.'],
  fy: ['FY', 'GJ'],
  last12: ['last 12 months', 'letzte 12 Monate'],
  partial: ['{name} ({n} of {of} months)', '{name} ({n} von {of} Monaten)'],
  futures: ['{n} of {of} simulated futures', '{n} von {of} simulierten Zukünften'],
  between: ['{lo} to {hi} in 90 of 100', '{lo} bis {hi} in 90 von 100'],
  between50: ['50 of 100 futures: {lo} to {hi}', '50 von 100 Zukünften: {lo} bis {hi}'],
  between90: ['90 of 100 futures: {lo} to {hi}', '90 von 100 Zukünften: {lo} bis {hi}'],
  meanBetween: ['mean, 95 % sure: {lo} to {hi}', 'Mittel, zu 95 % sicher: {lo} bis {hi}'],
  atEnd: ['at the end', 'am Ende'],
  mean: ['Mean', 'Mittel'],
  median: ['Median', 'Median'],
  meanLo: ['Mean from (95 % sure)', 'Mittel ab (zu 95 % sicher)'],
  meanHi: ['Mean to (95 % sure)', 'Mittel bis (zu 95 % sicher)'],
  p05: ['Lower in 5 of 100 (P5)', 'In 5 von 100 niedriger (P5)'],
  p25: ['P25', 'P25'],
  p50: ['Median (P50)', 'Median (P50)'],
  p75: ['P75', 'P75'],
  p95: ['Higher in 5 of 100 (P95)', 'In 5 von 100 höher (P95)'],
  month: ['Month', 'Monat'],
  period: ['Period', 'Zeitraum'],
  outcome50: ['50 of 100 simulated futures', '50 von 100 simulierten Zukünften'],
  outcome90: ['90 of 100 simulated futures', '90 von 100 simulierten Zukünften'],
  meanInterval: ['Mean and how well it is known (95 %)', 'Mittel und wie genau es bekannt ist (95 %)'],
  run: ['Future {n}', 'Zukunft {n}'],
  singles: ['{n} single futures', '{n} einzelne Zukünfte'],
  meanOf: ['{name}: mean and how well it is known (95 %)', '{name}: Mittel und wie genau es bekannt ist (95 %)'],
  meanOfFutures: ['Mean of all futures', 'Mittel aller Zukünfte'],

  // ---- what can be done
  skip: ['To the answer', 'Zur Antwort'],
  contents: ['Contents', 'Inhalt'],
  asTable: ['Table', 'Tabelle'],
  copy: ['Copy as CSV', 'Als CSV kopieren'],
  copied: ['Copied.', 'Kopiert.'],
  notCopied: ['The browser does not allow copying; mark the table instead.', 'Der Browser erlaubt das Kopieren nicht; bitte die Tabelle markieren.'],
  whichMetric: ['Which figure', 'Welche Größe'],
  whichProgram: ['Which program', 'Welches Programm'],

  // ---- the answer
  answer: ['Answer', 'Antwort'],
  compareTitle: ['{list} against {a}', '{list} gegen {a}'],
  netSays: [
    '{vendor} can expect {*mean} net channel revenue over {period}; in 90 of 100 simulated futures it is between {*lo} and {*hi}.',
    '{vendor} kann {period} mit {*mean} Nettoumsatz im Kanal rechnen; in 90 von 100 simulierten Zukünften liegt er zwischen {*lo} und {*hi}.',
  ],
  contributionSays: [
    'What remains of it, with own services and direct revenue, is a contribution of {mean}, in 90 of 100 futures between {lo} and {hi}.',
    'Davon bleibt, mit eigenen Dienstleistungen und Direktumsatz, ein Deckungsbeitrag von {mean}, in 90 von 100 Zukünften zwischen {lo} und {hi}.',
  ],
  targetSays: [
    '{target}: reached in {*futures} (95 % sure: {lo} to {hi}).',
    '{target}: erreicht in {*futures} (zu 95 % sicher: {lo} bis {hi}).',
  ],
  targetUntold: [
    'Whether this target is more likely met than missed cannot be told: {target}, reached in {*futures} (95 % sure: {lo} to {hi}).',
    'Ob dieses Ziel eher erreicht als verfehlt wird, lässt sich nicht sagen: {target}, erreicht in {*futures} (zu 95 % sicher: {lo} bis {hi}).',
  ],
  unfinished: [
    'This batch is not finished: {*done} of {planned} runs of {name} are in it. Numbers will still move.',
    'Dieser Lauf ist nicht fertig: {*done} von {planned} Läufen von {name} sind enthalten. Die Zahlen werden sich noch bewegen.',
  ],

  // ---- comparisons
  more: ['more', 'mehr'],
  less: ['less', 'weniger'],
  difference: ['difference', 'Unterschied'],
  differenceSays: [
    '{b} brings {*amount} {direction} {metric} over {period} than {a}, in {*futures}; the mean of this difference lies between {lo} and {hi} (95 % sure).',
    '{b} bringt {period} {*amount} {direction} {metric} als {a}, in {*futures}; das Mittel dieses Unterschieds liegt zwischen {lo} und {hi} (zu 95 % sicher).',
  ],
  differenceUntold: [
    'Whether {b} brings more {metric} over {period} than {a} {*cannot} be told yet; {runs}. So far it is {amount} {direction}, in {futures}; the mean of this difference lies between {lo} and {hi} (95 % sure).',
    'Ob {b} {period} mehr {metric} bringt als {a}, lässt sich noch {*cannot} sagen; {runs}. Bisher sind es {amount} {direction}, in {futures}; das Mittel dieses Unterschieds liegt zwischen {lo} und {hi} (zu 95 % sicher).',
  ],
  cannot: ['cannot', 'nicht'],
  sameSays: [
    '{b} and {a} do not differ in {metric} over {period}: it is the same in every simulated future.',
    '{b} und {a} unterscheiden sich {period} in {metric} nicht: Es ist in jeder simulierten Zukunft gleich.',
  ],
  moreRuns: ['about {n} more runs would tell', 'etwa {n} weitere Läufe würden es zeigen'],
  noRuns: ['no number of further runs is likely to tell', 'auch noch so viele weitere Läufe zeigen es wohl nicht'],
  noneTold: [
    'Whether any of these programs brings more {metric} than {a} cannot be told yet.',
    'Ob eines dieser Programme mehr {metric} bringt als {a}, lässt sich noch nicht sagen.',
  ],
  noneBetter: ['None of these programs brings more {metric} than {a}.', 'Keines dieser Programme bringt mehr {metric} als {a}.'],
  turnedSays: ['In single years {b} does the opposite: {years}.', 'In einzelnen Jahren ist es bei {b} umgekehrt: {years}.'],
  horizonSays: [
    '{b}: the whole run and its last 12 months say the opposite. A longer horizon may turn the answer.',
    '{b}: Die ganze Laufzeit und ihre letzten 12 Monate sagen das Gegenteil. Ein längerer Horizont kann die Antwort umkehren.',
  ],
  outcomeSays: ['In 90 of 100 futures the difference is between {lo} and {hi}.', 'In 90 von 100 Zukünften liegt der Unterschied zwischen {lo} und {hi}.'],
  neverBehind: ['On average it is never behind.', 'Im Mittel liegt es nie zurück.'],
  paysBack: ['On average it is behind at first, by {dip} at most in {when}, and has paid back in {month}.', 'Im Mittel liegt es zunächst zurück, höchstens um {dip} im {when}, und hat sich im {month} bezahlt gemacht.'],
  noPayback: ['On average it is behind by {dip} at most, in {when}, and has not paid back within the run.', 'Im Mittel liegt es höchstens um {dip} zurück, im {when}, und macht sich innerhalb der Laufzeit nicht bezahlt.'],
  comparedWith: ['the others are compared with it', 'mit ihm werden die anderen verglichen'],
  higherIn: ['higher in {share} of futures', 'höher in {share} der Zukünfte'],
  differenceByYear: ['{metric}: difference to {a}, by fiscal year', '{metric}: Unterschied zu {a}, nach Geschäftsjahr'],
  differencesTold: ['Every one of these differences to {a} can be told from zero.', 'Jeder dieser Unterschiede zu {a} ist von null zu unterscheiden.'],
  differencesUntold: ['None of these {of} differences to {a} can be told from zero yet.', 'Noch keiner dieser {of} Unterschiede zu {a} ist von null zu unterscheiden.'],
  differencesSome: ['{*n} of these {of} differences to {a} can be told from zero; the others cannot yet.', '{*n} dieser {of} Unterschiede zu {a} sind von null zu unterscheiden, die anderen noch nicht.'],
  programs: ['Programs side by side', 'Programme nebeneinander'],
  programsSay: ['They cost, over {period}: {list}.', 'Sie kosten {period}: {list}.'],
  worst5: ['lower in 5 of 100', 'in 5 von 100 niedriger'],
  againstFirst: ['mean difference to the first (95 % sure)', 'mittlerer Unterschied zum ersten (zu 95 % sicher)'],
  higherThanFirst: ['higher than the first, share of futures', 'höher als beim ersten, Anteil der Zukünfte'],
  goalReached: ['{name} reaches the goal ({target}) in {*futures}; asked are {asked} of 100.', '{name} erreicht das Ziel ({target}) in {*futures}; verlangt sind {asked} von 100.'],
  goalMissed: ['{name} misses the goal ({target}): it is reached in {*futures}, asked are {asked} of 100.', '{name} verfehlt das Ziel ({target}): erreicht wird es in {*futures}, verlangt sind {asked} von 100.'],

  // ---- can I rely on it
  reliance: ['Can I rely on it?', 'Kann ich mich darauf verlassen?'],
  good: ['in order', 'in Ordnung'],
  look: ['look closer', 'genauer ansehen'],
  open: ['not known', 'nicht bekannt'],
  ofFirst: ['Of {a}.', 'Für {a}.'],
  books: ['Books', 'Bücher'],
  drift: ['Drift', 'Drift'],
  assumptions: ['Assumptions', 'Annahmen'],
  runs: ['Runs', 'Läufe'],
  booksMet: [
    'Partners billed {*books} in the last twelve months; in a year like that the model expects {*model} ({off}, 95 % sure: {lo} to {hi}).',
    'Partner haben in den letzten zwölf Monaten {*books} fakturiert; in einem solchen Jahr erwartet das Modell {*model} ({off}, zu 95 % sicher: {lo} bis {hi}).',
  ],
  booksMissed: [
    'Partners billed {*books} in the last twelve months, but in a year like that the model expects {*model} ({off}, 95 % sure: {lo} to {hi}), in total or in a segment further off than luck explains.',
    'Partner haben in den letzten zwölf Monaten {*books} fakturiert, das Modell erwartet in einem solchen Jahr aber {*model} ({off}, zu 95 % sicher: {lo} bis {hi}); insgesamt oder in einem Segment mehr daneben, als Zufall erklärt.',
  ],
  booksUnknown: ['What partners billed before the start is not known here, so nothing ties the model to the books.', 'Was Partner vor dem Start fakturiert haben, ist hier nicht bekannt; nichts bindet das Modell an die Bücher.'],
  driftNone: ['With everything held still for a year, revenue moves by {*share} (95 % sure: {lo} to {hi}): it cannot be told from zero.', 'Steht ein Jahr lang alles still, bewegt sich der Umsatz um {*share} (zu 95 % sicher: {lo} bis {hi}): von null nicht zu unterscheiden.'],
  driftSome: [
    'With everything held still for a year, revenue still moves by {*share} (95 % sure: {lo} to {hi}). Read differences between programs rather than the growth of the first year.',
    'Steht ein Jahr lang alles still, bewegt sich der Umsatz trotzdem um {*share} (zu 95 % sicher: {lo} bis {hi}). Unterschiede zwischen Programmen sagen mehr als das Wachstum des ersten Jahres.',
  ],
  driftUnknown: ['How far an unchanged world moves by itself is not known here.', 'Wie weit sich eine unveränderte Welt von selbst bewegt, ist hier nicht bekannt.'],
  assumptionsSay: ['Of {n} uncertain inputs nobody at {vendor} has stated {*unseen}; {ours} of these are our own assumption.', 'Von {n} unsicheren Eingaben hat bei {vendor} niemand {*unseen} angegeben; {ours} davon sind unsere eigene Annahme.'],
  assumptionsShare: [
    'Of {n} uncertain inputs nobody at {vendor} has stated {*unseen}; {ours} of these are our own assumption. Such inputs make {*share} of the variance of total net channel revenue.',
    'Von {n} unsicheren Eingaben hat bei {vendor} niemand {*unseen} angegeben; {ours} davon sind unsere eigene Annahme. Solche Eingaben machen {*share} der Varianz des gesamten Nettoumsatzes im Kanal aus.',
  ],
  assumptionsNone: ['No input is uncertain here: the band is luck alone.', 'Keine Eingabe ist hier unsicher: Das Band ist allein Zufall.'],
  assumptionsUnknown: ['{n} uncertain inputs are drawn; what they rest on is written when the batch is finished.', '{n} unsichere Eingaben werden gezogen; worauf sie beruhen, steht hier, wenn der Lauf fertig ist.'],
  runsEnough: ['All {*done} runs are done; the band rests on enough of them.', 'Alle {*done} Läufe sind fertig; das Band beruht auf genügend vielen.'],
  runsFew: ['{*done} runs are few: the true band may be wider than the one drawn.', '{*done} Läufe sind wenige: Das wahre Band kann breiter sein als das gezeichnete.'],
  runsFailed: ['{*done} of {planned} runs are done, {failed} failed and are left out.', '{*done} von {planned} Läufen sind fertig, {failed} sind gescheitert und fehlen.'],
  runsMissing: ['{*done} of {planned} runs are done; {missing} are missing.', '{*done} von {planned} Läufen sind fertig; {missing} fehlen.'],

  // ---- budget
  budget: ['Budget', 'Budget'],
  byMonth: ['{metric} by month', '{metric} nach Monat'],
  byQuarter: ['{metric} by fiscal quarter', '{metric} nach Quartal'],
  yearSpan: ['{year} {mean} ({lo} to {hi})', '{year} {mean} ({lo} bis {hi})'],
  budgetSays: ['Expected are, with the range of 90 of 100 futures: {list}.', 'Zu erwarten sind, mit der Spanne von 90 von 100 Zukünften: {list}.'],
  fanSays: [
    'In the median, {metric} begins at {first} and ends at {*median} in {month}, in 90 of 100 futures between {lo} and {hi}.',
    '{metric}, Median: am Anfang {first}, im {month} {*median}, in 90 von 100 Zukünften zwischen {lo} und {hi}.',
  ],
  statement: ['From net channel revenue to contribution', 'Vom Nettoumsatz im Kanal zum Deckungsbeitrag'],
  statementSays: [
    'Of 100 {currency} net channel revenue over {period}, {*left} remain as contribution; the program costs {*cost}.',
    'Von 100 {currency} Nettoumsatz im Kanal {period} bleiben {*left} als Deckungsbeitrag; das Programm kostet {*cost}.',
  ],
  statementNone: ['There is no net channel revenue.', 'Es gibt keinen Nettoumsatz im Kanal.'],
  costsSay: ['The program costs {*mean} over {period}; the largest line is {line} with {*share} of 100.', 'Das Programm kostet {period} {*mean}; der größte Posten ist {line} mit {*share} von 100.'],

  // ---- the channel
  shadows: ['What partners leave undone', 'Was Partner liegen lassen'],
  shadowMoney: ['In money, over {period}', 'In Geld, {period}'],
  authoritySays: [
    'Partners choose their own effort: at the effort {vendor} wishes they would bring {*mean} more new bookings over {period}, in 90 of 100 futures between {lo} and {hi} more.',
    'Partner wählen ihren Einsatz selbst: Mit dem Einsatz, den {vendor} wünscht, brächten sie {period} {*mean} mehr Neugeschäft, in 90 von 100 Zukünften zwischen {lo} und {hi} mehr.',
  ],
  shadowsSay: ['{metric}: {*mean} over {period}, in 90 of 100 futures between {lo} and {hi}.', '{metric}: {*mean} {period}, in 90 von 100 Zukünften zwischen {lo} und {hi}.'],
  signs: ['How partners work with us', 'Wie Partner mit uns arbeiten'],
  potentialSays: [
    'Partners use {*from} of what they could bring in the first year, and {*to} in {year}.',
    'Partner nutzen im ersten Jahr {*from} dessen, was sie bringen könnten, und {*to} im {year}.',
  ],
  signsSay: ['What the run reports of partners, by fiscal year.', 'Was der Lauf über Partner berichtet, nach Geschäftsjahr.'],
  who: ['Who', 'Wer'],
  bySegment: ['{metric} by segment', '{metric} nach Segment'],
  segmentsSay: ['{segment} brings {*first} of it in {from} and {*last} in {to}.', '{segment} bringt {*first} davon im {from} und {*last} im {to}.'],
  byTier: ['Active partners by tier, at the end of each fiscal year', 'Aktive Partner nach Stufe, am Ende jedes Geschäftsjahres'],
  tiersSay: ['On average {tier} has {*first} partners at the end of {from} and {*last} at the end of {to}.', '{tier} hat im Mittel Ende {from} {*first} Partner und Ende {to} {*last}.'],
  cloud: ['The move to cloud', 'Der Weg in die Cloud'],
  cloudTitle: ['Customers and partners on the way to cloud', 'Kunden und Partner auf dem Weg in die Cloud'],
  behindSays: ['Partners are {*months} months behind their customers in {month}, in 90 of 100 futures {lo} to {hi}.', 'Partner sind im {month} {*months} Monate hinter ihren Kunden, in 90 von 100 Zukünften {lo} bis {hi}.'],
  aheadSays: ['Partners are {*months} months ahead of their customers in {month}.', 'Partner sind im {month} {*months} Monate vor ihren Kunden.'],
  behindUntold: ['Whether partners are behind or ahead of their customers in {month} cannot be told: 90 of 100 futures lie between {lo} and {hi} months behind.', 'Ob Partner im {month} hinter oder vor ihren Kunden sind, lässt sich nicht sagen: 90 von 100 Zukünften liegen zwischen {lo} und {hi} Monaten dahinter.'],
  cloudSays: ['In {month} partners give {*partners} of their attention to cloud; {*customers} of customers prefer it.', 'Im {month} gilt {*partners} der Aufmerksamkeit der Partner der Cloud; {*customers} der Kunden bevorzugen sie.'],

  // ---- for analysts
  analysts: ['For analysts', 'Für Analysten'],
  assumptionList: ['Assumptions, the weakest first', 'Annahmen, die schwächsten zuerst'],
  assumptionListSays: ['{n} inputs are drawn anew in every future. The first ones deserve a measurement of your own.', '{n} Eingaben werden in jeder Zukunft neu gezogen. Die ersten verdienen eine eigene Messung.'],
  input: ['Input', 'Eingabe'],
  meaning: ['Meaning', 'Bedeutung'],
  drawnFrom: ['Value or range', 'Wert oder Spanne'],
  founded: ['Founded on', 'Grundlage'],
  stated: ['stated in the scenario', 'im Szenario angegeben'],
  method: ['Method', 'Methode'],
  methodRuns: [
    'Vendors and partners are agents on a graph of partners. Each run is one future: inputs nobody knows are drawn from their ranges, then the market and the luck of every partner are drawn month by month.',
    'Anbieter und Partner sind Agenten auf einem Partnergraphen. Jeder Lauf ist eine Zukunft: Was niemand weiß, wird aus seiner Spanne gezogen, dann Monat für Monat der Markt und das Glück jedes Partners.',
  ],
  methodIntervals: [
    'Bands show outcomes: in 90 of 100 futures the value lies within. A dot with whiskers shows a mean: how well it is known after so many runs. More runs narrow the second, never the first. Quantiles do not add up over periods, means do.',
    'Bänder zeigen Ergebnisse: In 90 von 100 Zukünften liegt der Wert darin. Ein Punkt mit Strichen zeigt ein Mittel: wie genau es nach so vielen Läufen bekannt ist. Mehr Läufe verengen das zweite, nie das erste. Quantile addieren sich nicht über Zeiträume, Mittel schon.',
  ],
  methodPairs: [
    'Programs are compared future by future with the same luck, so that the difference is the program and not the dice.',
    'Programme werden Zukunft für Zukunft mit demselben Glück verglichen; der Unterschied ist das Programm und nicht der Würfel.',
  ],
  bandSays: [
    'Of the variance of total net channel revenue {parameters} comes from parameters, {market} from the market and {individuals} from individual luck; a negative share cannot be told from zero.',
    'Von der Varianz des gesamten Nettoumsatzes im Kanal kommen {parameters} von Parametern, {market} vom Markt und {individuals} vom Glück Einzelner; ein negativer Anteil ist von null nicht zu unterscheiden.',
  ],
  counts: ['Counts and hashes', 'Zählungen und Prüfsummen'],
  countsSay: ['{planned} planned, {done} done, {failed} failed, {missing} missing', '{planned} geplant, {done} fertig, {failed} gescheitert, {missing} fehlen'],
  seed: ['Seed', 'Startwert'],
  hashOf: ['Hash of {part}', 'Prüfsumme: {part}'],
  warnings: ['Warnings', 'Warnungen'],
  again: ['The same result again', 'Dasselbe Ergebnis noch einmal'],
  againSays: ['These commands give the same numbers to the last bit, on any machine.', 'Diese Befehle geben dieselben Zahlen bis zum letzten Bit, auf jeder Maschine.'],
  footer: ['Made by partnersim {version} from its result files; nothing was simulated for this page.', 'Erstellt von partnersim {version} aus seinen Ergebnisdateien; für diese Seite wurde nichts simuliert.'],
} as const satisfies Record<string, Pair>;

export type Key = keyof typeof words;

/// Metrics as people call them, by their name in forecast.csv.
export const metricWords: Record<string, Pair> = {
  net_channel_revenue: ['Net channel revenue', 'Nettoumsatz im Kanal'],
  contribution: ['Contribution', 'Deckungsbeitrag'],
  new_bookings: ['New bookings', 'Neugeschäft'],
  program_cost: ['Program cost', 'Programmkosten'],
  active_partners: ['Active partners', 'Aktive Partner'],
  cloud_share: ["Cloud share of partners' attention", 'Cloud-Anteil an der Aufmerksamkeit der Partner'],
  cloud_preference: ['Customers who prefer cloud', 'Kunden, die Cloud bevorzugen'],
  months_behind: ['Months behind customers', 'Monate hinter den Kunden'],
  months_late: ['Months the vendor sees customers late', 'Monate, die der Anbieter Kunden zu spät sieht'],
  revenue_share: ['Share of what customers pay', 'Anteil an dem, was Kunden zahlen'],
  services_profit: ['Margin on own services', 'Marge auf eigene Dienstleistungen'],
  direct_revenue: ['Direct revenue', 'Direktumsatz'],
  cost_of_goods: ['Cost of goods', 'Herstellkosten'],
  direct_cost: ['Own sales', 'Eigener Vertrieb'],
  relation_cost: ['Relations with partners', 'Partnerbeziehungen'],
  onboarding_cost: ['Onboarding', 'Einführung neuer Partner'],
  manager_cost: ['Partner managers', 'Partnermanager'],
  specialist_cost: ['Specialists for partners', 'Spezialisten für Partner'],
  training_subsidy: ['Training of partners', 'Ausbildung der Partner'],
  lead_cost: ['Leads', 'Leads'],
  openness_cost: ['Openness to partners', 'Offenheit gegenüber Partnern'],
  entry_fees: ['Entry fees', 'Eintrittsgebühren'],
  registration_uplift: ['Registration uplift', 'Aufschlag für Registrierung'],
  rebate: ['Rebate', 'Rückvergütung'],
  mdf: ['Market development funds', 'Marketingzuschüsse'],
  spiff: ['Sales cash', 'Verkäuferprämien'],
  referral: ['Referral fees', 'Vermittlungsprovisionen'],
  authority_gap: ['Bookings missed for want of authority', 'Neugeschäft, das ohne Weisungsrecht entgeht'],
  services_lost: ['Services partners lose to the vendor', 'Dienstleistungen, die Partner an den Anbieter verlieren'],
  mdf_unused: ['Market development funds not drawn', 'Nicht abgerufene Marketingzuschüsse'],
  orphan_base: ['Installed base whose partner left', 'Bestand ohne Partner'],
  potential_used: ['Potential used', 'Genutztes Potenzial'],
  registered_share: ['Deals partners register', 'Geschäfte, die Partner registrieren'],
  specialist_wait: ['Months of waiting for a specialist', 'Monate Wartezeit auf Spezialisten'],
  trust: ['Trust of partners', 'Vertrauen der Partner'],
};

/// What a tag of evidence means, the weakest first.
export const evidenceWords: Record<string, Pair> = {
  asm: ['our assumption', 'unsere Annahme'],
  K: ['unverified', 'ungeprüft'],
  cal: ['set so that known facts come out', 'so gesetzt, dass Bekanntes herauskommt'],
  C: ['one secondary source', 'eine Sekundärquelle'],
  B: ['several secondary sources', 'mehrere Sekundärquellen'],
  A: ['a primary source', 'eine Primärquelle'],
};

export function pick(pair: Pair): string {
  if (data.language === 'en') return pair[0];
  return data.language === 'de-CH' ? pair[1].replaceAll('ß', 'ss') : pair[1];
}
