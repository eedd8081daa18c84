// The page: header, the sentence on the nodes, the page of the route, messages, and the state of the connection. Draws all of it once a
// frame at most; lit-html touches only what differs.

import { html, render } from './lib/lit-html.js';
import { repeat } from './lib/directives/repeat.js';
import { changed, drawBy, paused } from './core/store.js';
import { route } from './core/router.js';
import { connection } from './net/lines.js';
import { refused } from './net/api.js';
import { lookClosely, watchCluster } from './net/node.js';
import { banner, failure, speech } from './parts/notice.js';
import { header, verdictLine } from './pages/header.js';
import { bindPage } from './pages/keys.js';

const CLOCK_MILLIS = 1_000;
const RELOADED = 'hera-reloaded';

/** One module per page, loaded when it is shown first. A page has open(route), which returns title, view(route), keys, close(), closely. */
const PAGES = {
  overview: () => import('./pages/overview.js'),
  service: () => import('./pages/service.js'),
  instance: () => import('./pages/instance.js'),
  cluster: () => import('./pages/cluster.js'),
  events: () => import('./pages/events.js'),
  about: () => import('./pages/about.js'),
};

const root = document.getElementById('page');
let shown = { key: '', page: null, problem: null };
/** While the page is paused, it is drawn as it was. */
let body = '';

function keyOf({ page, names }) {
  return JSON.stringify([page, names]);
}

async function turn() {
  const now = route();
  const key = keyOf(now);
  if (key === shown.key) {
    return;
  }
  shown.page?.close?.();
  shown = { key, page: null, problem: null };
  paused.value = false;
  bindPage({});
  try {
    const page = (await PAGES[now.page]()).open(now);
    if (key !== keyOf(route())) {
      page.close?.();
      return;
    }
    shown = { key, page, problem: null };
    bindPage(page.keys ?? {});
    lookClosely(Boolean(page.closely));
    document.title = `${page.title} – Hera`;
    sessionStorage.removeItem(RELOADED);
    scrollTo(0, 0);
  } catch (problem) {
    outdated(problem);
  }
  changed();
}

/** After an upgrade of the node, the files of this version are not there any more: once, the page then loads itself again. */
function outdated(problem) {
  if (sessionStorage.getItem(RELOADED) === null) {
    sessionStorage.setItem(RELOADED, '1');
    location.reload();
  } else {
    shown.problem = { title: 'This page cannot be loaded', detail: problem.message };
  }
}

function draw() {
  turn();
  if (refused.value) {
    import('./parts/dialog.js').then(({ askOnce }) => askOnce());
  }
  document.documentElement.dataset.connection = connection.value.state;
  if (!paused.value) {
    body = bodyOf(shown);
  }
  render(html`${header()}${banner()}${body}${speech()}`, root);
}

/** Another page shares no element with this one. */
function bodyOf({ key, page, problem }) {
  const content = problem ? failure(problem) : page ? page.view(route()) : '';
  return html`<main id="main" tabindex="-1">${verdictLine(page?.closely)}${repeat([key], (one) => one, () => content)}</main>`;
}

setInterval(() => document.hidden || changed(), CLOCK_MILLIS);

if (CSS.supports('color', 'light-dark(red, blue)') && 'any' in AbortSignal) {
  root.replaceChildren();
  drawBy(draw);
  watchCluster();
  changed();
}
