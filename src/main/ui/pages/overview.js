// All services: whether the nodes agree, which instances were lost, which services are there, and what happened to each in the last ten minutes.

import { html } from '../lib/lit-html.js';
import { ago, count, grouped, serviceLink, visible } from '../core/words.js';
import { isLoss, strip } from '../core/book.js';
import { choose, go, refine } from '../core/router.js';
import { address } from '../net/api.js';
import { book, followAll, known, now } from '../net/history.js';
import { connection, isCutOff } from '../net/lines.js';
import { before, cluster } from '../net/node.js';
import { copyButton, curlButton } from '../parts/copy.js';
import { focusList, inView, list } from '../parts/list.js';
import { empty } from '../parts/notice.js';

const ROW = 36;
const ID = 'services';
const RECENT_MILLIS = 10 * 60_000;
const LOST_SHOWN = 5;
const CHIPS = [
  ['', 'all', () => true],
  ['changed', 'changed', (service, at) => service.last !== null && at - service.last.at < RECENT_MILLIS],
  ['lost', 'lost instances', (service) => service.last !== null && isLoss(service.last.type)],
  ['single', 'only one instance', (service) => service.instances === 1],
];
const SORTS = {
  name: (a, b) => (a.name < b.name ? -1 : 1),
  instances: (a, b) => b.instances - a.instances || SORTS.name(a, b),
  changed: (a, b) => (b.last?.at ?? 0) - (a.last?.at ?? 0) || SORTS.name(a, b),
};

export function open() {
  const end = followAll();
  return { title: 'Services', view, close: end, keys: { ArrowDown: () => focusList(ID), j: () => focusList(ID) } };
}

function view({ query }) {
  const at = now();
  return html`<h1 class="offscreen">Services</h1>
    ${known.value ? html`${tenMinutes(at)}${lost(at)}${services(query, at)}` : loading()}`;
}

function loading() {
  return connection.value.state === 'lost' ? '' : html`<p class="muted skeleton">Asking for the services …</p>`;
}

/** What happened, all in all. A node that has begun its history later knows less. */
function tenMinutes(at) {
  const sums = book.totals(at);
  const figure = (type, word) => (sums.get(type) > 0 ? html`<span class="figure"><b class="num">${grouped(sums.get(type))}</b> ${word}</span>` : '');
  const nothing = sums.size === 0 ? html`<span class="muted">nothing happened</span>` : '';
  return html`<p class="line"><span class="muted">last 10 min</span> <span class="strip" aria-hidden="true">${book.strip(at)}</span>
    ${figure('registered', 'registered')}${figure('updated', 'updated')}${figure('moved', 'moved')}${figure('expired', 'expired')}${figure('deregistered', 'deregistered')}${figure('drained', 'drained')}${figure('dropped', 'dropped')}${nothing}${heartbeats()}</p>`;
}

/** The renewals per second of all nodes that have answered twice. */
function heartbeats() {
  const nodes = Object.entries(cluster.value?.nodes ?? {}).map(([name, { status }]) => [status, before?.nodes[name]?.status]);
  const twice = nodes.filter(([now, old]) => now?.accepted && old?.accepted && now.life === old.life);
  const renewals = twice.reduce((sum, [now, old]) => sum + now.accepted.renewals - old.accepted.renewals, 0);
  return twice.length === 0 ? '' : html`<span class="figure muted">heartbeats <b class="num">${grouped(Math.round((1000 * renewals) / (cluster.value.now - before.now)))}</b>/s</span>`;
}

function lost(at) {
  const losses = book.lately(at);
  return losses.length === 0 ? '' : html`<p class="line lost"><strong>Lost just now</strong>
    ${losses.slice(0, LOST_SHOWN).map((loss) => html`<span class="figure"><a href=${serviceLink(loss.service)}><bdi>${visible(loss.service)}</bdi></a> <b class="num">−${loss.n}</b> ${loss.type} ${ago(at - loss.at)}</span>`)}
    ${losses.length > LOST_SHOWN ? html`<a href="#/events">${losses.length - LOST_SHOWN} more services</a>` : ''}</p>`;
}

