import type { EngineTranslator } from './engine-words.ts'

type Rule = readonly [pattern: RegExp, say: (...found: string[]) => string | null]

const risen: Readonly<Record<string, string>> = {
  'Loud moment': 'Lauter Augenblick',
  'Sudden loud burst': 'Plötzlich laut',
  'Sharper sound': 'Schärferer Klang',
  Speech: 'Sprache',
  'Bright, hissing sound': 'Heller, zischender Klang',
  'Hard, punchy sounds': 'Harte, schlagende Geräusche',
  'Bright flash': 'Heller Blitz',
  'Strong contrast in the picture': 'Starker Kontrast im Bild',
  'Sudden change of the picture': 'Plötzlicher Wechsel des Bildes',
  'Fast motion': 'Schnelle Bewegung',
  'Vivid colours': 'Kräftige Farben',
  'Red flash on the screen': 'Roter Blitz auf dem Bildschirm',
  'Scene change': 'Szenenwechsel',
  'Dense action on the screen': 'Viel los auf dem Bildschirm',
  'Loud reaction on the microphone': 'Laute Reaktion am Mikrofon',
  'Sudden shout on the microphone': 'Plötzlicher Ruf am Mikrofon',
  'Excited, sharper voice': 'Aufgeregte, schärfere Stimme',
  'Excited speech': 'Aufgeregtes Sprechen',
  'Abrupt sounds on the microphone': 'Abrupte Geräusche am Mikrofon',
}

const strengths: readonly Rule[] = [
  [/^more than in$/, () => 'mehr als'],
  [/^(\d+) dB over$/, (n) => `${n} dB mehr als`],
  [/^a little over$/, () => 'etwas mehr als'],
  [/^unlike most of$/, () => 'anders als meist'],
  [/^(\d+) % against (\d+) % in$/, (here, there) => `${here} % gegenüber ${there} %`],
  [/^a little more than in$/, () => 'etwas mehr als'],
  [/^unlike$/, () => 'anders als'],
  [/^over 100 times that of$/, () => 'über 100-mal so viel wie'],
  [/^([\d.]+) times that of$/, (n) => `${comma(n)}-mal so viel wie`],
]

const around: readonly Rule[] = [
  [/^the (\d+) minutes around it$/, (n) => `in den ${n} Minuten darum herum`],
  [/^the minute around it$/, () => 'in der Minute darum herum'],
  [/^the (\d+) seconds around it$/, (n) => `in den ${n} Sekunden darum herum`],
]

const counted: Readonly<Record<string, string>> = { messages: 'Nachrichten', people: 'Leute' }

const compared: readonly Rule[] = [
  [
    /^(\w+) where there are hardly any in (.+)$/,
    (what, where) => `${counted[what] ?? what}, wo es ${place(where)} kaum welche gibt`,
  ],
  [
    /^over 100 times as many (\w+) as in (.+)$/,
    (what, where) => `über 100-mal so viele ${counted[what] ?? what} wie ${place(where)}`,
  ],
  [
    /^([\d.]+) times as many (\w+) as in (.+)$/,
    (n, what, where) => `${comma(n)}-mal so viele ${counted[what] ?? what} wie ${place(where)}`,
  ],
  [/^a few more (\w+) than in (.+)$/, (what, where) => `ein paar ${counted[what] ?? what} mehr als ${place(where)}`],
]

const chats: Readonly<Record<string, string>> = {
  'Chat cheers and laughs': 'Der Chat jubelt und lacht',
  'Chat full of emotes': 'Der Chat ist voller Emotes',
  'Chat in capitals': 'Der Chat schreibt groß',
  'Chat in short bursts': 'Der Chat schreibt kurz und schnell',
}

const kinds: Readonly<Record<string, string>> = {
  'an elimination': 'ein Abschuss',
  'your own death': 'dein eigener Tod',
  'an award': 'eine Auszeichnung',
}
const senses: Readonly<Record<string, string>> = {
  'Looks and sounds': 'Sieht aus und klingt',
  Looks: 'Sieht aus',
  Sounds: 'Klingt',
}

