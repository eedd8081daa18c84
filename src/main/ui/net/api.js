// Requests to the API of the node that serves this page. All addresses are relative to the page, so it works behind any proxy that
// passes on the whole of Hera, under any path.

import { signal } from '../core/store.js';
import { forget, learn } from '../core/words.js';

const TIMEOUT_MILLIS = 15_000;
const TOKEN_KEY = 'hera-token';

/** The node that answered last, and whether several answer at this address: figures of one node may then be those of another. */
export const node = signal('');
export const several = signal(false);

/** The problem for which the page asks for a token; null if none is needed. */
export const refused = signal(null);

let token = sessionStorage.getItem(TOKEN_KEY) ?? '';
let kept = token !== '';

/** Tabs give each other the token, so that a link to a view works in a new tab, and nothing has to be kept on a disk. */
const tabs = new BroadcastChannel('hera-token');
const PATIENCE_MILLIS = 200;

tabs.addEventListener('message', ({ data }) => data.ask && kept && tabs.postMessage({ token }));

/** Returns the token of another tab; empty if none has one. */
export function askTabs() {
  return new Promise((resolve) => {
    tabs.addEventListener('message', ({ data }) => data.token && resolve(data.token));
    tabs.postMessage({ ask: true });
    setTimeout(resolve, PATIENCE_MILLIS, '');
  });
}

/** Why a request failed, in the words of the node where there are some. */
export class Problem extends Error {
  constructor(body, request) {
    super(body.detail ?? body.title);
    this.type = (body.type ?? '').replace('urn:hera:problem:', '');
    this.title = body.title;
    this.detail = body.detail ?? '';
    this.hint = body.hint ?? '';
    this.needs = body.needs ?? '';
    this.status = body.status ?? 0;
    this.request = request;
  }
}

export function address(path) {
  return new URL(`../${path}`, document.baseURI).href;
}

/** Returns the headers that prove who asks. Nothing is sent unasked, so a foreign page cannot use them. */
export function proof() {
  return token ? { Authorization: `Bearer ${token}` } : {};
}

export function hasToken() {
  return token !== '';
}

/** Uses a token from now on; keeps it for this tab, if its user likes. An empty one signs out. */
export function useToken(next, keep) {
  token = next;
  kept = keep && next !== '';
  sessionStorage.removeItem(TOKEN_KEY);
  if (kept) {
    sessionStorage.setItem(TOKEN_KEY, next);
  }
  refused.value = null;
}

/** Sends a request; returns the response, whatever its status. Rejects with a Problem if the node cannot be reached. */
export async function send(path, { method = 'GET', headers = {}, body, signal: abort, timeout = TIMEOUT_MILLIS } = {}) {
  const sent = performance.now();
  const limits = [abort, timeout ? AbortSignal.timeout(timeout) : undefined].filter(Boolean);
  let response;
  try {
    response = await fetch(address(path), {
      method,
      body,
      headers: { ...proof(), ...headers },
      cache: 'no-store',
      credentials: 'same-origin',
      signal: limits.length > 0 ? AbortSignal.any(limits) : undefined,
    });
  } catch (failure) {
    if (abort?.aborted) {
      throw failure;
    }
    const detail = failure.name === 'TimeoutError' ? `no answer within ${timeout / 1000} s` : 'no connection to the node';
    throw new Problem({ title: 'The node does not answer', detail }, `${method} /${path}`);
  }
  meet(response, sent);
  return response;
}

/** Notes which node answers, and what time it has. */
function meet(response, sent) {
  const name = response.headers.get('Hera-Node');
  if (name === null) {
    throw new Problem(
      { title: 'This address is not a node of Hera', detail: 'A proxy in between has to pass on the whole of Hera, not only /_ui/.' },
      response.url);
  }
  if (node.value && name !== node.value) {
    several.value = true;
    forget();
  }
  node.value = name;
  // To the second only: a member "now" in a body tells more.
  const date = Date.parse(response.headers.get('Date'));
  learn(date + 500, sent - 500, performance.now() + 500);
}

export async function problemOf(response, request) {
  let body = {};
  try {
    body = await response.json();
  } catch {
    // Not of the node, but of something in between.
  }
  const problem = new Problem({ title: `Status ${response.status}`, ...body, status: response.status }, request);
  if (problem.status === 401) {
    refused.value = problem;
  }
  return problem;
}

export async function ask(path, options = {}) {
  const response = await send(path, options);
  if (!response.ok && response.status !== 304) {
    throw await problemOf(response, `${options.method ?? 'GET'} /${path}`);
  }
  return response;
}

/** Returns the JSON of a read; a member "now" in it tells the node's time. */
export async function read(path, options = {}) {
  const sent = performance.now();
  const response = await ask(path, options);
  const received = performance.now();
  const body = await response.json();
  if (typeof body.now === 'number') {
    learn(body.now, sent, received);
  }
  return body;
}
