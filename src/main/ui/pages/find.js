// Finds anything: services by name at once, and whatever is in documents by the search of the node.

import { html } from '../lib/lit-html.js';
import { instanceLink, serviceLink, visible } from '../core/words.js';
import { go } from '../core/router.js';
import { read } from '../net/api.js';
import { book } from '../net/history.js';
import { ask } from '../parts/dialog.js';

const PAUSE_MILLIS = 200;
const SERVICES_MAX = 8;
const LENGTH_MIN = 2;

let state = { text: '', answer: null, problem: '', timer: 0 };

export async function find() {
  state = { text: '', answer: null, problem: '', timer: 0 };
  const to = await ask('Find anything', (close, redraw) => html`
    <input type="search" aria-label="Text to find" placeholder="a service, an id, an address …" autofocus spellcheck="false"
      @input=${(event) => typed(event.target.value, redraw)} @keydown=${(event) => first(event, close)}>
    <ul class="found">${services().map((name) => entry(close, serviceLink(name), visible(name), 'service'))}
    ${(state.answer?.hits ?? []).map((hit) => entry(close, hit.id === undefined ? serviceLink(hit.service) : instanceLink(hit.service, hit.id), `${visible(hit.service)}${hit.id === undefined ? '' : ` / ${visible(hit.id)}`}`, where(hit)))}</ul>
    <p class="muted" role="status">${outcome()}</p>
    <p class="actions"><button type="button" @click=${() => close()}>Close</button></p>`);
  if (to) {
    go(to);
  }
}

function entry(close, to, name, what) {
  return html`<li><a href=${to} @click=${(event) => {
    event.preventDefault();
    close(to);
  }}><bdi>${name}</bdi></a> <span class="muted">${what}</span></li>`;
}

function where(hit) {
  return hit.in === 'document' ? `${hit.pointer} ${visible(hit.text)}` : hit.in;
}

function services() {
  const text = state.text.toLowerCase();
  return text ? [...book.services.keys()].filter((name) => name.toLowerCase().includes(text)).slice(0, SERVICES_MAX) : [];
}

function typed(text, redraw) {
  state.text = text.trim();
  state.answer = null;
  clearTimeout(state.timer);
  redraw();
  if (state.text.length >= LENGTH_MIN) {
    state.timer = setTimeout(() => search(state.text, redraw), PAUSE_MILLIS);
  }
}

async function search(text, redraw) {
  let answer = null, problem = '';
  try {
    answer = await read(`_find?q=${encodeURIComponent(text)}&limit=50`);
  } catch (failure) {
    problem = failure.message;
  }
  if (text === state.text) {
    state = { ...state, answer, problem };
    redraw();
  }
}

function outcome() {
  if (state.problem) return state.problem;
  if (state.text.length < LENGTH_MIN) return 'Type two characters or more.';
  if (!state.answer) return 'Searching …';
  const { hits, searched, more } = state.answer;
  return `${hits.length}${more ? ' and more' : ''} found among ${searched.toLocaleString('en-US')} instances.`;
}

/** Enter opens the first result. */
function first(event, close) {
  if (event.key === 'Enter') {
    event.preventDefault();
    const link = event.target.closest('form').querySelector('.found a');
    link && close(link.getAttribute('href'));
  }
}
