// The nodes: whether they agree, who has heard whom, how soon a write here is heard there, the clocks, and the entries of each origin.

import { html } from '../lib/lit-html.js';
import { statuses } from '../core/verdict.js';
import { clock, count, grouped, moment, span, visible } from '../core/words.js';
import { node as here } from '../net/api.js';
import { followGossip, lately } from '../net/gossip.js';
import { followAll } from '../net/history.js';
import { before, cluster, lacks } from '../net/node.js';
import { curlButton } from '../parts/copy.js';
import { matrix, ring } from '../parts/matrix.js';
import { originDot } from './cells.js';

export function open() {
  return { title: 'Cluster', closely: true, view, close: lacks('operate', '') ? followAll() : followGossip() };
}

function view() {
  const answer = cluster.value;
  if (!answer) {
    return html`<h1 class="offscreen">Cluster</h1>`;
  }
  const asked = statuses(answer);
  return html`<h1 class="offscreen">Cluster</h1>
    <section><h2>Who has heard whom <span class="tools">${curlButton('_cluster')}</span></h2><div class="beside">${matrix(answer, asked)}${ring(answer, asked, before)}</div></section>
    <section><h2>Nodes</h2>${nodes(answer, asked)}</section>
    <section><h2>Writes of ${visible(here.value)}, until others have heard them</h2>${spread()}</section>
    <section><h2>Clocks, against ${visible(here.value)}</h2>${clocks(asked)}</section>
    <section><h2>What ${visible(here.value)} holds of each origin</h2>${origins(asked)}</section>`;
}

function nodes(answer, asked) {
  return html`<table class="list"><thead><tr><th>node</th><th class="wide">address</th><th class="figures">instances</th><th class="wide figures">services</th><th class="wide">up</th><th class="wide">version</th><th>state</th></tr></thead>
    <tbody>${Object.entries(answer.nodes).map(([name, node]) => nodeRow(name, node, asked.get(name)))}</tbody></table>`;
}

function nodeRow(name, node, status) {
  const address = node.address ?? '–';
  if (!status) {
    const why = node.speaks === 'v1' && !node.error ? '2012 node, cannot be asked' : `cannot be asked: ${node.error ?? 'no answer'}`;
    const since = node.since_ms === undefined ? '' : `; it last answered gossip ${span(node.since_ms)} ago`;
    return html`<tr><td>${originDot(name)}</td><td class="wide num">${address}</td><td colspan="5" class="warn">${why}${since}</td></tr>`;
  }
  return html`<tr><td>${originDot(name)}${name === here.value ? html` <span class="muted">here</span>` : ''}</td><td class="wide num">${address}</td>
    <td class="figures num">${grouped(status.instances)}</td><td class="wide figures num">${grouped(status.services)}</td>
    <td class="wide num">${span(1000 * status.uptime_seconds)}</td><td class="wide num">${status.version}</td>
    <td>${status.ready ? html`<span class="badge ok">ready</span>` : html`<span class="badge warn">not ready</span>`}${status.draining ? html` <span class="badge warn">sends clients away</span>` : ''}</td></tr>`;
}

/** How long own writes take to be heard, from the stream of exchanges. */
function spread() {
  const peers = [...lately('told')];
  return peers.length === 0
    ? html`<p class="muted">No peer has asked within the last minute.</p>`
    : html`<table class="list"><thead><tr><th>peer</th><th class="figures">questions</th><th class="figures">entries told</th><th class="figures">heard after, median</th><th class="figures">longest</th></tr></thead>
      <tbody>${peers.map(([peer, told]) => spreadRow(peer, told))}</tbody></table>`;
}

function spreadRow(peer, told) {
  const total = (of) => told.reduce((sum, one) => sum + of(one), 0);
  const times = told.flatMap((one) => (one.heard_after_ms ? [one.heard_after_ms] : []));
  const medians = times.map((one) => one.p50).sort((a, b) => a - b);
  return html`<tr><td>${originDot(peer)}</td><td class="figures num">${total((one) => one.questions ?? 0)}</td>
    <td class="figures num">${total((one) => Object.values(one.entries ?? {}).reduce((a, b) => a + b, 0))}</td>
    <td class="figures num">${medians.length > 0 ? span(medians[medians.length >> 1]) : '–'}</td>
    <td class="figures num">${times.length > 0 ? span(Math.max(...times.map((one) => one.max))) : '–'}</td></tr>`;
}

/** How far the clock of each peer is ahead, on a scale that ends where entries are refused. */
function clocks(asked) {
  const status = asked.get(here.value);
  const peers = Object.entries(status?.peers ?? {}).filter(([, peer]) => peer.clock_skew_ms !== undefined);
  if (peers.length === 0) {
    return html`<p class="muted">No other clock is known.</p>`;
  }
  const limit = status.max_skew_ms;
  return html`<table class="clocks">${peers.map(([name, { clock_skew_ms: skew }]) => html`<tr><th scope="row">${originDot(name)}</th>
    <td class="scale" aria-hidden="true"><i .style=${`left: ${50 + 50 * Math.max(-1, Math.min(1, skew / limit))}%`}></i></td>
    <td class="num ${Math.abs(skew) > limit / 2 ? 'warn' : ''}">${skew < 0 ? '−' : '+'}${Math.abs(skew)} ms</td></tr>`)}
    <tr class="muted"><td></td><td class="ends num"><span>−${span(limit)}</span><span>+${span(limit)}: refused</span></td><td></td></tr></table>`;
}

function origins(asked) {
  const status = asked.get(here.value);
  if (!status) {
    return html`<p class="muted">This node has not said it yet.</p>`;
  }
  return html`<table class="list"><thead><tr><th>origin</th><th class="figures">entries</th><th class="figures">horizon</th><th class="wide">same on</th><th class="figures">diverged</th></tr></thead>
    <tbody>${Object.entries(status.origins).map(([name, held]) => originRow(name, held, asked))}</tbody></table>`;
}

function originRow(name, held, asked) {
  const others = [...asked.values()].filter((status) => status.origins[name]);
  const same = others.filter((status) => status.origins[name].horizon === held.horizon && status.origins[name].checksum === held.checksum);
  return html`<tr><td>${originDot(name)}</td><td class="figures num">${grouped(held.entries)}</td>
    <td class="figures num" title=${moment(held.horizon)}>${held.horizon > 0 ? clock(held.horizon) : '–'}</td>
    <td class="wide">${same.length === asked.size ? html`<span class="ok">✓ ${count(same.length, 'node')}</span>` : html`${same.length} of ${count(asked.size, 'node')}`} <code class="muted">${held.checksum.slice(0, 4)}…</code></td>
    <td class="figures num ${held.diverged > 0 ? 'warn' : ''}">${held.diverged}</td></tr>`;
}
