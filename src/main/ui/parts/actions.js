// What an operator can do to instances: deregister them, put one back, and drain one. Each dialog says first what will come of it; and of
// one that was deregistered, the page says whether it comes back, because its owner lives.

import { html } from '../lib/lit-html.js';
import { changed } from '../core/store.js';
import { count, pathOf, span, visible } from '../core/words.js';
import { ask as request, send } from '../net/api.js';
import { askCluster } from '../net/node.js';
import { curlButton } from './copy.js';
import { ask } from './dialog.js';
import { pretty } from './document.js';
import { say } from './notice.js';

const TYPED_FROM = 10;
const AT_ONCE_MAX = 1_000;
const PER_SECOND = 50;
const PUT_BACK_MILLIS = 15_000;
const LOOK_MILLIS = 2_000;
const WATCHED_MILLIS_MIN = 20_000;
const WATCHED_MILLIS_MAX = 10 * 60_000;

let watched = null;

function outlook(entry) {
  if (!entry) {
    return 'If its owner lives, its next heartbeat brings it back: stop it instead.';
  }
  return entry.age < entry.ttl / 2
    ? `It was renewed ${span(entry.age)} ago, so its owner lives: the next heartbeat brings it back. Stop it instead.`
    : `Nothing was heard of it for ${span(entry.age)}: its owner may be gone.`;
}

export async function deregister(service, id, raw, entry) {
  const path = pathOf(service, id);
  const sure = await ask('Deregister this instance?', (close) => html`
    <p class="name"><bdi>${visible(service)}</bdi> / <bdi>${visible(id)}</bdi>${entry ? html`, accepted by ${entry.origin}` : ''}</p>
    ${raw ? pretty(raw) : ''}
    <p>${outlook(entry)}</p>
    <p class="actions">${curlButton(path, { method: 'DELETE' })}
    <button type="button" autofocus @click=${() => close()}>Cancel</button>
    <button type="button" class="danger" @click=${() => close(true)}>Deregister</button></p>`);
  if (!sure) {
    return;
  }
  try {
    await request(path, { method: 'DELETE' });
    say(`Deregistered ${visible(id)}`);
    watchReturn(service, id, raw, entry);
    askCluster();
  } catch (problem) {
    say(`Not deregistered: ${problem.message}`);
  }
}

/** Asks whether to deregister several, and does it at a pace, until all are gone or the user stops. */
export async function deregisterAll(service, ids) {
  const chosen = ids.slice(0, AT_ONCE_MAX);
  const typed = chosen.length > TYPED_FROM;
  let word = '';
  const sure = await ask(`Deregister ${count(chosen.length, 'instance')} of ${visible(service)}?`, (close, redraw) => html`
    ${ids.length > chosen.length ? html`<p>These are the first ${AT_ONCE_MAX} of ${ids.length}.</p>` : ''}
    <ol class="ids" tabindex="0">${chosen.map((id) => html`<li><bdi>${visible(id)}</bdi></li>`)}</ol>
    <p>Those whose owners live come back with their next heartbeats.</p>
    ${typed ? html`<label>To be sure, type the name of the service <input autocomplete="off" @input=${(event) => {
      word = event.target.value;
      redraw();
    }}></label>` : ''}
    <p class="actions"><button type="button" autofocus @click=${() => close()}>Cancel</button>
    <button type="button" class="danger" ?disabled=${typed && word !== service} @click=${() => close(true)}>Deregister</button></p>`);
  if (sure) {
    await runAll(service, chosen);
  }
}

async function runAll(service, ids) {
  const progress = { done: 0, failures: [], stopped: false };
  const shown = ask(`Deregistering from ${visible(service)}`, (close) => html`
    <p aria-live="polite">${progress.done} of ${ids.length}${progress.stopped ? ', stopped' : ''}</p>
    <progress max=${ids.length} .value=${progress.done}></progress>
    ${progress.failures.length > 0 ? html`<ul class="ids">${progress.failures.map(({ id, problem }) => html`<li><bdi>${visible(id)}</bdi>: ${problem.message}</li>`)}</ul>` : ''}
    <p class="actions">${progress.stopped || progress.done === ids.length
      ? html`<button type="button" @click=${() => close()}>Close</button>`
      : html`<button type="button" @click=${() => (progress.stopped = true)}>Stop</button>`}</p>`);
  shown.then(() => (progress.stopped = true));
  for (const id of ids) {
    if (progress.stopped) {
      break;
    }
    const pause = new Promise((resolve) => setTimeout(resolve, 1000 / PER_SECOND));
    await request(pathOf(service, id), { method: 'DELETE' }).catch((problem) => progress.failures.push({ id, problem }));
    progress.done++;
    changed();
    await pause;
  }
  askCluster();
  await shown;
}

