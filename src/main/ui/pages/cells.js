// What the pages of a service and of an instance show of an instance: its row, how long it has left, what each node shows of it, and what each
// origin says.

import { html } from '../lib/lit-html.js';
import { members, plain } from '../core/json.js';
import { go } from '../core/router.js';
import { ago, clock, hueOf, instanceLink, left, moment, shortNames, span, visible } from '../core/words.js';
import { node as here } from '../net/api.js';
import { now } from '../net/history.js';
import { isCutOff } from '../net/lines.js';
import { cluster, readOnly } from '../net/node.js';
import { arrow } from '../parts/document.js';

const FRESH_MILLIS = 1_500;
const REASONS = {
  expired: 'expired, it was not renewed in time',
  deregistered: 'deregistered',
  drained: 'drained by an operator',
  '': 'for a reason that this page has missed',
};

/** Returns the columns of the table: those in the address, or the most frequent members. */
export function columnsOf(shown, chosen, most) {
  const wanted = chosen === null ? shown.columns : chosen.split(',').filter((name) => shown.columns.includes(name));
  return wanted.slice(0, most);
}

/** Returns the row of an instance, or of one that has just gone. */
export function row(state, one, index, columns, toggle) {
  return one.gone ? ghost(state, one, index, columns) : living(state, one, index, columns, toggle);
}

function living(state, { id, raw, fresh }, index, columns, toggle) {
  const found = members(raw);
  const to = instanceLink(state.service, id);
  const open = () => go(to);
  const isFresh = now() - fresh < FRESH_MILLIS && !isCutOff();
  const entry = state.instances.entry(id);
  return html`<tr tabindex=${index === 0 ? 0 : -1} data-id=${id} aria-rowindex=${index + 2} class=${isFresh ? 'fresh' : ''} @click=${open} @keydown=${(event) => event.key === 'Enter' && event.target.tagName === 'TR' && open()}>
    ${readOnly ? '' : html`<td class="select" @click=${(event) => event.stopPropagation()}><input type="checkbox" tabindex="-1" aria-label="Select ${visible(id)}" .checked=${state.selected.has(id)} @change=${toggle}></td>`}
    <td class="id"><a href=${to} tabindex="-1"><bdi title=${visible(id)}>${visible(id)}</bdi></a>${restless(state.restless.get(id))}<span class="narrow muted">${columns.slice(0, 2).map((name) => visible(plain(found.get(name)) ?? '')).join(':')}</span></td>
    ${columns.map((name, i) => html`<td class="wide value"><bdi title=${text(found.get(name))}>${text(found.get(name))}</bdi>${i === 0 ? arrow(raw) : ''}</td>`)}
    <td class="wide">${entry ? originDot(entry.origin) : ''}</td><td class="wide num">${entry && !isCutOff() ? ago(entry.age) : '–'}</td><td>${entry ? bar(entry.age, entry.ttl, isCutOff()) : html`<span class="muted">–</span>`}</td>
  </tr>`;
}

/** An instance that comes and goes has a word for that. */
export function restless(times) {
  return times ? html` <span class="badge warn" title="It has ended ${times} times in 10 minutes">flaps ${times}×</span>` : '';
}

function text(raw) {
  return visible(plain(raw) ?? '');
}

/** A row that stays for a minute, so that the eye finds a row that has gone. */
function ghost(state, { id, gone }, index, columns) {
  const to = instanceLink(state.service, id);
  return html`<tr tabindex="-1" data-id=${id} aria-rowindex=${index + 2} class="ghost">
    ${readOnly ? '' : html`<td></td>`}
    <td class="id"><a href=${to} tabindex="-1"><bdi title=${visible(id)}>${visible(id)}</bdi></a></td>
    <td colspan=${columns.length + 3}>gone ${ago(now() - gone.at)}: ${REASONS[gone.reason] ?? gone.reason} <a href=${to} tabindex="-1">Why?</a></td>
  </tr>`;
}

/** Returns the name of a node, short, with a dot of its colour. */
export function originDot(name) {
  const all = Object.keys(cluster.value?.nodes ?? { [name]: 1 });
  return html`<span class="origin" title=${name}><span aria-hidden="true" .style=${`color: var(--hue${hueOf(name, all)})`}>●</span>${visible(shortNames(all).get(name) ?? name)}</span>`;
}

