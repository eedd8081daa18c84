// The instances of one service, off the page's thread: holds their documents as text, filters, sorts and counts, and posts the rows in
// view. The page holds no document that it does not show.

import { members, plain } from '../core/json.js';
import { Facets, Members } from './documents.js';

const GHOST_MILLIS = 60_000;
const PAUSE_MILLIS = 80;
const FIRST_ROWS = 200;

const rows = new Map();
const facets = new Facets();
let view = { filter: '', match: [], sort: 'id', ids: null, from: 0, count: 100 };
let order = null;
let timer = 0;
let loading = null;

onmessage = ({ data }) => {
  const act = { load, view: see, put, delete: remove, snapshot, select };
  act[data.type](data);
};

async function load({ url, headers }) {
  loading?.abort();
  loading = new AbortController();
  const abort = loading.signal;
  clear();
  try {
    const response = await fetch(url, { headers, cache: 'no-store', signal: abort });
    const of = (name) => response.headers.get(name);
    if (!response.ok) {
      postMessage({ type: 'problem', status: response.status, text: await response.text() });
      return;
    }
    await readAll(response, abort);
    postMessage({ type: 'loaded', change: of('Hera-Change'), drained: of('Hera-Drained') });
    soon();
  } catch (failure) {
    abort.aborted || postMessage({ type: 'problem', status: 0, text: String(failure.message) });
  }
}

async function readAll(response, abort) {
  const parser = new Members(store);
  for (const reader = response.body.pipeThrough(new TextDecoderStream()).getReader(); ;) {
    const { done, value } = await reader.read();
    if (done || abort.aborted) {
      return;
    }
    parser.add(value);
    if (rows.size >= FIRST_ROWS) {
      soon();
    }
  }
}

function clear() {
  rows.clear();
  facets.clear();
  order = null;
}

function store(id, raw) {
  const old = rows.get(id);
  if (old && !old.gone) {
    facets.remove(old.raw);
  }
  facets.add(raw);
  rows.set(id, { id, raw, text: `${id} ${raw}`.toLowerCase(), gone: null, fresh: old ? old.fresh : 0 });
  order = null;
}

function put({ id, raw, at }) {
  store(id, raw);
  rows.get(id).fresh = at;
  soon();
}

/** An instance that is gone stays for a minute, with the reason. */
function remove({ id, reason, at }) {
  const row = rows.get(id);
  if (row && !row.gone) {
    facets.remove(row.raw);
    row.gone = { reason, at };
    setTimeout(() => {
      if (rows.get(id)?.gone?.at === at) {
        rows.delete(id);
        order = null;
        soon();
      }
    }, GHOST_MILLIS);
    order = null;
    soon();
  }
}

/** All instances, as a stream begins: those that are not among them are gone, without a known reason. */
function snapshot({ text, at }) {
  const seen = new Set();
  const parser = new Members((id, raw) => {
    seen.add(id);
    store(id, raw);
  });
  parser.add(text);
  for (const id of rows.keys()) {
    seen.has(id) || remove({ id, reason: '', at });
  }
  soon();
}

function see(next) {
  const same = ['filter', 'sort'].every((name) => next[name] === view[name])
    && JSON.stringify([next.match, next.ids]) === JSON.stringify([view.match, view.ids]);
  view = next;
  if (!same) {
    order = null;
  }
  post();
}

/** The ids of all rows that the filter leaves. */
function select() {
  postMessage({ type: 'selected', ids: sorted().filter((row) => !row.gone).map((row) => row.id) });
}

function soon() {
  timer ||= setTimeout(post, PAUSE_MILLIS);
}

function post() {
  clearTimeout(timer);
  timer = 0;
  const shown = sorted();
  const columns = facets.columns();
  const part = shown.slice(view.from, view.from + view.count);
  postMessage({
    type: 'view',
    total: shown.length,
    living: shown.reduce((sum, row) => sum + (row.gone ? 0 : 1), 0),
    all: facets.documents,
    from: view.from,
    columns: columns.map((column) => column.name),
    chips: columns.filter((column) => column.values.length > 0),
    rows: part.map(({ id, raw, gone, fresh }) => ({ id, raw, gone, fresh })),
  });
}

function sorted() {
  if (order === null) {
    const words = view.filter.toLowerCase().split(/\s+/).filter(Boolean);
    order = [...rows.values()].filter((row) => fits(row, words));
    view.ids ? byIds(order) : order.sort(comparison());
  }
  return order;
}

function fits(row, words) {
  return words.every((word) => row.text.includes(word))
    && (view.match.length === 0 || matches(row))
    && (!view.ids || view.ids.includes(row.id) || row.gone !== null);
}

function matches(row) {
  const found = members(row.raw);
  return view.match.every(([name, value]) => String(plain(found.get(name))) === value);
}

function byIds(list) {
  const place = new Map(view.ids.map((id, i) => [id, i]));
  list.sort((a, b) => (place.get(a.id) ?? -1) - (place.get(b.id) ?? -1));
}

function comparison() {
  if (view.sort === 'id') {
    return (a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
  }
  const collator = new Intl.Collator('en', { numeric: true });
  const values = new Map();
  const value = (row) => {
    if (!values.has(row)) {
      values.set(row, String(plain(members(row.raw).get(view.sort)) ?? ''));
    }
    return values.get(row);
  };
  return (a, b) => collator.compare(value(a), value(b)) || (a.id < b.id ? -1 : 1);
}