/** Asks for how long, and why, to hide an instance from clients; no heartbeat undoes it. */
export async function drain(service, id) {
  const path = `_drain/${pathOf(service, id)}`;
  const given = await ask('Drain this instance?', (close) => html`
    <p class="name"><bdi>${visible(service)}</bdi> / <bdi>${visible(id)}</bdi></p>
    <p>No client gets it any more, on all nodes, whatever its owner does, until the drain ends.</p>
    <label>For <select name="time"><option value="15m">15 minutes</option><option value="2h" selected>2 hours</option><option value="24h">a day</option><option value="">until it is ended</option></select></label>
    <label>Why <input name="reason" maxlength="200"></label>
    <p class="actions">${curlButton(`${path}?for=2h`, { method: 'PUT' })}
    <button type="button" autofocus @click=${() => close()}>Cancel</button>
    <button class="danger" @click=${(event) => {
      const { time, reason } = event.target.closest('form').elements;
      close({ time: time.value, reason: reason.value });
    }}>Drain</button></p>`);
  if (given) {
    const query = given.time ? `?for=${given.time}` : '';
    const body = JSON.stringify(given.reason ? { reason: given.reason } : {});
    await act(`${path}${query}`, { method: 'PUT', body, headers: { 'Content-Type': 'application/json' } }, 'Drained');
  }
}

export function undrain(service, id) {
  return act(`_drain/${pathOf(service, id)}`, { method: 'DELETE' }, 'Shown again');
}

async function act(path, options, done) {
  try {
    await request(path, options);
    say(done);
  } catch (problem) {
    say(`${problem.title}: ${problem.message}`);
  }
}

/** Watches for about two heartbeats: a quarter of the ttl each, as clients should renew. */
function watchReturn(service, id, raw, entry) {
  clearInterval(watched?.timer);
  const spanMillis = Math.min(WATCHED_MILLIS_MAX, Math.max(WATCHED_MILLIS_MIN, (entry?.ttl ?? 0) / 2));
  watched = { service, id, raw, at: performance.now(), until: performance.now() + spanMillis, outcome: '' };
  watched.timer = setInterval(look, LOOK_MILLIS, watched);
}

async function look(one) {
  const age = performance.now() - one.at;
  const response = await send(pathOf(one.service, one.id), { method: 'HEAD' }).catch(() => null);
  if (response?.ok) {
    end(one, `${visible(one.id)} is back after ${span(age)}: its owner lives.`);
  } else if (performance.now() > one.until) {
    end(one, `${visible(one.id)} has stayed away.`);
  }
  changed();
}

function end(one, outcome) {
  clearInterval(one.timer);
  one.outcome = outcome;
}

async function putBack(one) {
  clearInterval(one.timer);
  watched = null;
  try {
    await request(pathOf(one.service, one.id), { method: 'PUT', body: one.raw, headers: { 'Content-Type': 'application/json', 'If-None-Match': '*' } });
    say(`${visible(one.id)} is registered again, by this node, with a full ttl`);
  } catch (problem) {
    say(`Not put back: ${problem.message}`);
  }
}

/** Returns the line about the instance that was deregistered last. */
export function comeback() {
  if (watched === null) {
    return '';
  }
  const one = watched;
  const mayPut = one.raw && one.outcome === '' && performance.now() - one.at < PUT_BACK_MILLIS;
  return html`<div class="banner" role="status">
    ${one.outcome || `${visible(one.id)} is deregistered. Watching whether it comes back …`}
    ${mayPut ? html`<button type="button" title="Registers the same document, as this node's registration, with a full ttl" @click=${() => putBack(one)}>Put back</button>` : ''}
    <button type="button" class="quiet" aria-label="Dismiss" @click=${() => {
      clearInterval(one.timer);
      watched = null;
      changed();
    }}>✕</button>
  </div>`;
}