/** Of what somebody's decisions say: what is much or little of it. */
const features: Readonly<Record<string, string>> = {
  'obvious highlight': 'eindeutige Highlights',
  'less obvious highlight': 'weniger eindeutige Highlights',
  'loud game': 'lautes Spiel',
  'quiet game': 'leises Spiel',
  'loud voice': 'laute Stimme',
  'calm voice': 'ruhige Stimme',
  'busy picture': 'bewegtes Bild',
  'calm picture': 'ruhiges Bild',
  'busy chat': 'lebhafter Chat',
  'quiet chat': 'stiller Chat',
  marked: 'markiert',
  'not marked': 'nicht markiert',
  'long moment': 'langer Augenblick',
  'short moment': 'kurzer Augenblick',
}

const subjects: Readonly<Record<string, string>> = {
  'a death': 'einen Tod',
  deaths: 'Tode',
  'a kill': 'einen Abschuss',
  kills: 'Abschüsse',
  'a win': 'einen Sieg',
  wins: 'Siege',
}

const doing: Readonly<Record<string, string>> = {
  analysing: 'analysiert',
  scoring: 'bewertet',
  rendering: 'rendert',
  'working on': 'bearbeitet',
}

const edges: readonly Rule[] = [
  [/^(begin|end) as found$/, (edge) => `${edge === 'begin' ? 'beginnen' : 'enden'} wie gefunden`],
  [
    /^(begin|end) ([\d.]+) s (earlier|later), as you trim them$/,
    (edge, n, way) =>
      `${edge === 'begin' ? 'beginnen' : 'enden'} ${comma(n)} s ${way === 'earlier' ? 'früher' : 'später'}, wie du sie schneidest`,
  ],
]

