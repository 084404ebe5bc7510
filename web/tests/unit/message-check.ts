// Holds the messages of a language to the English ones. It reads messages by a strict reader of its own: the
// application's shows what it does not understand as it stands, and a reader would see it.

export type Messages = Map<string, string>;

interface Place {
  name: string;
  kind: string;
  /** The branches of a plural or select by their names. */
  branches: Map<string, Place[]>;
}

const kinds = ['', 'number', 'percent', 'plural', 'select', 'amount', 'day', 'item', 'paper', 'state'];

class Reader {
  private at = 0;

  constructor(private readonly text: string) {}

  message(): Place[] {
    const places = this.pieces(false);
    if (this.at < this.text.length) throw new Error('a brace closes that was not opened');
    return places;
  }

  private pieces(isBranch: boolean): Place[] {
    const places: Place[] = [];
    for (; this.at < this.text.length && this.text[this.at] !== '}'; this.at += 1) {
      if (this.text[this.at] === '#' && !isBranch) throw new Error('a # stands outside a plural');
      if (this.text[this.at] !== '{') continue;
      this.at += 1;
      places.push(this.place());
    }
    return places;
  }

  private place(): Place {
    const [head = '', name = '', kind = '', more = ''] = /^(\w+)(?:, (\w+)(,)?)?/.exec(this.text.slice(this.at)) ?? [];
    if (!name || !kinds.includes(kind)) throw new Error('a value is {name}, {name, KIND} such as number or percent, {name, plural, …} or {name, select, …}');
    this.at += head.length;
    const branches = more && ['plural', 'select'].includes(kind) ? this.branches() : new Map<string, Place[]>();
    this.expect('}', `the value ${name} is not closed`);
    this.at -= 1;
    return { name, kind, branches };
  }

  private branches(): Map<string, Place[]> {
    const found = new Map<string, Place[]>();
    for (;;) {
      const [head = '', name = ''] = /^\s*(=\d+|\w+) \{/.exec(this.text.slice(this.at)) ?? [];
      if (!name) return found;
      if (found.has(name)) throw new Error(`two branches ${name}`);
      this.at += head.length;
      found.set(name, this.pieces(true));
      this.expect('}', `the branch ${name} is not closed`);
    }
  }

  private expect(sign: string, otherwise: string): void {
    if (this.text[this.at] !== sign) throw new Error(otherwise);
    this.at += 1;
  }
}

function all(places: Place[]): Place[] {
  return places.flatMap((place) => [place, ...[...place.branches.values()].flatMap(all)]);
}

function byName(places: Place[]): Map<string, Place> {
  // A value that is chosen by is mostly written, too, and may be so in one branch alone.
  return new Map(all(places).map((place) => [place.kind === 'select' ? `${place.name}, select` : place.name, place]));
}

/** A language without plurals may write the number alone; a value that English gives as it is stays so. */
function mayStandFor(own: Place, english: Place): boolean {
  if (own.kind === english.kind) return true;
  const isNumber = english.kind === 'plural' || english.kind === 'number';
  const isExact = [...english.branches.keys()].some((branch) => branch.startsWith('='));
  return isNumber && own.kind !== 'percent' && !isExact;
}

function problemsOfPlural(own: Place, english: Place | undefined, locale: string): string[] {
  const categories: string[] = new Intl.PluralRules(locale).resolvedOptions().pluralCategories;
  const names = [...own.branches.keys()];
  return [
    ...(names.includes('other') ? [] : [`{${own.name}} has no branch other`]),
    ...names.filter((name) => !name.startsWith('=') && !categories.includes(name)).map((name) => `the language has no plural ${name}`),
    ...[...(english?.branches.keys() ?? [])]
      .filter((name) => name.startsWith('=') && !names.includes(name))
      .map((name) => `{${own.name}} has no branch ${name}`),
  ];
}

/** What is wrong with one message beside the English one; `english` may be the message itself. */
export function problemsOfMessage(own: string, english: string, locale: string): string[] {
  if (!own.trim()) return ['it is empty'];
  let places: Place[];
  try {
    places = new Reader(own).message();
  } catch (error) {
    return [(error as Error).message];
  }
  const [has, wants] = [byName(places), byName(new Reader(english).message())];
  return [
    ...[...wants.keys()].filter((name) => !has.has(name)).map((name) => `{${name}} is missing`),
    ...[...has.keys()].filter((name) => !wants.has(name)).map((name) => `English has no {${name}}`),
    ...[...has].filter(([name, place]) => wants.has(name) && !mayStandFor(place, wants.get(name)!)).map(([name]) => `{${name}} is of another kind`),
    ...all(places).filter((place) => place.kind === 'plural').flatMap((place) => problemsOfPlural(place, wants.get(place.name), locale)),
  ];
}

/** What is wrong with the messages that a language has, each line with its key. */
export function problemsOf(own: Messages, english: Messages, locale: string): string[] {
  return [...own].flatMap(([key, text]) => {
    const wanted = english.get(key);
    if (wanted === undefined) return [`${key}: English has no such message`];
    return problemsOfMessage(text, wanted, locale).map((problem) => `${key}: ${problem}`);
  });
}

/** The messages that a language lacks. */
export function missingFrom(own: Messages, english: Messages): string[] {
  return [...english.keys()].filter((key) => !own.has(key));
}
