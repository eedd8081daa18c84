// Events in rows: when, what, where, why. A row opens the difference of the documents.

import { html } from '../lib/lit-html.js';
import { changed } from '../core/store.js';
import { clock, instanceLink, moment, serviceLink, visible } from '../core/words.js';
import { isLoss } from '../core/book.js';
import { ask } from '../net/api.js';
import { difference, members } from '../core/json.js';

const opened = new Map();

/** Returns a table of events, newest first; with the columns of service and id, unless they are the same in all rows. */
export function eventTable(events, { service = true, id = true } = {}) {
  return html`<table class="list events" aria-label="Events">
    <thead><tr><th>when</th><th>what</th>${service ? html`<th>service</th>` : ''}${id ? html`<th>instance</th>` : ''}<th>why</th></tr></thead>
    <tbody>${events.map((event) => (event.burst ? burstRow(event, service, id) : eventRow(event, service, id)))}</tbody>
  </table>`;
}

function eventRow(event, service, id) {
  const key = keyOf(event);
  const open = opened.get(key);
  return html`<tr>
    <td class="num" title=${moment(event.at)}>${clock(event.at)}</td>
    <td><span class="badge ${isLoss(event.type) ? 'bad' : event.type === 'registered' ? 'ok' : ''}">${event.type.replace('_', ' ')}</span>${event.folded ? html` <span class="muted" title="It stands for so many earlier ones">+${event.folded}</span>` : ''}</td>
    ${service ? html`<td>${event.service ? html`<a href=${serviceLink(event.service)}><bdi>${visible(event.service)}</bdi></a>` : ''}</td>` : ''}
    ${id ? html`<td>${event.id ? html`<a href=${instanceLink(event.service, event.id)}><bdi>${visible(event.id)}</bdi></a>` : ''}</td>` : ''}
    <td>${visible(event.why)} ${event.documents ? html`<button type="button" class="link" aria-expanded=${open !== undefined} @click=${() => toggle(event)}>${open === undefined ? 'what changed' : 'less'}</button>` : ''}${open === undefined ? '' : details(open)}</td>
  </tr>`;
}

function burstRow({ burst, at }, service, id) {
  const total = Object.entries(burst.types).map(([type, n]) => `${n} ${type}`).join(', ');
  const services = Object.entries(burst.services).slice(0, 20);
  return html`<tr><td class="num" title=${moment(at)}>${clock(at)}</td><td><span class="badge warn">burst</span></td>
    <td colspan=${1 + (service ? 1 : 0) + (id ? 1 : 0)}>${total} <details><summary>${Object.keys(burst.services).length} services</summary>${services.map(([name, n]) => html`<div><a href=${serviceLink(name)}><bdi>${visible(name)}</bdi></a> now ${n}</div>`)}</details></td></tr>`;
}

function keyOf(event) {
  return `${event.life ?? ''}:${event.n}`;
}

async function toggle(event) {
  const key = keyOf(event);
  if (opened.delete(key)) {
    changed();
    return;
  }
  opened.set(key, null);
  changed();
  try {
    const text = await (await ask(`_events/${event.n}`)).text();
    const all = members(text);
    const or = (raw) => (raw === undefined || raw === 'null' ? null : raw);
    opened.set(key, { changes: difference(or(all.get('before')), or(all.get('after'))) });
  } catch (problem) {
    opened.set(key, { problem });
  }
  changed();
}

/** Members that differ, before and after. */
function details(open) {
  if (open === null) {
    return html`<p class="muted">Asking …</p>`;
  }
  if (open.problem) {
    return html`<p class="muted">${open.problem.message}</p>`;
  }
  return open.changes.length === 0
    ? html`<p class="muted">No member differs.</p>`
    : html`<dl class="diff">${open.changes.map(({ name, before, after }) => html`<dt>${visible(name)}</dt>
      <dd>${before === undefined ? '' : html`<del>${visible(before)}</del>`} ${after === undefined ? '' : html`<ins>${visible(after)}</ins>`}</dd>`)}</dl>`;
}
