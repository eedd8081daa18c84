// The address of the view: the page, what it is of, and its filters, all behind the hash, so that every view is a link.

import { changed } from './store.js';

const PAGES = new Map([
  ['', { page: 'overview', names: 0 }],
  ['s', { page: 'service', names: 1 }],
  ['i', { page: 'instance', names: 2 }],
  ['cluster', { page: 'cluster', names: 0 }],
  ['events', { page: 'events', names: 0 }],
  ['about', { page: 'about', names: 0 }],
]);

let current = parse(location.hash);

export function route() {
  return current;
}

/** Returns the route of a hash: page, names and query. Any other hash leads to the overview. */
export function parse(hash) {
  const [path, query = ''] = hash.replace(/^#\/?/, '').split(/\?(.*)/s);
  const segments = path.split('/');
  const known = PAGES.get(segments[0]);
  const names = segments.slice(1).map(decode);
  const fits = known && names.length === known.names && names.every((name) => name);
  const query2 = new URLSearchParams(query);
  return fits ? { page: known.page, names, query: query2, path } : { page: 'overview', names: [], query: query2, path: '' };
}

function decode(segment) {
  try {
    return decodeURIComponent(segment);
  } catch {
    return '';
  }
}

/** Goes to another view, as a step in the history. */
export function go(hash) {
  location.hash = hash;
}

/** Changes a filter of this view: in place, so that typing leaves no trail in the history. */
export function refine(name, value) {
  set(name, value, (address) => history.replaceState(null, '', address));
}

/** The same as a step. */
export function choose(name, value) {
  set(name, value, (address) => history.pushState(null, '', address));
}

function set(name, value, by) {
  const query = new URLSearchParams(current.query);
  value ? query.set(name, value) : query.delete(name);
  const text = query.toString();
  by(`#/${current.path}${text ? `?${text}` : ''}`);
  read();
}

function read() {
  current = parse(location.hash);
  changed();
}

addEventListener('hashchange', read);
addEventListener('popstate', read);
