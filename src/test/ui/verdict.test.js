import { equal, test } from './harness.js';
import { behind, statuses, verdictOf } from '/ui/core/verdict.js';

const T = 1_764_126_000_000;
const origin = (horizon, checksum = 'c', entries = 3) => ({ entries, horizon, checksum, diverged: 0 });
const status = (node, origins, more = {}) => ({ node, ready: true, instances: 3, services: 1, origins, peers: {}, settings: {}, ...more });
const answer = (...all) => ({ asked: 'a', now: T, nodes: Object.fromEntries(all.map((one) => [one.node, one.status ? one : { status: one }])) });

test('nodes that hold the same agree', () => {
  const now = answer(status('a', { a: origin(T) }), status('b', { a: origin(T) }));
  const { kind, level, text } = verdictOf(now, null);
  equal([kind, level, text], ['same', 'ok', 'All 2 nodes show the same: 3 instances of 1 service.']);
});

test('a write on its way is not an alarm', () => {
  const now = answer(status('a', { a: origin(T, 'd') }), status('b', { a: origin(T - 20) }));
  equal([verdictOf(now, now).kind, verdictOf(now, now).level], ['in step', 'ok']);
});

test('a node that is behind in two answers is named, with what it lacks', () => {
  const now = answer(status('a', { a: origin(T, 'd', 15) }), status('b', { a: origin(T - 4_200) }));
  equal(verdictOf(now, null).kind, 'in step');
  const { kind, level, text } = verdictOf(now, now);
  equal([kind, level, text], ['behind', 'warn', 'b lacks 12 entries of a: 4 s behind.']);
});

test('equal horizons with different checksums are a divergence, if nothing changes from one answer to the next', () => {
  const now = answer(status('a', { a: origin(T, 'd') }), status('b', { a: origin(T, 'e') }));
  equal([verdictOf(now, now).kind, verdictOf(now, now).level], ['diverged', 'bad']);
  const earlier = answer(status('a', { a: origin(T, 'd') }), status('b', { a: origin(T, 'd') }));
  equal([verdictOf(now, null).kind, verdictOf(now, earlier).kind], ['in step', 'in step']);
});

test('a divergence that a node has found itself is said at once', () => {
  const found = (diverged) => answer(status('a', { a: origin(T) }), status('b', { a: { ...origin(T), diverged } }));
  equal(verdictOf(found(1), found(0)).text, 'b has found that it holds other entries of a than a peer.');
  equal(verdictOf(found(1), found(1)).kind, 'same');
});

test('nodes that hold the same and show different numbers are a divergence', () => {
  const now = answer(status('a', { a: origin(T) }), status('b', { a: origin(T) }, { instances: 2 }));
  equal([verdictOf(now, null).kind, verdictOf(now, now).kind], ['same', 'diverged']);
});

test('a node that cannot be asked is never fine', () => {
  const now = answer(status('a', { a: origin(T) }), status('b', { a: origin(T) }));
  now.nodes.c = { address: 'h:1', error: 'connection refused' };
  now.nodes.old = { address: 'h:2', speaks: 'v1' };
  const { text, level, unasked, findings } = verdictOf(now, null);
  equal([text, level, unasked], ['The 2 nodes that answer show the same: 3 instances of 1 service.', 'warn', ['c', 'old']]);
  equal(findings.map((one) => one.level), ['warn', 'ok']);
});

test('that peers cannot pull from a node that cannot be asked is said once', () => {
  const failing = { peers: { c: { address: 'h:1', last_error: 'connection refused' } } };
  const now = answer(status('a', { a: origin(T) }, failing), status('b', { a: origin(T) }, failing));
  now.nodes.c = { address: 'h:1', error: 'connection refused' };
  equal(verdictOf(now, null).findings.map((one) => one.text), ['c cannot be asked: connection refused. 2 nodes cannot pull from it.']);
});

test('a node alone says so', () => {
  const { kind, text } = verdictOf(answer(status('a', {})), null);
  equal([kind, text], ['alone', 'One node: 3 instances of 1 service.']);
});

test('faults of nodes are findings, as the doctor has them', () => {
  const peer = { address: 'h:1', last_error: 'timed out', clock_skew_ms: 40_000 };
  const now = answer(status('a', {}, { ready: false, peers: { b: peer }, settings: { liveness: '300s' }, frozen: { b: { reason: 'future_version' } } }), status('b', {}, { settings: { liveness: '60s' } }));
  equal(verdictOf(now, null).findings.map((one) => one.text), [
    'a is not ready: it gets the registrations from its peers, or it stops.',
    'a refuses entries of b: future version.',
    'a cannot pull from b at h:1: timed out.',
    'The clock of b is 40 s ahead of that of a.',
    'The setting liveness differs between nodes.',
  ]);
});

test('how far a node is behind is measured against the newest horizon', () => {
  const asked = statuses(answer(status('a', { a: origin(T) }), status('b', { a: origin(T - 30) })));
  equal([behind(asked, 'a', 'a'), behind(asked, 'b', 'a'), Number.isNaN(behind(asked, 'b', 'c'))], [0, 30, true]);
});
