// The documents of a service: divided out of a listing that comes in pieces, without parsing their values, so that the first rows of a
// service of 15 MB can be shown while the rest still comes; and counted by their members: the columns of the table, and the chips that
// filter it.

const QUOTE = 34, BACKSLASH = 92, COLON = 58, COMMA = 44;
const OPEN = new Set([123, 91]), CLOSE = new Set([125, 93]);

export class Members {
  constructor(deliver) {
    this.deliver = deliver;
    this.text = '';
    this.at = 0;
    this.depth = 0;
    this.inString = false;
    this.nameFrom = -1;
    this.name = null;
    this.valueFrom = -1;
  }

  /** Takes the next piece. Documents are valid JSON, or the node would not have taken them. */
  add(piece) {
    this.text += piece;
    for (; this.at < this.text.length; this.at++) {
      const c = this.text.charCodeAt(this.at);
      this.inString ? this.inside(c) : this.outside(c);
    }
    this.forget();
  }

  inside(c) {
    if (c === BACKSLASH) {
      this.at++;
    } else if (c === QUOTE) {
      this.inString = false;
      if (this.depth === 1 && this.name === null) {
        this.name = JSON.parse(this.text.slice(this.nameFrom, this.at + 1));
      }
    }
  }

  outside(c) {
    if (c === QUOTE) {
      this.inString = true;
      if (this.depth === 1 && this.name === null) {
        this.nameFrom = this.at;
      }
    } else if (OPEN.has(c)) {
      this.depth++;
    } else if (CLOSE.has(c)) {
      this.depth--;
      if (this.depth === 0) {
        this.end();
      }
    } else if (this.depth === 1 && c === COLON) {
      this.valueFrom = this.at + 1;
    } else if (this.depth === 1 && c === COMMA) {
      this.end();
    }
  }

  end() {
    if (this.name !== null) {
      this.deliver(this.name, this.text.slice(this.valueFrom, this.at).trim());
    }
    this.name = null;
    this.nameFrom = this.valueFrom = -1;
  }

  /** Drops the text before the member that has begun. A piece may end within a name, a value or an escape. */
  forget() {
    const from = this.name !== null ? this.valueFrom : this.nameFrom;
    const keep = from < 0 ? this.at : from;
    // While a name is there and its colon is not, the value begins later.
    const cut = this.name !== null && this.valueFrom < 0 ? this.at : keep;
    if (cut > 0) {
      const kept = Math.min(cut, this.text.length);
      this.text = this.text.slice(kept);
      this.at -= kept;
      this.nameFrom -= this.nameFrom >= 0 ? kept : 0;
      this.valueFrom -= this.valueFrom >= 0 ? kept : 0;
    }
  }
}

const FIRST = ['host', 'port', 'zone', 'version'];
const COLUMNS_MAX = 6;
const VALUES_MAX = 8;
const VALUE_LENGTH_MAX = 40;
/** Of a member with more values, none is worth a chip. */
const KEPT_MAX = 200;

export class Facets {
  constructor() {
    this.clear();
  }

  clear() {
    this.documents = 0;
    this.members = new Map();
  }

  add(raw) {
    this.count(raw, 1);
  }

  remove(raw) {
    this.count(raw, -1);
  }

  count(raw, step) {
    this.documents += step;
    for (const [name, value] of Object.entries(JSON.parse(raw))) {
      const member = this.member(name);
      member.documents += step;
      const text = String(value);
      const isShort = typeof value !== 'object' && text.length <= VALUE_LENGTH_MAX;
      if (isShort && (member.values.has(text) || member.values.size < KEPT_MAX)) {
        const left = (member.values.get(text) ?? 0) + step;
        left > 0 ? member.values.set(text, left) : member.values.delete(text);
      } else {
        member.more = true;
      }
    }
  }

  member(name) {
    if (!this.members.has(name)) {
      this.members.set(name, { name, documents: 0, values: new Map(), more: false });
    }
    return this.members.get(name);
  }

  /** Returns the most frequent members, the usual ones first; with their values, where these are few and shared. */
  columns() {
    const known = [...this.members.values()].filter((member) => member.documents > 0);
    const place = (member) => (FIRST.includes(member.name) ? FIRST.indexOf(member.name) : FIRST.length);
    known.sort((a, b) => place(a) - place(b) || b.documents - a.documents || (a.name < b.name ? -1 : 1));
    return known.slice(0, COLUMNS_MAX).map((member) => ({ name: member.name, values: this.chips(member) }));
  }

  chips({ values, more, documents }) {
    const shared = !more && values.size >= 2 && values.size <= VALUES_MAX && documents > values.size;
    return shared ? [...values].sort((a, b) => b[1] - a[1]) : [];
  }
}
