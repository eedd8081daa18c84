import { equal, test } from './harness.js';
import { Parser } from '/ui/net/lines.js';
import { Facets, Members } from '/ui/work/documents.js';

const OBJECT = '{"a":{"x":"}\\"{","y":[1,{"z":2}]}, "b\\"c\\\\" : {"n":{}} ,"\\u00e9":{}}';
const EXPECTED = [['a', '{"x":"}\\"{","y":[1,{"z":2}]}'], ['b"c\\', '{"n":{}}'], ['é', '{}']];

function divided(text, at) {
  const found = [];
  const members = new Members((name, raw) => found.push([name, raw]));
  for (let from = 0; from < text.length; from += at) {
    members.add(text.slice(from, from + at));
  }
  return found;
}

test('an object is divided into its members wherever its pieces end', () => {
  for (let at = 1; at <= OBJECT.length; at++) {
    equal(divided(OBJECT, at), EXPECTED);
  }
  equal(divided('{}', 1), []);
});

test('events come whole, wherever the pieces of their text end', () => {
  const text = ': comment\n\nevent: put\nid: x:1\ndata: {"a":\ndata: 1}\n\nid: x:2\n\nevent: reset\ndata\n\n';
  for (let at = 1; at <= text.length; at++) {
    const found = [];
    const parser = new Parser((name, data, id) => (name || id) && found.push([name, data, id]));
    for (let from = 0; from < text.length; from += at) {
      parser.add(text.slice(from, from + at));
    }
    equal(found, [['put', '{"a":\n1}', 'x:1'], ['', '', 'x:2'], ['reset', '', '']]);
  }
});

test('columns are the most frequent members, the usual ones first', () => {
  const facets = new Facets();
  facets.add('{"zone":"ams","weight":1,"host":"a"}');
  facets.add('{"zone":"fra","weight":1,"host":"b","rare":true}');
  facets.add('{"zone":"ams","weight":1,"host":"c"}');
  equal(facets.columns().map(({ name }) => name), ['host', 'zone', 'weight', 'rare']);
  equal(facets.columns()[1].values, [['ams', 2], ['fra', 1]]);
});

test('counts follow documents that go', () => {
  const facets = new Facets();
  facets.add('{"zone":"ams"}');
  facets.add('{"zone":"fra"}');
  facets.remove('{"zone":"fra"}');
  equal([facets.documents, facets.columns()], [1, [{ name: 'zone', values: [] }]]);
});