function services(query, at) {
  const all = book.all(at);
  if (all.length === 0) {
    return nothing();
  }
  const filter = (query.get('q') ?? '').toLowerCase();
  const chip = CHIPS.find(([name]) => name === (query.get('only') ?? '')) ?? CHIPS[0];
  const sort = SORTS[query.get('sort')] ? query.get('sort') : 'name';
  const shown = all.filter((service) => service.name.toLowerCase().includes(filter) && chip[2](service, at)).sort(SORTS[sort]);
  return html`${controls(query, all, shown, chip[0], sort)}
    ${shown.length === 0 ? noMatch(query) : table(shown, at)}`;
}

function controls(query, all, shown, chip, sort) {
  const label = shown.length === all.length ? count(all.length, 'service') : `${grouped(shown.length)} of ${count(all.length, 'service')}`;
  return html`<div class="controls">
    <input type="search" aria-label="Filter services" placeholder="/ filter ${count(all.length, 'service')}" .value=${query.get('q') ?? ''} @input=${(event) => refine('q', event.target.value)}>
    <span class="chips" role="group" aria-label="Which services">${CHIPS.map(([name, word]) => html`<button type="button" aria-pressed=${chip === name} @click=${() => choose('only', name)}>${word}</button>`)}</span>
    <label class="sort">sort <select @change=${(event) => choose('sort', event.target.value)}>${Object.keys(SORTS).map((name) => html`<option ?selected=${name === sort}>${name}</option>`)}</select></label>
    <span class="muted num">${label}</span> ${curlButton('')}
  </div>`;
}

function table(shown, at) {
  const { from, count: rows } = inView(ID, shown.length, ROW);
  return list({
    id: ID,
    label: 'Services',
    total: shown.length,
    from,
    rows: shown.slice(from, from + rows),
    height: ROW,
    columns: 4,
    key: (service) => service.name,
    head: html`<tr><th>service</th><th class="figures">instances</th><th class="wide">last change</th><th class="narrow">changed</th><th class="wide">10 min</th></tr>`,
    row: (service, index) => row(service, index, at),
  });
}

function row(service, index, at) {
  const { name, instances, last } = service;
  const fresh = last && at - last.at < 1_500 && !isCutOff();
  const open = () => go(serviceLink(name));
  return html`<tr tabindex=${index === 0 ? 0 : -1} aria-rowindex=${index + 2} class=${instances === 0 ? 'gone' : ''} @click=${open} @keydown=${(event) => event.key === 'Enter' && open()}>
    <td class="name"><a href=${serviceLink(name)} tabindex="-1"><bdi title=${visible(name)}>${visible(name)}</bdi></a></td>
    <td class="figures num ${fresh ? 'fresh' : ''}">${grouped(instances)}</td>
    <td class="wide">${last ? html`<span class=${isLoss(last.type) ? 'loss' : ''}>${last.n > 0 ? `${last.n} ` : ''}${last.type}</span> ${ago(at - last.at)}${last.origin ? html` · <span class="muted">${visible(last.origin)}</span>` : ''}` : html`<span class="muted">–</span>`}</td>
    <td class="narrow">${last ? html`<span class=${isLoss(last.type) ? 'loss' : ''}>${isLoss(last.type) ? last.type : ''}</span> ${ago(at - last.at)}` : ''}</td>
    <td class="wide strip" aria-hidden="true">${service.strip.size > 0 ? strip(service.strip, at) : ''}</td>
  </tr>`;
}

function nothing() {
  const command = `curl -X PUT -d '{"host":"10.1.1.1","port":12345}' '${address('storage/1f11bbbb')}'`;
  return empty(
    'No instance is registered',
    'This is how one is registered; it is here a moment later:',
    html`<code class="command">${command}</code> ${copyButton(() => command, 'the command')}`);
}

function noMatch(query) {
  return empty(
    'No service matches',
    html`${query.get('q') ? html`The filter is <b>${query.get('q')}</b>. ` : ''}<button type="button" class="link" @click=${() => {
      refine('q', '');
      refine('only', '');
    }}>Show all</button>`);
}
