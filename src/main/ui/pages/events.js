// The history of the node that answers, newest first, live; with its filters in the address.

import { html } from '../lib/lit-html.js';
import { changed, happened } from '../core/store.js';
import { TYPES } from '../core/book.js';
import { visible } from '../core/words.js';
import { choose } from '../core/router.js';
import { read } from '../net/api.js';
import { follow } from '../net/lines.js';
import { cluster } from '../net/node.js';
import { curlButton } from '../parts/copy.js';
import { eventTable } from '../parts/history.js';
import { failure } from '../parts/notice.js';

const PAGE = 100;
const KEPT_MAX = 1_000;
const FILTERS = ['service', 'id', 'type', 'origin'];

export function open() {
  const state = { query: null, loaded: false, rows: [], first: 0, node: '', problem: null, more: false, end: () => {} };
  return { title: 'Events', view: ({ query }) => view(state, query), close: () => state.end() };
}

function queryOf(query) {
  const parts = FILTERS.filter((name) => query.get(name)).map((name) => `${name}=${encodeURIComponent(query.get(name))}`);
  return parts.join('&');
}

/** Begins anew when the filters are others. */
async function begin(state, query) {
  state.query = query;
  state.end();
  state.rows = [];
  state.loaded = false;
  state.problem = null;
  try {
    const answer = await read(`_events?${query}&limit=${PAGE}`);
    if (state.query !== query) {
      return;
    }
    take(state, answer);
    state.loaded = true;
    state.end = follow(`_events${query ? `?${query}` : ''}`, {
      headers: () => ({ 'Last-Event-ID': `${answer.life}:${answer.last}` }),
      event: (name, data) => add(state, name, data),
    });
  } catch (problem) {
    state.problem = problem;
  }
  changed();
}

function take(state, answer) {
  state.rows = [...state.rows, ...answer.events];
  state.first = answer.first;
  state.node = answer.node;
  state.more = answer.events.length === PAGE;
}

function add(state, name, data) {
  const event = JSON.parse(data);
  if (name === 'change') {
    state.rows = [event, ...state.rows].slice(0, KEPT_MAX);
    happened(1);
  } else if (name === 'burst') {
    state.rows = [{ burst: event, at: event.at, n: event.last }, ...state.rows].slice(0, KEPT_MAX);
    happened(event.last - event.first + 1);
  }
}

async function earlier(state) {
  const last = state.rows.at(-1);
  const before = last.burst?.first ?? last.n;
  try {
    take(state, await read(`_events?${state.query}&limit=${PAGE}&before=${before}`));
  } catch (problem) {
    state.problem = problem;
  }
  changed();
}

function view(state, query) {
  const wanted = queryOf(query);
  if (state.query !== wanted) {
    begin(state, wanted);
  }
  return html`<div class="title"><h1>Events</h1><span class="line muted">as ${visible(state.node)} has seen them</span><span class="tools">${curlButton(`_events?${wanted}`)}</span></div>
    ${filters(query)}
    ${state.problem ? failure(state.problem) : ''}
    ${state.loaded ? rows(state, query, wanted) : html`<p class="muted skeleton">Asking for events …</p>`}`;
}

function rows(state, query, wanted) {
  return html`${state.rows.length === 0 ? html`<p class="muted">No event${wanted ? ' matches' : ' yet'}.</p>` : eventTable(state.rows, { service: !query.get('service'), id: !query.get('id') })}
    ${state.more ? html`<p><button type="button" @click=${() => earlier(state)}>Earlier events</button></p>` : html`<p class="muted">The history of ${visible(state.node)} is complete from its event ${state.first} on. Numbers are of this node alone.</p>`}`;
}

function filters(query) {
  const origins = Object.keys(cluster.value?.nodes ?? {});
  const field = (name, label) => html`<label>${label} <input type=${name === 'service' ? 'search' : 'text'} .value=${query.get(name) ?? ''} @change=${(event) => choose(name, event.target.value)} spellcheck="false"></label>`;
  return html`<div class="controls">${field('service', 'service')}${field('id', 'instance')}
    <label>type <select @change=${(event) => choose('type', event.target.value)}><option value="">all</option>${TYPES.map((type) => html`<option value=${type} ?selected=${type === query.get('type')}>${type.replace('_', ' ')}</option>`)}</select></label>
    <label>origin <select @change=${(event) => choose('origin', event.target.value)}><option value="">all</option>${origins.map((name) => html`<option ?selected=${name === query.get('origin')}>${visible(name)}</option>`)}</select></label></div>`;
}