const sentences: readonly Rule[] = [
  // Why a moment was picked.
  [/^([^,:]+(?:, [a-z]+ (?:voice|sound|sounds))?|Rise of [\w.]+), (.+) (the .*around it)$/, sayRise],
  [
    /^(Chat spike|Many chatters at once): (.+)$/,
    (what, how) =>
      join(what === 'Chat spike' ? 'Ansturm im Chat' : 'Viele schreiben zugleich', ': ', by(compared, how)),
  ],
  [
    /^(Chat [\w ]+), (\d+) % of its messages against (\d+) % in (.+)$/,
    (what, here, there, where) =>
      `${chats[what] ?? what}, ${here} % der Nachrichten gegenüber ${there} % ${place(where)}`,
  ],
  [
    /^(Chat [\w ]+), a little more than in (.+)$/,
    (what, where) => `${chats[what] ?? what}, etwas mehr als ${place(where)}`,
  ],
  [
    /^The game sounds as it does in highlights, though no louder than usual$/,
    () => 'Das Spiel klingt wie in Highlights, wenn auch nicht lauter als sonst',
  ],
  [
    /^The voice on the microphone, though no louder than usual$/,
    () => 'Die Stimme am Mikrofon, wenn auch nicht lauter als sonst',
  ],
  [
    /^Movement on the screen, though no faster than usual$/,
    () => 'Bewegung auf dem Bildschirm, wenn auch nicht schneller als sonst',
  ],
  [
    /^Something new on the screen, such as a message, an icon or a flash$/,
    () => 'Etwas Neues auf dem Bildschirm, etwa eine Meldung, ein Symbol oder ein Blitz',
  ],
  [
    /^(Looks and sounds|Looks|Sounds) like ([\w ]+): (.+)$/,
    (sense, kind, why) =>
      join(`${senses[sense]} wie ${kinds[kind] ?? kind}`, ': ', lowerArticle(inGerman(upperFirst(why)))),
  ],
  [
    /^Stands out from the rest of the recording: (\d+) % likely a highlight, usually (\d+) %$/,
    (here, usual) => `Hebt sich vom Rest der Aufnahme ab: zu ${here} % ein Highlight, sonst zu ${usual} %`,
  ],
  [
    /^You tend to (keep|discard) moments like this \((.+)\)$/,
    (way, what) =>
      `Solche Augenblicke ${way === 'keep' ? 'behältst' : 'verwirfst'} du meist (${what
        .split(', ')
        .map((one) => features[one] ?? one)
        .join(', ')})`,
  ],
  // What somebody, or a game, marked.
  [
    /^You pressed the marker key (?:(\d+) times )?here(: .+)?$/,
    (n, list = '') => `Du hast hier ${n === undefined ? '' : `${n}-mal `}die Markentaste gedrückt${list}`,
  ],
  [/^You set a chapter marker here$/, () => 'Du hast hier eine Kapitelmarke gesetzt'],
  [/^You set (\d+) chapter markers here$/, (n) => `Du hast hier ${n} Kapitelmarken gesetzt`],
  [/^Your chapter marker: (.+)$/, (list) => `Deine Kapitelmarke: ${list}`],
  [/^A stream marker was set here$/, () => 'Hier wurde eine Streammarke gesetzt'],
  [/^Stream marker: (.+)$/, (list) => `Streammarke: ${list}`],
  [/^You set a marker in Steam here(: .+)?$/, (list = '') => `Du hast hier in Steam eine Marke gesetzt${list}`],
  [/^Steam noted an achievement(: .+)?$/, (list = '') => `Steam hat eine Errungenschaft vermerkt${list}`],
  [/^Steam noted a moment here$/, () => 'Steam hat hier einen Augenblick vermerkt'],
  [/^Steam noted (\d+) moments here$/, (n) => `Steam hat hier ${n} Augenblicke vermerkt`],
  [/^Steam noted (a death|a kill|a win): (.+)$/, (what, list) => `Steam hat ${subjects[what]} vermerkt: ${list}`],
  [
    /^Steam noted (\d+) (deaths|kills|wins): (.+)$/,
    (n, what, list) => `Steam hat ${n} ${subjects[what]} vermerkt: ${list}`,
  ],
  [/^Steam noted: (.+)$/, (list) => `Steam hat vermerkt: ${list}`],
  [/^You took a screenshot here$/, () => 'Du hast hier ein Bildschirmfoto gemacht'],
  [/^You marked this in your editor$/, () => 'Du hast dies in deinem Schnittprogramm markiert'],
  [/^Your marker in the editor: (.+)$/, (list) => `Deine Marke im Schnittprogramm: ${list}`],
  [/^You labelled this moment$/, () => 'Du hast diesen Augenblick beschriftet'],
  [/^Your label: (.+)$/, (list) => `Deine Beschriftung: ${list}`],
  // Where a clip that nobody named lies.
  [/^at ([\d:]+)$/, (time) => `bei ${time}`],
  // What a job waits for.
  [/^another job$/, () => 'Wartet auf einen anderen Auftrag'],
  [
    /^job (\d+), which is (.+) a recording$/,
    (n, what) => `Wartet auf Auftrag ${n}, der gerade eine Aufnahme ${doing[what] ?? 'bearbeitet'}`,
  ],
  // What models are for.
  [/^finds highlights: a weighted sum of the signals$/, () => 'findet Höhepunkte: eine gewichtete Summe der Signale'],
  [/^finds highlights: a trained network$/, () => 'findet Höhepunkte: ein trainiertes Netz'],
  // What was learned.
  [
    /^Learning is off: your decisions are neither remembered nor used\.$/,
    () => 'Das Lernen ist aus: Deine Entscheidungen werden weder gemerkt noch verwendet.',
  ],
  [
    /^Not used yet: it takes (\d+) clips that you kept or discarded, at least (\d+) of each, from (\d+) recordings\. So far: (\d+) kept, (\d+) discarded, from (\d+) recordings\.$/,
    (all, each, from, kept, discarded, recordings) =>
      `Noch nicht verwendet: Es braucht ${all} Clips, die du behalten oder verworfen hast, von beiden mindestens ${each}, aus ${from} Aufnahmen. Bisher: ${kept} behalten, ${discarded} verworfen, aus ${recordings} Aufnahmen.`,
  ],
  [
    /^(Used: it predicts your decisions better|Not used:) on recordings that were left out while learning (?:it predicts your decisions no better than chance might )?\(log loss ([\d.]+) against ([\d.]+) of the model alone(?:, a kept clip before a discarded one (\d+) % of the time against (\d+) %)?; chance looks this good (\d+) % of the time\)\.(?: The model alone decides\.)?$/,
    (used, loss, base, rank, baseRank, chance) => {
      const ranks =
        rank === undefined
          ? ''
          : `, ein behaltener Clip vor einem verworfenen in ${rank} % der Fälle gegenüber ${baseRank} %`
      const figures = `(Log-Verlust ${comma(loss)} gegenüber ${comma(base)} des Modells allein${ranks}; der Zufall sieht in ${chance} % der Fälle so gut aus)`
      const where = 'an Aufnahmen, die beim Lernen ausgelassen wurden'
      return used.startsWith('Used')
        ? `Verwendet: Es sagt deine Entscheidungen besser voraus, ${where} ${figures}.`
        : `Nicht verwendet: Es sagt deine Entscheidungen nicht besser voraus, als es der Zufall könnte, ${where} ${figures}. Das Modell allein entscheidet.`
    },
  ],
  [
    /^Clips begin and end as found: it takes (\d+) trimmed clips from (\d+) recordings to learn better\. So far: (\d+)\.$/,
    (clips, recordings, sofar) =>
      `Clips beginnen und enden wie gefunden: Um es besser zu lernen, braucht es ${clips} geschnittene Clips aus ${recordings} Aufnahmen. Bisher: ${sofar}.`,
  ],
  [
    /^Clips (begin .+), and (end .+)\.$/,
    (begin, end) => `Clips ${by(edges, begin) ?? begin} und ${by(edges, end) ?? end}.`,
  ],
  [/^makes no difference to you$/, () => 'macht für dich keinen Unterschied'],
  [
    /^the model's own score counts ([\d.]+) times: you keep (the obvious highlights|less obvious highlights nearly as often)$/,
    (n, what) =>
      `die Wertung des Modells zählt ${comma(n)}-mal: Du behältst ${what.startsWith('the') ? 'die eindeutigen Highlights' : 'weniger eindeutige Highlights fast ebenso oft'}`,
  ],
  [
    /^you keep more with (.+): each step ([\d.]+) times the odds$/,
    (what, n) => `du behältst mehr mit: ${features[what] ?? what} (je Stufe ${comma(n)}-mal die Chance)`,
  ],
  // What leaves this machine.
  [
    /^No recording, clip, chat, statistic or crash report is sent anywhere\.$/,
    () => 'Keine Aufnahme, kein Clip, kein Chat, keine Statistik und kein Absturzbericht wird irgendwohin gesendet.',
  ],
  [
    /^The interface in a browser speaks with the engine on this computer, behind a link that works once\.$/,
    () =>
      'Die Oberfläche in einem Browser spricht mit der Engine auf diesem Rechner, hinter einem Link, der einmal gilt.',
  ],
  [
    /^What you keep, trim and discard teaches the ranking\. It stays in the library, and can be forgotten\.$/,
    () =>
      'Aus dem, was du behältst, schneidest und verwirfst, lernt die Rangfolge. Es bleibt in der Bibliothek und kann vergessen werden.',
  ],
  [
    /^Logs are kept in the data folder, without folders’ names and secrets\. They leave it only if you send them\.$/,
    () =>
      'Protokolle liegen im Datenordner, ohne Namen von Ordnern und ohne Geheimnisse. Sie verlassen ihn nur, wenn du sie verschickst.',
  ],
  [/^never$/, () => 'nie'],
  [
    /^while "clutchcut serve" runs; from other computers only when it is told so$/,
    () => 'solange „clutchcut serve“ läuft; von anderen Rechnern nur, wenn man es ihm sagt',
  ],
  [/^when you decide about a clip$/, () => 'wenn du über einen Clip entscheidest'],
  [/^while it works$/, () => 'während es arbeitet'],
]

/** The engine's sentences in German. */
export const inGerman: EngineTranslator = (sentence) => by(sentences, sentence)

function sayRise(what: string, strength: string, where: string): string | null {
  const named = /^Rise of (.+)$/.exec(what)
  const first = named === null ? risen[what] : `Anstieg von ${named[1]}`
  return first === undefined ? null : join(`${first}, `, '', join(by(strengths, strength), ' ', place(where)))
}

function by(rules: readonly Rule[], text: string): string | null {
  for (const [pattern, say] of rules) {
    const found = pattern.exec(text)
    const said = found === null ? null : say(...found.slice(1))
    if (said !== null) return said
  }
  return null
}

const place = (where: string): string => by(around, where) ?? where

function join(first: string | null, between: string, last: string | null): string | null {
  return first === null || last === null ? null : first + between + last
}

const comma = (figure: string): string => figure.replace('.', ',')
const upperFirst = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
/** Within a sentence, articles are written small; German nouns and adjectives before them are not touched. */
const lowerArticle = (text: string | null): string | null =>
  text?.replace(/^(Das|Die|Der|Etwas) /, (word) => word.toLowerCase()) ?? null
