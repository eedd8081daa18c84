// What the page says: briefly, in a corner and to screen readers; a banner while the connection is lost, with when that was and what
// happens next; and boxes for the states in which there is nothing else to show.

import { html } from '../lib/lit-html.js';
import { changed } from '../core/store.js';
import { clock, nodeNow, span } from '../core/words.js';
import { connection, retryNow } from '../net/lines.js';

const SHOWN_MILLIS = 4_000;
const QUIET_MILLIS = 10_000;

let said = '';
let timer = 0;
let politely = { text: '', at: -Infinity };

/** Says something that the user has asked for. */
export function say(text) {
  said = text;
  clearTimeout(timer);
  timer = setTimeout(() => {
    said = '';
    changed();
  }, SHOWN_MILLIS);
  changed();
}

/** Says something to screen readers alone, at most every ten seconds. */
export function summarise(text) {
  if (performance.now() - politely.at > QUIET_MILLIS) {
    politely = { text, at: performance.now() };
    changed();
  }
}

export function speech() {
  return html`<div class="toast" role="status" ?hidden=${!said}>${said}</div>
    <div class="offscreen" role="status">${politely.text}</div>`;
}

export function failure(problem) {
  return html`<section class="box bad" role="alert">
    <h2>${problem.title ?? 'Something went wrong'}</h2>
    <p>${problem.detail ?? problem.message}</p>
    ${problem.hint ? html`<p>${problem.hint}</p>` : ''}
    ${problem.needs ? html`<p>It needs the permission <code>${problem.needs}</code>.</p>` : ''}
    ${problem.request ? html`<p class="muted"><code>${problem.request}</code></p>` : ''}
  </section>`;
}

export function empty(title, ...lines) {
  return html`<section class="box"><h2>${title}</h2>${lines.map((line) => html`<p>${line}</p>`)}</section>`;
}

/** Returns the banner; nothing while all is well. */
export function banner() {
  const { state, at, problem, retryAt } = connection.value;
  const age = performance.now() - at;
  if (state === 'stale') {
    return html`<div class="banner warn" role="status">Nothing has come for ${span(age)}. The page may be out of date.</div>`;
  }
  if (state !== 'lost') {
    return '';
  }
  const wait = Math.max(0, retryAt - performance.now());
  if (problem?.type === 'recovering') {
    return html`<div class="banner warn" role="status">The node has just started and gets the registrations from its peers. ${again(wait)}</div>`;
  }
  if (problem?.status === 401 || problem?.status === 403) {
    return html`<div class="banner warn" role="status">${problem.status === 401 ? 'The node does not know this user.' : `This needs the permission ${problem.needs || 'to read'}.`} ${again(wait)}</div>`;
  }
  return html`<div class="banner bad" role="alert">Connection lost at ${clock(nodeNow() - age)}${problem ? `: ${problem.detail || problem.message}` : ''}. This is how things stood then. ${again(wait)}</div>`;
}

function again(wait) {
  return html`Trying again in ${span(Math.max(1000, wait))} · <button type="button" class="link" @click=${retryNow}>now</button>`;
}
