// The format of server-sent events.

/** Divides a text that comes in pieces into events, at the empty lines between them. */
export class Parser {
  constructor(deliver) {
    this.deliver = deliver;
    this.rest = '';
  }

  add(text) {
    this.rest += text;
    if (text.includes('\n')) {
      const events = this.rest.split('\n\n');
      this.rest = events.pop();
      events.forEach((event) => this.event(event));
    }
  }

  event(text) {
    const fields = { event: [], data: [], id: [] };
    for (const line of text.split('\n')) {
      const [, name, value] = /^(\w*):? ?(.*)$/.exec(line);
      fields[name]?.push(value);
    }
    this.deliver(fields.event.join(), fields.data.join('\n'), fields.id.join());
  }
}
