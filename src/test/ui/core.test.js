import { equal, test } from './harness.js';
import { ago, hueOf, left, pathOf, shortNames, span, visible } from '/ui/core/words.js';
import { difference, lines, members, plain, tokens } from '/ui/core/json.js';
import { parse } from '/ui/core/router.js';

test('a span is written as people read it', () => {
  equal([230, 12_999, 271_000, 3 * 3_600_000, 100 * 3_600_000, NaN].map(span), ['230 ms', '12 s', '4:31', '3 h', '4 d', '–']);
});

test('an age below a second is now', () => {
  equal([0, 999, 14_000].map(ago), ['now', 'now', '14 s ago']);
});

test('the time that is left is rounded up, so that 0:00 means the end', () => {
  equal([288_001, 29_000, 1, 0, -5, 83_520_000].map(left), ['4:49', '0:29', '0:01', '0:00', '0:00', '23 h 12 min']);
});

test('hidden characters of a name are visible', () => {
  equal(visible('a\u202Eb\u200Bc'), 'a\\u202Eb\\u200Bc');
  equal(visible('größe 你好 😀'), 'größe 你好 😀');
});

test('a name is one segment of a path, whatever is in it', () => {
  equal(pathOf('a b', 'ü/?#%'), 'a%20b/%C3%BC%2F%3F%23%25');
});

test('short names leave out the parts that all names share', () => {
  equal(shortNames(['sr-lon-1', 'sr-ash-1', 'sr-sjc-1']), new Map([['sr-lon-1', 'lon'], ['sr-ash-1', 'ash'], ['sr-sjc-1', 'sjc']]));
  equal(shortNames(['node-0', 'node-1']), new Map([['node-0', '0'], ['node-1', '1']]));
  equal(shortNames(['a', 'b-c']), new Map([['a', 'a'], ['b-c', 'b-c']]));
  equal(shortNames(['alone']), new Map([['alone', 'alone']]));
});

test('the hue of a node depends on the names alone', () => {
  equal(hueOf('b', ['c', 'a', 'b']), 1);
});

test('tokens keep all digits and escapes', () => {
  equal(tokens('{"a":1234567890123456789012345678901.50,"b":"\\"{"}').map(({ text }) => text),
    ['{', '"a"', ':', '1234567890123456789012345678901.50', ',', '"b"', ':', '"\\"{"', '}']);
});

test('a document is laid out in lines, and empty objects stay together', () => {
  const text = lines('{"a":{},"b":[1,{"c":null}]}').map(({ indent, tokens: all }) => ' '.repeat(indent) + all.map((one) => one.text).join(''));
  equal(text, ['{', ' "a":{},', ' "b":[', '  1,', '  {', '   "c":null', '  }', ' ]', '}']);
});

test('members are those at the top, as raw text', () => {
  equal(members('{"host":"10.1.1.1", "x":{"host":1,"y":[2,3]}, "port" : 80}'), new Map([['host', '"10.1.1.1"'], ['x', '{"host":1,"y":[2,3]}'], ['port', '80']]));
  equal(members('{}'), new Map());
  equal(plain('"a\\u0041"'), 'aA');
  equal(plain('1.50'), '1.50');
});

test('the difference of documents names the members that differ', () => {
  const changes = difference('{"v":"1.2","a":1,"gone":true}', '{"a":1,"v":"1.3","b":2}');
  equal(changes.map(({ name, before = '', after = '' }) => `${name} ${before} ${after}`), ['v "1.2" "1.3"', 'b  2', 'gone true ']);
  equal(difference(null, '{"a":1}'), [{ name: 'a', before: undefined, after: '1' }]);
});

test('an address names the page, its names and its filters', () => {
  const { page, names, query } = parse('#/i/a%20b/c%2Fd?q=x&match=zone%3Aams');
  equal([page, names, query.get('match')], ['instance', ['a b', 'c/d'], 'zone:ams']);
});

test('an address without a page leads to the overview', () => {
  equal(['#/s', '#/nothing', '#/s/%E0%A4%A', '', '#/i/a'].map((hash) => parse(hash).page), ['overview', 'overview', 'overview', 'overview', 'overview']);
});