/** Returns the state of an entry of this age: fresh, quiet (over half of its ttl), ending (over 90 %), over. */
function stateOf(age, ttl) {
  const share = age / ttl;
  return share >= 1 ? 'over' : share > 0.9 ? 'ending' : share > 0.5 ? 'quiet' : 'fresh';
}

const WORDS = { fresh: '', quiet: 'quiet', ending: 'about to expire', over: 'expired' };

/** Returns the bar of an entry; without figures while the page is cut off. */
export function bar(age, ttl, stopped) {
  if (!Number.isFinite(age) || !(ttl > 0)) {
    return html`<span class="muted">–</span>`;
  }
  const state = stateOf(age, ttl);
  const share = Math.max(0, Math.min(1, 1 - age / ttl));
  return html`<span class="left ${state} ${stopped ? 'stopped' : ''}"><span class="bar" aria-hidden="true"><i .style=${`width: ${(100 * share).toFixed(1)}%`}></i></span>
    <span class="num">${stopped ? '–' : left(ttl - age)}</span> <em>${stopped ? '' : WORDS[state]}</em></span>`;
}

/** Returns an entry with its present age, and the ttl that the bar needs. */
export function present(entry, at) {
  return { ...entry, age: entry.age_ms + performance.now() - at, ttl: entry.ttl_ms };
}

/** What each node shows; one that cannot be asked is there too. */
export function nodesTable(answer, at) {
  const winners = Object.values(answer.nodes).flatMap((node) => (node.entries ?? []).filter((entry) => entry.shown));
  const newest = Math.max(...winners.map((entry) => entry.version), 0);
  return html`<table class="list"><thead><tr><th>node</th><th>shows</th><th>version</th><th>left</th></tr></thead>
    <tbody>${Object.entries(answer.nodes).map(([name, node]) => nodeRow(name, node, newest, at))}</tbody></table>`;
}

function nodeRow(name, node, newest, at) {
  const title = html`<td>${originDot(name)}${name === here.value ? html` <span class="muted">here</span>` : ''}</td>`;
  if (!node.entries) {
    const why = node.speaks === 'v1' ? 'a 2012 node, cannot be asked' : /^answered 404/.test(node.error) ? 'of an older version, cannot tell' : `cannot be asked: ${node.error}`;
    return html`<tr>${title}<td colspan="3" class="muted">${why}</td></tr>`;
  }
  const shown = node.entries.find((entry) => entry.shown);
  if (!shown) {
    return html`<tr>${title}<td><span class="badge ${newest > 0 ? 'warn' : ''}">no</span></td><td></td><td></td></tr>`;
  }
  const older = newest - shown.version;
  const entry = present(shown, at);
  return html`<tr>${title}<td>${older > 0 ? html`<span class="badge warn">older</span>` : 'yes'}</td>
    <td class="num" title=${moment(shown.version)}>${older > 0 ? `−${span(older)}` : clock(shown.version)}</td>
    <td class="num">${isCutOff() ? '–' : left(entry.ttl - entry.age)}</td></tr>`;
}

/** What each origin says of the key, the winner first. */
export function originsTable(answer, at) {
  return answer.entries.length === 0
    ? html`<p class="muted">No origin says anything of it any more.</p>`
    : html`<table class="list"><thead><tr><th>origin</th><th>says</th><th>when</th><th>ttl</th></tr></thead>
      <tbody>${answer.entries.map((entry) => originRow(present(entry, at)))}</tbody></table>`;
}

function originRow(entry) {
  const remembered = entry.state === 'registered' ? '' : `, remembered ${left(entry.ttl - entry.age)} more`;
  return html`<tr><td>${originDot(entry.origin)}</td><td>${visible(entry.state)}${entry.shown ? html` <span class="badge ok">shown</span>` : ''}</td>
    <td class="num" title=${moment(entry.version)}>${isCutOff() ? '–' : ago(entry.age)}${remembered}</td>
    <td class="num">${left(entry.ttl)}${entry.ttl_chosen ? ' chosen' : ''}</td></tr>`;
}
