// JSON as text: documents are shown and compared as their owners wrote them, so numbers keep all digits and members their order.

const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g;

/** Returns the tokens of valid JSON: text and kind, which is key, string, literal or sign. */
export function tokens(text) {
  const found = text.match(TOKEN) ?? [];
  return found.map((token, i) => ({ text: token, kind: kind(token, found[i + 1]) }));
}

function kind(token, next) {
  if (token[0] === '"') {
    return next === ':' ? 'key' : 'string';
  }
  return '{}[],:'.includes(token) ? 'sign' : 'literal';
}

/** Returns lines of an indent and tokens. */
export function lines(text) {
  const all = tokens(text);
  const result = [];
  let line = { indent: 0, tokens: [] };
  let depth = 0;
  const end = () => {
    if (line.tokens.length > 0) {
      result.push(line);
    }
    line = { indent: depth, tokens: [] };
  };
  all.forEach((token, i) => {
    const empty = isOpen(token) && isClose(all[i + 1] ?? token);
    const closesEmpty = isClose(token) && i > 0 && isOpen(all[i - 1]);
    if (isClose(token) && !closesEmpty) {
      depth--;
      end();
    }
    line.tokens.push(token);
    if (isOpen(token) && !empty) {
      depth++;
      end();
    } else if (token.text === ',') {
      end();
    }
  });
  end();
  return result;
}

function isOpen(token) {
  return token.kind === 'sign' && (token.text === '{' || token.text === '[');
}

function isClose(token) {
  return token.kind === 'sign' && (token.text === '}' || token.text === ']');
}

/** Returns name → raw text of the value, of the members at the top of an object. */
export function members(text) {
  const found = new Map();
  let depth = 0, name = null, value = '';
  for (const token of tokens(text)) {
    if (depth === 1 && name === null && token.kind === 'key') {
      name = JSON.parse(token.text);
    } else if (depth === 1 && (token.text === ',' || token.text === '}') && token.kind === 'sign') {
      if (name !== null) {
        found.set(name, value);
      }
      name = null;
      value = '';
    } else if (name !== null && !(value === '' && token.text === ':' && token.kind === 'sign')) {
      value += token.text;
    }
    depth += isOpen(token) ? 1 : isClose(token) ? -1 : 0;
  }
  return found;
}

/** Returns a raw value as a cell shows it: strings without quotes, all else as it is written. */
export function plain(raw) {
  return raw !== undefined && raw[0] === '"' ? JSON.parse(raw) : raw;
}

/** Returns the members that differ, in the order of the newer document: name, before and after as raw text, undefined if not there. */
export function difference(before, after) {
  const old = before === null ? new Map() : members(before);
  const now = after === null ? new Map() : members(after);
  const names = [...now.keys(), ...[...old.keys()].filter((name) => !now.has(name))];
  return names
    .filter((name) => old.get(name) !== now.get(name))
    .map((name) => ({ name, before: old.get(name), after: now.get(name) }));
}
