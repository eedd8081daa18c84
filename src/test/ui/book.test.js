import { equal, test } from './harness.js';
import { Book, strip } from '/ui/core/book.js';

const AT = 1_764_126_000_000;
const event = (n, type, more = {}) => ({ n, at: AT + n, type, service: 's', id: String(n), origin: 'a', instances: 1, ...more });

test('services and their numbers are those of the stream', () => {
  const book = new Book();
  book.reset({ a: 1, b: 2 });
  book.reset({ b: 3 });
  equal(book.all(AT).map(({ name, instances }) => [name, instances]), [['b', 3]]);
});

test('an event of the past counts no instances', () => {
  const book = new Book();
  book.reset({ s: 5 });
  book.add(event(1, 'registered', { instances: 1 }), false);
  equal(book.services.get('s').instances, 5);
  book.add(event(2, 'registered', { instances: 6 }));
  equal(book.services.get('s').instances, 6);
});

test('a service that has lost its last instance stays for ten minutes', () => {
  const book = new Book();
  book.add(event(1, 'expired', { instances: 0 }));
  equal(book.all(AT + 60_000).length, 1);
  equal(book.all(AT + 700_000).length, 0);
});

test('losses of one kind are added up, and forgotten after five minutes', () => {
  const book = new Book();
  book.add(event(1, 'expired'));
  book.add(event(2, 'expired'));
  book.add(event(3, 'registered'));
  equal(book.lately(AT + 1000).map(({ service, type, n }) => [service, type, n]), [['s', 'expired', 2]]);
  equal(book.lately(AT + 400_000), []);
});

test('a burst counts the losses of each service', () => {
  const book = new Book();
  book.reset({ s: 100, t: 50 });
  book.burst({ first: 1, last: 120, at: AT, types: { expired: 120 }, services: { s: 10, t: 20 } });
  equal(book.lately(AT).map(({ service, n }) => [service, n]).sort(), [['s', 90], ['t', 30]]);
  equal(book.totals(AT), new Map([['expired', 120]]));
  equal(book.known, 120);
});

test('an event that stands for others counts them', () => {
  const book = new Book();
  book.add(event(1, 'updated', { folded: 4 }));
  equal(book.totals(AT), new Map([['updated', 5]]));
});

test('an event of the node itself belongs to no service', () => {
  const book = new Book();
  book.add({ n: 1, at: AT, type: 'ready', instances: 0 });
  equal(book.all(AT), []);
});

test('a strip has a bar per minute, the newest at its end', () => {
  const minute = Math.floor(AT / 60_000);
  equal(strip(new Map([[minute, 8], [minute - 9, 1]]), AT), '▂▁▁▁▁▁▁▁▁█');
});
