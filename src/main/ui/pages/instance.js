// One instance: its document, how long it has left, what each node and each origin says of it, and its history. Of one that is gone the
// same page says when it went, and why.

import { html } from '../lib/lit-html.js';
import { comeAndGo } from '../core/book.js';
import { changed, happened } from '../core/store.js';
import { ago, left, pathOf, serviceLink, visible } from '../core/words.js';
import { problemOf, read, send } from '../net/api.js';
import { follow, isCutOff } from '../net/lines.js';
import { lacks, readOnly } from '../net/node.js';
import { copy, copyButton, curlButton } from '../parts/copy.js';
import { comeback, deregister, drain, undrain } from '../parts/actions.js';
import { arrow, pretty, raw } from '../parts/document.js';
import { eventTable } from '../parts/history.js';
import { failure } from '../parts/notice.js';
import { bar, nodesTable, originsTable, present, restless } from './cells.js';

const ENTRIES_MILLIS = 2_000;
const NODES_MILLIS = 5_000;
const EVENTS_MAX = 50;

export function open({ names: [service, id] }) {
  const state = { service, id, path: pathOf(service, id), document: null, loaded: false, problem: null, origin: '', drained: '', entries: null, nodes: null, events: null, at: 0, asSent: false };
  refresh(state);
  const end = follow(state.path, {
    headers: () => ({ 'If-None-Match': '*' }),
    event(name) {
      if (name !== 'unchanged') {
        happened(1);
        refresh(state);
      }
    },
  });
  const timers = [setInterval(() => document.hidden || askEntries(state), ENTRIES_MILLIS), setInterval(() => document.hidden || askNodes(state), NODES_MILLIS)];
  return {
    title: `${visible(id)} of ${visible(service)}`,
    view: () => view(state),
    keys: keys(state),
    close() {
      end();
      timers.forEach(clearInterval);
    },
  };
}

function keys(state) {
  return {
    c: () => state.document !== null && void copy(state.document, 'the document'),
    r: () => turn(state),
    d: () => !readOnly && !lacks('write', state.service) && state.document !== null && void remove(state),
  };
}

function turn(state) {
  state.asSent = !state.asSent;
  changed();
}

function remove(state) {
  return deregister(state.service, state.id, state.document, winner(state));
}

function refresh(state) {
  askDocument(state);
  askEntries(state);
  askNodes(state);
  askEvents(state);
}

async function askDocument(state) {
  try {
    const response = await send(state.path);
    if (response.ok) {
      state.document = await response.text();
      state.origin = response.headers.get('Hera-Origin');
      state.drained = response.headers.get('Hera-Drained') ?? '';
      state.problem = null;
    } else {
      const problem = await problemOf(response, `GET /${state.path}`);
      state.document = null;
      state.problem = problem.type === 'unknown-instance' ? null : problem;
    }
  } catch (problem) {
    state.problem = state.loaded ? null : problem;
  }
  state.loaded = true;
  changed();
}

async function askEntries(state) {
  state.entries = await read(`_entries/${state.path}`).catch(() => state.entries);
  state.at = performance.now();
  changed();
}

async function askNodes(state) {
  state.nodes = await read(`_cluster/${state.path}`).catch(() => state.nodes);
  state.nodesAt = performance.now();
  changed();
}

async function askEvents(state) {
  const query = `service=${encodeURIComponent(state.service)}&id=${encodeURIComponent(state.id)}&limit=${EVENTS_MAX}`;
  state.events = await read(`_events?${query}`).catch(() => state.events);
  changed();
}

/** Returns the entry that is shown, with its present age. */
function winner(state) {
  const found = state.entries?.entries.find((entry) => entry.shown);
  return found && { ...present(found, state.at), ttl: found.ttl_ms };
}

function view(state) {
  const { service, id } = state;
  return html`<div class="title"><h1><a href=${serviceLink(service)}><bdi>${visible(service)}</bdi></a> / <bdi>${visible(id)}</bdi></h1>
      <span class="line">${standing(state)}</span>
      <span class="tools">${curlButton(state.path)}${readOnly ? '' : buttons(state)}</span></div>
    ${comeback()}
    ${state.problem ? failure(state.problem) : ''}
    <div class="halves">
      <section><h2>Document ${state.document === null ? '' : html`<small class="muted">${new TextEncoder().encode(state.document).length} B</small>
        <button type="button" class="link" aria-pressed=${state.asSent} title="As it was sent (r)" @click=${() => turn(state)}>${state.asSent ? 'pretty' : 'raw'}</button> ${copyButton(() => state.document, 'the document')} ${arrow(state.document)}`}</h2>
        ${state.document === null ? gone(state) : state.asSent ? raw(state.document) : pretty(state.document)}</section>
      <section><h2>On every node</h2>${state.nodes ? nodesTable(state.nodes, state.nodesAt) : ''}
        <h2>What the origins say</h2>${state.entries ? originsTable(state.entries, state.at) : ''}</section>
    </div>
    <section><h2>History</h2>${state.events ? history(state, state.events) : html`<p class="muted skeleton">Asking …</p>`}</section>`;
}

/** A button that the user may not press says which permission is missing. */
function buttons(state) {
  const operate = lacks('operate', state.service);
  const write = lacks('write', state.service);
  const needs = (permission, title) => (permission ? `Needs the permission ${permission}` : title);
  return html`${state.drained
    ? html`<button type="button" ?disabled=${operate} title=${needs(operate, '')} @click=${() => undrain(state.service, state.id)}>End the drain</button>`
    : html`<button type="button" ?disabled=${operate || state.document === null} title=${needs(operate, 'Hide it from clients')} @click=${() => drain(state.service, state.id)}>Drain …</button>`}
    <button type="button" class="danger" ?disabled=${write || state.document === null} title=${needs(write, 'Deregister (d)')} @click=${() => remove(state)}>Deregister …</button>`;
}

/** Whether it is shown, how long it has left, and when it was renewed. */
function standing(state) {
  if (!state.loaded) {
    return '';
  }
  if (state.document === null) {
    return html`<span class="badge bad">not registered</span>`;
  }
  const entry = winner(state);
  const shown = state.drained ? html`<span class="badge warn">drained: ${state.drained}</span>` : html`<span class="badge ok">shown</span>`;
  return entry
    ? html`${shown} left ${bar(entry.age, entry.ttl, isCutOff())} of ${left(entry.ttl)} · renewed ${isCutOff() ? '–' : ago(entry.age)} · accepted by ${state.origin}`
    : html`${shown} left <b class="num">${isCutOff() ? '–' : left(state.expiresAt - performance.now())}</b> · accepted by ${state.origin}`;
}

/** Why it is gone, as far as the history of this node goes. */
function gone(state) {
  const last = state.events?.events[0];
  return last
    ? html`<p><strong>Gone ${ago(state.events.now - last.at)}.</strong> ${visible(last.why)}</p>`
    : html`<p class="muted">${state.events ? 'This node has no event of it: it was never registered here, or longer ago than the history reaches.' : 'Asking …'}</p>`;
}

function history(state, events) {
  const times = comeAndGo(events.events, events.now).get(state.id);
  return html`${times ? html`<p>${restless(times)} It has ended ${times} times in 10 minutes.</p>` : ''}
    ${events.events.length === 0 ? html`<p class="muted">No event of it is kept.</p>` : eventTable(events.events, { service: false, id: false })}
    <p class="muted">The history of ${events.node} is complete from its event ${events.first} on.</p>`;
}
