// The history of the node, as the overview and the search use it: the last events once, then the stream.

import { Book } from '../core/book.js';
import { changed, happened, signal } from '../core/store.js';
import { nodeNow } from '../core/words.js';
import { read } from './api.js';
import { follow } from './lines.js';

const EVENTS_MAX = 1_000;

/** All that the page knows of services and their events; kept while other pages are shown. */
export const book = new Book();

export const known = signal(false);

/** Begins to follow; returns a function that ends it. Events wait for the past, so that each counts once. */
export function followAll() {
  const past = readPast();
  return follow('_events', {
    event(name, text) {
      const data = JSON.parse(text);
      name === 'services' ? begin(data) : past.then(() => take(name, data));
    },
  });
}

/** The past fills the strips; it counts no instances, since the stream knows better. */
async function readPast() {
  try {
    const answer = await read(`_events?limit=${EVENTS_MAX}`);
    answer.events.filter((event) => event.n > book.known).reverse().forEach((event) => book.add(event, false));
    changed();
  } catch {
    // The strips begin empty; the state of the stream says why.
  }
}

function begin(counts) {
  book.reset(counts);
  known.value = true;
  changed();
}

function take(name, data) {
  if (name === 'change' && data.n > book.known) {
    book.add(data);
    happened(1);
  } else if (name === 'burst' && data.last > book.known) {
    book.burst(data);
    happened(data.last - data.first + 1);
  }
}

/** Returns the node's time, or the browser's until it is known: only for strips. */
export function now() {
  const time = nodeNow();
  return Number.isNaN(time) ? Date.now() : time;
}
